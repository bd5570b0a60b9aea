package dev.tidemark.dump;

/** Text of the evidence in the forms of a dump: it ends nothing, starts nothing and stays what it is. */
final class Escapes {
    private static final char REPLACEMENT = '\uFFFD';

    private Escapes() {}

    private static boolean paired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    /** Always quoted; what a spreadsheet would take for a formula begins with an apostrophe. */
    static void csv(StringBuilder to, String text) {
        to.append('"');
        String bare = text.strip();
        if (!bare.isEmpty() && "=+-@\t\r\uFF1D\uFF0B\uFF0D\uFF20".indexOf(bare.charAt(0)) >= 0 && !isNumber(bare)) {
            to.append('\'');
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                to.append('"');
            }
            boolean shown = c >= ' ' && (c < 0x7F || c > 0x9F) || c == '\n' || c == '\t';
            to.append(!shown || Character.isSurrogate(c) && !paired(text, i) ? REPLACEMENT : c);
        }
        to.append('"');
    }

    private static boolean isNumber(String text) {
        return text.matches("-[0-9]{1,18}");
    }

    /** Text or the value of an attribute in XML. Source: XML 1.0, production 2, Char. */
    static void xml(StringBuilder to, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> to.append("&lt;");
                case '>' -> to.append("&gt;");
                case '&' -> to.append("&amp;");
                case '"' -> to.append("&quot;");
                default -> {
                    boolean legal = Character.isSurrogate(c) ? paired(text, i)
                            : c >= ' ' && c < 0xFFFE || c == '\t' || c == '\n';
                    if (c >= 0x7F && c <= 0x9F) {
                        to.append("&#").append((int) c).append(';');
                    } else {
                        to.append(legal ? c : REPLACEMENT);
                    }
                }
            }
        }
    }
}
