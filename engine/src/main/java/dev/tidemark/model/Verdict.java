package dev.tidemark.model;

import java.util.List;

/** The judgement on a host: its class, the reasons for it, and what has to be done next. */
public record Verdict(VerdictClass verdict, List<Sentence> why, List<String> nextSteps) {
    public Verdict {
        why = List.copyOf(why);
        nextSteps = List.copyOf(nextSteps);
    }
}
