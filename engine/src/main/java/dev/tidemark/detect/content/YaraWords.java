package dev.tidemark.detect.content;

import dev.tidemark.detect.content.YaraToken.Kind;

/** The words of a rule file, one ahead. */
final class YaraWords {
    private final YaraLexer lexer;
    private YaraToken ahead = YaraToken.of(Kind.END, "", 1);
    private String lastRule = "";
    private boolean started;

    YaraWords(YaraLexer lexer) {
        this.lexer = lexer;
    }

    /** Reads the first word, at the beginning and after a fault. */
    void start() throws YaraException {
        if (!started) {
            started = true;
            advance(false);
        }
    }

    private void advance(boolean slash) throws YaraException {
        boolean rule = ahead.is("rule");
        ahead = lexer.next(slash);
        lastRule = rule && ahead.kind() == Kind.WORD ? ahead.text() : lastRule;
    }

    /** The rule that was begun last. */
    String lastRule() {
        return lastRule;
    }

    int line() {
        return Math.max(1, ahead.line());
    }

    YaraToken peek() {
        return ahead;
    }

    boolean at(Kind kind) {
        return ahead.kind() == kind;
    }

    YaraToken next() throws YaraException {
        YaraToken taken = ahead;
        advance(false);
        return taken;
    }

    boolean take(String word) throws YaraException {
        boolean there = ahead.is(word);
        if (there) {
            advance(false);
        }
        return there;
    }

    void expect(String word) throws YaraException {
        if (!take(word)) {
            throw new YaraException(ahead.line(), "expected '" + word + "', found " + ahead);
        }
    }

    /** The same where a regular expression may follow. */
    void expectBeforeString(String word) throws YaraException {
        if (!ahead.is(word)) {
            throw new YaraException(ahead.line(), "expected '" + word + "', found " + ahead);
        }
        advance(true);
    }

    YaraToken expect(Kind kind) throws YaraException {
        if (ahead.kind() != kind) {
            throw new YaraException(ahead.line(), "found " + ahead + " where it does not belong");
        }
        return next();
    }

    String name() throws YaraException {
        return expect(Kind.WORD).text();
    }

    /** What stands between the braces, of which the first is ahead. */
    String hexBody() throws YaraException {
        String body = lexer.hex();
        advance(false);
        return body;
    }

    void toNextRule() {
        lexer.toNextRule();
        started = false;
        ahead = YaraToken.of(Kind.END, "", lexer.line());
    }
}
