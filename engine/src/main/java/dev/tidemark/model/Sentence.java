package dev.tidemark.model;

import java.util.List;

/**
 * A plain sentence and the findings that it rests on. The text may quote evidence: whoever renders it escapes it.
 *
 * @param findings ids; empty if it rests on coverage or posture
 */
public record Sentence(String text, List<String> findings) {
    private static final String INFERRED = "Inferred: ";

    public Sentence {
        findings = List.copyOf(findings);
    }

    /** Says what no record shows by itself, such as why two acts are counted to one intrusion. */
    public static Sentence inferred(String text, List<String> findings) {
        return new Sentence(INFERRED + text, findings);
    }

    public boolean inferred() {
        return text.startsWith(INFERRED);
    }

    public static Sentence plain(String text) {
        return new Sentence(text, List.of());
    }
}
