package dev.tidemark.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * The texts that every match of a regular expression has to hold, as far as they can be read off its top level: what
 * stands in groups, classes or before {@code * ? &#123;} is left out, and an alternative at the top leaves nothing.
 */
final class RegexLiterals {
    private static final String META = ".^$|()[]{}*+?\\";
    private static final String CLASS_ESCAPES = "dwsDWSbB";

    private final String expression;
    private final boolean ignoreCase;
    private final List<String> texts = new ArrayList<>();
    private final StringBuilder run = new StringBuilder();
    private int at;

    private RegexLiterals(String expression, boolean ignoreCase) {
        this.expression = expression;
        this.ignoreCase = ignoreCase;
    }

    static Needles needles(String expression, boolean ignoreCase) {
        // Inside look-around, comments and inline flags this reading would not hold; such rules are rare.
        boolean insensitive = expression.startsWith("(?i)");
        String rest = insensitive ? expression.substring(4) : expression;
        if (rest.replace("(?:", "").contains("(?")) {
            return Needles.UNKNOWN;
        }
        RegexLiterals literals = new RegexLiterals(rest, ignoreCase || insensitive);
        return literals.read() ? Needles.of(literals.texts) : Needles.UNKNOWN;
    }

    private boolean read() {
        while (at < expression.length()) {
            char c = expression.charAt(at);
            if (c == '|' || c == ')') {
                return false;
            } else if (c == '(') {
                end();
                if (!skipGroup()) {
                    return false;
                }
            } else if (c == '[') {
                end();
                skipClass();
            } else if (c == '\\') {
                if (!escape()) {
                    return false;
                }
            } else if (META.indexOf(c) >= 0) {
                end();
                at++;
            } else {
                literal(c);
                at++;
            }
        }
        end();
        return true;
    }

    private boolean escape() {
        if (at + 1 >= expression.length()) {
            return false;
        }
        char c = expression.charAt(at + 1);
        at += 2;
        if (CLASS_ESCAPES.indexOf(c) >= 0) {
            end();
            return true;
        }
        if (Character.isLetterOrDigit(c)) {
            return false;
        }
        at--;
        literal(c);
        at++;
        return true;
    }

    /** Takes the character at {@code at}, unless what follows makes it one that may be missing. */
    private void literal(char c) {
        char after = at + 1 < expression.length() ? expression.charAt(at + 1) : ' ';
        // Ignoring case, k and s also match the Kelvin sign and the long s, which are other bytes.
        boolean foldsBeyondAscii = ignoreCase && "kKsS".indexOf(c) >= 0;
        if (after == '*' || after == '?' || after == '{' || foldsBeyondAscii) {
            end();
        } else {
            run.append(c);
        }
    }

    private void end() {
        texts.add(run.toString());
        run.setLength(0);
    }

    private boolean skipGroup() {
        int depth = 0;
        while (at < expression.length()) {
            char c = expression.charAt(at);
            if (c == '[') {
                skipClass();
                continue;
            }
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            at += c == '\\' ? 2 : 1;
            if (depth == 0) {
                return true;
            }
        }
        return false;
    }

    private void skipClass() {
        at++;
        if (at < expression.length() && expression.charAt(at) == '^') {
            at++;
        }
        // A bracket that stands first is a member of the class.
        int first = at;
        while (at < expression.length() && (expression.charAt(at) != ']' || at == first)) {
            at += expression.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }
}
