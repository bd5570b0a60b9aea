package dev.tidemark.model;

import java.util.Locale;
import java.util.Optional;

/** Whether the act that a finding shows took effect, as far as its own record tells. */
public enum Outcome {
    SUCCEEDED, ATTEMPTED, UNKNOWN;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Outcome> of(String word) {
        for (Outcome each : values()) {
            if (each.word().equals(word)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
