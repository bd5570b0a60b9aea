package dev.tidemark.detect.content;

import dev.tidemark.detect.content.YaraToken.Kind;

/**
 * Cuts a rule file into words. The text is the file's bytes as ISO 8859-1, so that a character of a string is a byte.
 * What a slash or a brace opens depends on where it stands: the parser says so.
 */
final class YaraLexer {
    private static final String[] SIGNS = {"==", "!=", "<=", ">=", "<<", ">>", ".."};
    private static final int HEX = 16;

    private final String text;
    private int at;
    private int line = 1;

    YaraLexer(String text) {
        this.text = text;
    }

    int line() {
        return line;
    }

    /** @param slash whether a slash may open a regular expression here */
    YaraToken next(boolean slash) throws YaraException {
        skip();
        if (at >= text.length()) {
            return YaraToken.of(Kind.END, "", line);
        }
        char c = text.charAt(at);
        if (Character.isLetter(c) || c == '_') {
            return YaraToken.of(Kind.WORD, word(), line);
        }
        if (c >= '0' && c <= '9') {
            return number();
        }
        if (c == '"') {
            return YaraToken.of(Kind.TEXT, quoted(), line);
        }
        if (c == '/' && slash) {
            return regex();
        }
        boolean sign = c == '!' && at + 1 < text.length() && text.charAt(at + 1) == '=';
        if (c == '$' || c == '#' || c == '@' || c == '!' && !sign) {
            at++;
            String name = "$" + word() + (c == '$' && at < text.length() && text.charAt(at) == '*' ? star() : "");
            Kind kind = c == '$' ? Kind.STRING_ID : c == '#' ? Kind.COUNT : c == '@' ? Kind.OFFSET : Kind.LENGTH;
            return YaraToken.of(kind, name, line);
        }
        for (String two : SIGNS) {
            if (text.startsWith(two, at)) {
                at += 2;
                return YaraToken.of(Kind.SIGN, two, line);
            }
        }
        at++;
        return YaraToken.of(Kind.SIGN, String.valueOf(c), line);
    }

    private String star() {
        at++;
        return "*";
    }

    /** All up to the brace that closes a hexadecimal string; the opening one has been read. */
    String hex() throws YaraException {
        int from = at;
        StringBuilder body = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '}') {
            int before = at;
            skip();
            if (at == before) {
                body.append(text.charAt(at++));
            } else {
                body.append(' ');
            }
        }
        if (at >= text.length()) {
            throw new YaraException(line, "the hexadecimal string '" + text.substring(from, Math.min(from + 20, at))
                    + "' is not closed");
        }
        at++;
        return body.toString();
    }

    private void skip() throws YaraException {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                line++;
                at++;
            } else if (c <= ' ' || c == '\u00A0' || c == '\u00EF' || c == '\u00BB' || c == '\u00BF') {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                if (end < 0) {
                    throw new YaraException(line, "a comment is not closed");
                }
                line += (int) text.substring(at, end).chars().filter(x -> x == '\n').count();
                at = end + 2;
            } else {
                return;
            }
        }
    }

    private String word() {
        int from = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return text.substring(from, at);
    }

    private YaraToken number() throws YaraException {
        int from = at;
        String digits = word();
        if (at + 1 < text.length() && text.charAt(at) == '.' && Character.isDigit(text.charAt(at + 1))) {
            at++;
            word();
            String real = text.substring(from, at);
            if (!real.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9')) {
                throw new YaraException(line, "'" + real + "' is no number");
            }
            return YaraToken.of(Kind.REAL, real, line);
        }
        long unit = digits.endsWith("KB") ? 1L << 10 : digits.endsWith("MB") ? 1L << 20 : 1;
        String plain = unit == 1 ? digits : digits.substring(0, digits.length() - 2);
        try {
            long value = plain.startsWith("0x") ? Long.parseUnsignedLong(plain.substring(2), HEX)
                    : plain.startsWith("0o") ? Long.parseLong(plain.substring(2), 8) : Long.parseLong(plain);
            return new YaraToken(Kind.NUMBER, digits, Math.multiplyExact(value, unit), "", line);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new YaraException(line, "'" + digits + "' is no number");
        }
    }

    private String quoted() throws YaraException {
        StringBuilder value = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
            char c = text.charAt(at++);
            if (c != '\\' || at >= text.length()) {
                value.append(c);
                continue;
            }
            char escaped = text.charAt(at++);
            switch (escaped) {
                case 'n' -> value.append('\n');
                case 't' -> value.append('\t');
                case 'r' -> value.append('\r');
                case '"', '\\' -> value.append(escaped);
                case 'x' -> value.append(hexEscape());
                default -> throw new YaraException(line, "unknown escape '\\" + escaped + "'");
            }
        }
        if (at >= text.length() || text.charAt(at) != '"') {
            throw new YaraException(line, "a string is not closed");
        }
        at++;
        return value.toString();
    }

    private char hexEscape() throws YaraException {
        if (at + 2 > text.length()) {
            throw new YaraException(line, "a string is not closed");
        }
        String digits = text.substring(at, at + 2);
        at += 2;
        try {
            return (char) Integer.parseInt(digits, HEX);
        } catch (NumberFormatException e) {
            throw new YaraException(line, "'\\x" + digits + "' is no byte");
        }
    }

    private YaraToken regex() throws YaraException {
        int from = ++at;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '/') {
            char c = text.charAt(at);
            at += c == '\\' ? 2 : 1;
        }
        if (at >= text.length() || text.charAt(at) != '/') {
            throw new YaraException(line, "a regular expression is not closed");
        }
        String body = text.substring(from, at++);
        int flags = at;
        while (at < text.length() && (text.charAt(at) == 'i' || text.charAt(at) == 's')) {
            at++;
        }
        return new YaraToken(Kind.REGEX, body, 0, text.substring(flags, at), line);
    }

    /** Goes to the next line that begins a rule, after a fault. */
    void toNextRule() {
        int from = at;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            String rest = text.substring(at, end < 0 ? text.length() : end).strip();
            if (at > from && rest.matches("(?:(?:private|global)\\s+)*rule\\s+\\w.*|import\\s+\".*")) {
                return;
            }
            line++;
            at = end < 0 ? text.length() : end + 1;
        }
    }
}
