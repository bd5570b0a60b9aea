package dev.tidemark.model;

import java.util.List;

/**
 * A plain sentence and the findings that it rests on. The text may quote evidence: whoever renders it escapes it.
 *
 * @param findings ids; empty if it rests on coverage or posture
 */
public record Sentence(String text, List<String> findings) {
    public Sentence {
        findings = List.copyOf(findings);
    }

    public static Sentence plain(String text) {
        return new Sentence(text, List.of());
    }
}
