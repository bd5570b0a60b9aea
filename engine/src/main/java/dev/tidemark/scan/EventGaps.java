package dev.tidemark.scan;

import dev.tidemark.model.Finding;
import dev.tidemark.model.Gap;
import dev.tidemark.model.Interval;
import dev.tidemark.model.Place;
import dev.tidemark.model.Stage;
import dev.tidemark.read.RecordSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Times for which event logs lack events that they once had: ids left out within a log, and logs that were cleared. */
final class EventGaps {
    private static final String SOURCE = "event-log";
    /** A log that was filtered on export has gaps without number: the first ones tell that. */
    private static final int MOST = 100;

    private EventGaps() {}

    static List<Gap> of(HostScan.Host host, List<Finding> findings, Optional<Instant> begin) {
        List<Gap> gaps = new ArrayList<>();
        host.files().forEach(file -> file.observed().stream().filter(o -> o.fact().equals(RecordSink.RECORD_GAP))
                .forEach(o -> leftOut(o, o.place().withPath(host.relative(o.place().path()))).ifPresent(gaps::add)));
        for (Finding f : findings) {
            if (f.stage() == Stage.COVERAGE && f.source().equals(SOURCE) && f.time().isPresent()
                    && begin.filter(b -> b.isBefore(f.time().get())).isPresent()) {
                gaps.add(new Gap(SOURCE, new Interval(begin.get(), f.time().get()), f.summary()));
            }
        }
        return gaps.stream().sorted(Comparator.comparing((Gap g) -> g.interval().from()).thenComparing(Gap::why)).limit(MOST)
                .toList();
    }

    private static Optional<Gap> leftOut(FileResult.Observed seen, Place place) {
        int space = seen.value().indexOf(' ');
        Instant before = Instant.parse(seen.value().substring(space + 1));
        if (!before.isBefore(seen.time())) {
            return Optional.empty();
        }
        return Optional.of(new Gap(SOURCE, new Interval(before, seen.time()), "Events " + seen.value().substring(0, space)
                + " are missing before " + place + "."));
    }
}
