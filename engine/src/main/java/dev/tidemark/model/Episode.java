package dev.tidemark.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Findings that belong to one intrusion.
 *
 * @param id       {@code E1}, {@code E2} … in the order of their first act
 * @param actors   client addresses that took part, sorted
 * @param findings ids, in order of time
 * @param story    sentences in order of time
 */
public record Episode(String id, String host, Severity severity, Optional<Instant> from, Optional<Instant> to,
        List<String> actors, List<String> findings, List<Sentence> story) {
    public Episode {
        actors = List.copyOf(actors);
        findings = List.copyOf(findings);
        story = List.copyOf(story);
    }
}
