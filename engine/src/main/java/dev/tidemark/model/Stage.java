package dev.tidemark.model;

import java.util.Locale;
import java.util.Optional;

/** Where in an intrusion a finding belongs, in the order of an intrusion. */
public enum Stage {
    PROBE, EXPLOIT, WEBSHELL, POST_EXPLOITATION, PERSISTENCE, COLLECTION, IMPACT, EXPOSURE, COVERAGE;

    /** The word as rules and results write it: {@code post-exploitation}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Stage> of(String word) {
        for (Stage each : values()) {
            if (each.word().equals(word)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
