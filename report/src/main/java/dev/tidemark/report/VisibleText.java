package dev.tidemark.report;

import java.util.Locale;
import java.util.function.IntFunction;

/** Makes characters that hide, reorder or command show themselves, so that text cannot look like what it is not. */
final class VisibleText {
    private static final int[] BLANK_LETTERS = {0x115F, 0x1160, 0x3164, 0xFFA0};

    private VisibleText() {}

    /** For pages: {@code [U+202E]}. Tab and line feed stay; the carriage return of a CRLF goes. */
    static String forPage(String text) {
        return replace(unix(text), c -> c == '\t' || c == '\n' ? null
                : String.format(Locale.ROOT, "[U+%04X]", c));
    }

    /** For one cell of a table: {@code \x1b}, {@code \u202e}; tabs and line breaks become spaces. */
    static String forCell(String text) {
        return replace(unix(text), c -> switch (c) {
            case '\t', '\n', '\r', 0x2028, 0x2029 -> " ";
            default -> String.format(Locale.ROOT, c < 0x100 ? "\\x%02x" : "\\u%04x", c);
        });
    }

    private static String unix(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n");
    }

    private static String replace(String text, IntFunction<String> visible) {
        if (plain(text)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            String shown = hides(c) ? visible.apply(c) : null;
            if (shown == null) {
                out.appendCodePoint(c);
            } else {
                out.append(shown);
            }
        });
        return out.toString();
    }

    /** Nearly all text is: it needs no copy. */
    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean hides(int c) {
        for (int blank : BLANK_LETTERS) {
            if (c == blank) {
                return true;
            }
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> (c & 0xFFFE) == 0xFFFE;
        };
    }
}
