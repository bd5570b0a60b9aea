package dev.tidemark.scan;

import dev.tidemark.model.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a run is asked to do.
 *
 * @param roots     evidence, in the order of the command line
 * @param since     records before it give no findings; empty for no bound
 * @param until     records from it on give no findings; empty for no bound
 * @param minimumSeverity findings below it are judged, too, but not shown
 * @param arguments as the user wrote them, for the record
 */
public record ScanOptions(List<EvidenceRoot> roots, Optional<Instant> since, Optional<Instant> until, int threads,
        Severity minimumSeverity, List<String> arguments, String version) {
    public ScanOptions {
        roots = List.copyOf(roots);
        arguments = List.copyOf(arguments);
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1: " + threads);
        }
    }

    /** True if part of the hour lies between the bounds. @param hour since 1970 */
    boolean touches(long hour) {
        Instant start = Instant.ofEpochSecond(hour * 3600);
        return (since.isEmpty() || start.plusSeconds(3600).isAfter(since.get()))
                && (until.isEmpty() || start.isBefore(until.get()));
    }

    boolean bounded() {
        return since.isPresent() || until.isPresent();
    }

    boolean within(Instant time) {
        return (since.isEmpty() || !time.isBefore(since.get())) && before(time);
    }

    /** Before the end of the time that was asked for. */
    boolean before(Instant time) {
        return until.isEmpty() || time.isBefore(until.get());
    }
}
