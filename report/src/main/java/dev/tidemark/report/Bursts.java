package dev.tidemark.report;

import dev.tidemark.model.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Stretches in which much happened at once: on a picture of days an intrusion of minutes is one dot, so these are drawn
 * a second time by themselves.
 */
final class Bursts {
    private static final Duration QUIET = Duration.ofMinutes(10);
    private static final int FEWEST = 4;
    private static final int MOST = 3;
    /** A burst is drawn if it takes less than this part of the whole picture. */
    private static final int PART = 12;

    private Bursts() {}

    /**
     * @param timed findings with a time, in order
     * @return the largest bursts of accusing findings, in order of time
     */
    static List<List<Finding>> of(List<Finding> timed, TimeAxis whole) {
        Duration span = Duration.between(whole.from(), whole.to());
        Duration quiet = span.dividedBy(50).compareTo(QUIET) > 0 ? span.dividedBy(50) : QUIET;
        List<List<Finding>> bursts = new ArrayList<>();
        Instant last = Instant.MIN;
        for (Finding finding : timed) {
            if (!finding.severity().accuses()) {
                continue;
            }
            Instant at = TimelinePlot.time(finding);
            if (bursts.isEmpty() || at.isAfter(last.plus(quiet))) {
                bursts.add(new ArrayList<>());
            }
            bursts.get(bursts.size() - 1).add(finding);
            last = at;
        }
        return bursts.stream().filter(burst -> burst.size() >= FEWEST && isShort(burst, span))
                .sorted(Comparator.comparingInt((List<Finding> b) -> b.size()).reversed()).limit(MOST)
                .sorted(Comparator.comparing((List<Finding> b) -> TimelinePlot.time(b.get(0)))).toList();
    }

    private static boolean isShort(List<Finding> burst, Duration span) {
        Duration length = Duration.between(TimelinePlot.time(burst.get(0)),
                TimelinePlot.time(burst.get(burst.size() - 1)));
        return !length.isZero() && length.compareTo(span.dividedBy(PART)) < 0;
    }
}
