package dev.tidemark.detect.content;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Turns a hexadecimal string into plain bytes, or into a regular expression if it has wildcards. */
final class HexPattern {
    private static final int NO_LIMIT = -1;

    private final String text;
    private final int line;
    private final StringBuilder regex = new StringBuilder();
    private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
    private boolean wild;
    private int at;

    private HexPattern(String text, int line) {
        this.text = text;
        this.line = line;
    }

    /** @param bytes empty if it has wildcards; then {@code regex} stands for it */
    record Read(Optional<byte[]> bytes, String regex) {}

    static Read read(String text, int line) throws YaraException {
        HexPattern pattern = new HexPattern(text, line);
        pattern.read();
        return new Read(pattern.wild ? Optional.empty() : Optional.of(pattern.plain.toByteArray()),
                pattern.regex.toString());
    }

    private void read() throws YaraException {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '[') {
                jump();
            } else if (c == '(' || c == '|' || c == ')') {
                wild = true;
                regex.append(c == '(' ? "(?:" : String.valueOf(c));
                at++;
            } else {
                oneByte(c == '~');
            }
        }
        if (regex.isEmpty()) {
            throw new YaraException(line, "the hexadecimal string is empty");
        }
    }

    private void oneByte(boolean not) throws YaraException {
        int from = not ? at + 1 : at;
        if (from + 2 > text.length()) {
            throw new YaraException(line, "a byte of the hexadecimal string '" + text.strip() + "' is cut");
        }
        int high = nibble(text.charAt(from));
        int low = nibble(text.charAt(from + 1));
        at = from + 2;
        if (high >= 0 && low >= 0) {
            plain.write(high << 4 | low);
            regex.append(not ? "[^" : "").append(String.format("\\x%02x", high << 4 | low)).append(not ? "]" : "");
            wild |= not;
            return;
        }
        wild = true;
        if (high < 0 && low < 0) {
            regex.append("(?s:.)");
            return;
        }
        regex.append(not ? "[^" : "[");
        for (int i = 0; i < 16; i++) {
            regex.append(String.format("\\x%02x", high < 0 ? i << 4 | low : high << 4 | i));
        }
        regex.append(']');
    }

    private int nibble(char c) throws YaraException {
        int digit = Character.digit(c, 16);
        if (digit < 0 && c != '?') {
            throw new YaraException(line, "'" + c + "' is no hexadecimal digit");
        }
        return digit;
    }

    private void jump() throws YaraException {
        int end = text.indexOf(']', at);
        if (end < 0) {
            throw new YaraException(line, "a jump is not closed");
        }
        String[] bounds = text.substring(at + 1, end).replaceAll("\\s", "").split("-", -1);
        at = end + 1;
        wild = true;
        try {
            int low = bounds[0].isEmpty() ? 0 : Integer.parseInt(bounds[0]);
            int high = bounds.length == 1 ? low : bounds[1].isEmpty() ? NO_LIMIT : Integer.parseInt(bounds[1]);
            // [\x00-\xff], not a dot, so that the bound of a repetition can be taken apart
            regex.append("[\\x00-\\xff]").append('{').append(low).append(',').append(high < 0 ? "" : high).append('}');
        } catch (NumberFormatException e) {
            throw new YaraException(line, "[" + String.join("-", bounds) + "] is no jump");
        }
    }
}
