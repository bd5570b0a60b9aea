package dev.tidemark.testkit;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * What has to be said of a made-up server.
 *
 * @param verdict    the word of the contract
 * @param planted    records and files of the intrusion, in order of time
 * @param lookAlikes records and files that must accuse nobody, in order of time
 * @param attackers  addresses that took part, sorted
 * @param webShells  paths of the planted pages
 * @param gaps       spans in which all records were lost
 */
public record Truth(String verdict, List<Trace> planted, List<Trace> lookAlikes, List<String> attackers,
        List<String> webShells, List<Span> gaps) {
    /** {@code from} belongs to it, {@code to} does not. */
    public record Span(Instant from, Instant to) {
        boolean holds(Instant time) {
            return !time.isBefore(from) && time.isBefore(to);
        }
    }

    public Truth {
        planted = List.copyOf(planted);
        lookAlikes = List.copyOf(lookAlikes);
        attackers = List.copyOf(attackers);
        webShells = List.copyOf(webShells);
        gaps = List.copyOf(gaps);
    }

    Truth without(Predicate<String> path) {
        return new Truth(verdict, left(planted, path), left(lookAlikes, path), attackers,
                webShells.stream().filter(path.negate()).toList(), gaps);
    }

    private static List<Trace> left(List<Trace> traces, Predicate<String> gone) {
        return traces.stream().filter(t -> !gone.test(t.path())).toList();
    }
}
