package dev.tidemark.report;

import dev.tidemark.model.Coverage;
import dev.tidemark.model.Gap;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Interval;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** For which time each source has records, and hatched the time for which it should have some but has none. */
final class CoveragePlot {
    private static final int ROW = 40;
    private static final int TOP = 4;
    private static final int BAR_Y = 22;
    private static final int BAR = 13;

    private CoveragePlot() {}

    static void draw(Html html, HostResult host, String id) {
        List<Instant> ends = Stream.concat(
                host.coverage().stream().flatMap(c -> Stream.concat(c.from().stream(), c.to().stream())),
                Stream.concat(host.coverage().stream().flatMap(c -> c.gaps().stream()),
                        host.coverageGaps().stream().map(Gap::interval))
                        .flatMap(gap -> Stream.of(gap.from(), gap.to()))).sorted().toList();
        if (ends.isEmpty()) {
            return;
        }
        TimeAxis axis = TimeAxis.around(ends.get(0), ends.get(ends.size() - 1));
        Set<String> sources = new LinkedHashSet<>();
        host.coverage().forEach(c -> sources.add(c.source()));
        host.coverageGaps().forEach(g -> sources.add(g.source()));
        int bottom = TOP + sources.size() * ROW;
        html.open("div", "class", "plot");
        Plot.open(html, id, bottom, "What the records cover", "Records of "
                + When.counted(sources.size(), "source") + " from " + When.minutes(ends.get(0)) + " to "
                + When.minutes(ends.get(ends.size() - 1)) + " UTC, with "
                + When.counted(host.coverageGaps().size(), "gap") + ". The table below has the same in words.");
        Plot.ticks(html, axis, TOP, bottom);
        int y = TOP;
        for (String source : sources) {
            Plot.lane(html, source, y, ROW);
            int row = y + BAR_Y;
            host.coverage().stream().filter(c -> c.source().equals(source)).forEach(c -> records(html, axis, c, row));
            gaps(host, source).forEach(gap -> Plot.bar(html, "gap", axis.x(gap.from()), axis.x(gap.to()), row, BAR,
                    "No " + source + " records from " + When.minutes(gap.from()) + " to " + When.minutes(gap.to())
                            + " UTC"));
            y += ROW;
        }
        html.close(2);
    }

    private static Set<Interval> gaps(HostResult host, String source) {
        Set<Interval> gaps = new LinkedHashSet<>();
        host.coverage().stream().filter(c -> c.source().equals(source)).forEach(c -> gaps.addAll(c.gaps()));
        host.coverageGaps().stream().filter(g -> g.source().equals(source)).forEach(g -> gaps.add(g.interval()));
        return gaps;
    }

    private static void records(Html html, TimeAxis axis, Coverage coverage, int y) {
        String count = When.counted(coverage.records(), "record");
        boolean timeless = coverage.from().isEmpty() && coverage.records() > 0;
        html.element("text", timeless ? count + ", none with a time" : count, "class", "tick", "x", "100%", "y",
                "" + (y - 7), "text-anchor", "end");
        if (coverage.from().isPresent() && coverage.to().isPresent()) {
            Instant from = coverage.from().get();
            Instant to = coverage.to().get();
            Plot.bar(html, "records", axis.x(from), axis.x(to), y, BAR, coverage.source() + ": " + count + " from "
                    + When.minutes(from) + " to " + When.minutes(to) + " UTC");
        }
    }
}
