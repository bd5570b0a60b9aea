package dev.tidemark.cli;

import dev.tidemark.model.Sentence;
import java.io.PrintWriter;

/** Text for a terminal: no line wider than a page, long values cut in the middle, nothing that a terminal would obey. */
final class Page {
    static final int WIDTH = 100;
    /** A longer word is a value of a record: the report has it whole. */
    private static final int LONGEST_WORD = 64;
    private static final int LONGEST_TEXT = 320;
    /** Of a sentence that quotes no record. */
    private static final int LONGEST_SENTENCE = 2_000;
    /** How much of a cut text stands behind the cut. */
    private static final int TAIL = 24;

    private final PrintWriter out;

    Page(PrintWriter out) {
        this.out = out;
    }

    /** @param first before the first line; those that follow are moved in as far */
    void paragraph(String first, Sentence sentence) {
        broken(first, shown(sentence.text(), sentence.findings().isEmpty() ? LONGEST_SENTENCE : LONGEST_TEXT));
    }

    private void broken(String first, String text) {
        StringBuilder line = new StringBuilder(first);
        String indent = " ".repeat(first.length());
        for (String word : text.split(" ")) {
            if (line.length() + word.length() > WIDTH && line.length() > indent.length()) {
                out.println(line.toString().stripTrailing());
                line.setLength(0);
                line.append(indent);
            }
            line.append(word).append(' ');
        }
        out.println(line.toString().stripTrailing());
    }

    /** The text in one line of bounded length, as a paragraph breaks it. */
    static String shown(String text) {
        return shown(text, LONGEST_TEXT);
    }

    private static String shown(String text, int longest) {
        StringBuilder words = new StringBuilder();
        for (String word : Console.plain(text.replaceAll("\\s+", " ").strip()).split(" ")) {
            words.append(words.isEmpty() ? "" : " ").append(cut(word, LONGEST_WORD));
        }
        return cut(words.toString(), longest);
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int head = most - TAIL - 1;
        int tail = text.length() - TAIL;
        head -= Character.isLowSurrogate(text.charAt(head)) ? 1 : 0;
        tail += Character.isLowSurrogate(text.charAt(tail)) ? 1 : 0;
        return text.substring(0, head) + "…" + text.substring(tail);
    }
}
