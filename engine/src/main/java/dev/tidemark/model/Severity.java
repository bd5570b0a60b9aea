package dev.tidemark.model;

import java.util.Locale;
import java.util.Optional;

/** How serious a finding is, in Sigma's levels, from least to most. From {@link #MEDIUM} on a finding accuses. */
public enum Severity {
    INFORMATIONAL, LOW, MEDIUM, HIGH, CRITICAL;

    /** True if the finding says that an analyst should act. */
    public boolean accuses() {
        return compareTo(MEDIUM) >= 0;
    }

    /** The word as rules and results write it, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The severity that a rule's {@code level} names, or empty if no such level exists. */
    public static Optional<Severity> of(String word) {
        for (Severity each : values()) {
            if (each.word().equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
