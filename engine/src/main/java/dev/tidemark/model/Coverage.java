package dev.tidemark.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * For which time one source of one host has records.
 *
 * @param source  {@code httpproxy}, {@code iis} …
 * @param from    time of the first record; empty if no record carries a time
 * @param to      time of the last record
 * @param files   files read
 * @param records records seen, whether or not a rule looked at them
 * @param gaps    hours without records in which there should be some, in order
 */
public record Coverage(String source, Optional<Instant> from, Optional<Instant> to, long files, long records,
        List<Interval> gaps) {
    public Coverage {
        gaps = List.copyOf(gaps);
    }
}
