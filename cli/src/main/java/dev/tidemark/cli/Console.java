package dev.tidemark.cli;

/** Makes text from evidence fit for a terminal: characters that control it or the direction of text are shown, not obeyed. */
final class Console {
    private Console() {}

    static String plain(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (Character.getType(c)) {
                case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR -> shown.append(c == '\n' ? "\n" : String.format("\\u%04x", c));
                default -> shown.appendCodePoint(c);
            }
        });
        return shown.toString();
    }
}
