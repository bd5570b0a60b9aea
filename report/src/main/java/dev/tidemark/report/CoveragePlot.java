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
    private static final int ROW = 34;
    private static final int TOP = 6;
    private static final int RIGHT = TimelinePlot.WIDTH - 110;

    private CoveragePlot() {}

    /** @param hatch an element id that occurs once in the page */
    static void draw(Html html, HostResult host, String hatch) {
        List<Instant> ends = Stream.concat(
                host.coverage().stream().flatMap(c -> Stream.concat(c.from().stream(), c.to().stream())),
                Stream.concat(host.coverage().stream().flatMap(c -> c.gaps().stream()),
                        host.coverageGaps().stream().map(Gap::interval))
                        .flatMap(gap -> Stream.of(gap.from(), gap.to()))).sorted().toList();
        if (ends.isEmpty()) {
            return;
        }
        TimeAxis axis = TimeAxis.around(ends.get(0), ends.get(ends.size() - 1), TimelinePlot.LEFT, RIGHT);
        Set<String> sources = new LinkedHashSet<>();
        host.coverage().forEach(c -> sources.add(c.source()));
        host.coverageGaps().forEach(g -> sources.add(g.source()));
        int bottom = TOP + sources.size() * ROW;
        html.open("div", "class", "plot", "role", "region", "tabindex", "0", "aria-label",
                "Coverage, scrolls sideways");
        html.open("svg", "viewBox", "0 0 " + TimelinePlot.WIDTH + " " + (bottom + 46), "role", "img", "aria-label",
                "Records of " + When.counted(sources.size(), "source") + " from " + When.minutes(ends.get(0)) + " to "
                        + When.minutes(ends.get(ends.size() - 1)) + " UTC, with "
                        + When.counted(host.coverageGaps().size(), "gap"));
        html.open("defs").open("pattern", "id", hatch, "width", "7", "height", "7", "patternUnits", "userSpaceOnUse",
                "patternTransform", "rotate(45)");
        html.open("rect", "class", "hatch-ground", "width", "7", "height", "7").close();
        html.open("rect", "class", "hatch-line", "width", "3", "height", "7").close();
        html.close(2);
        Plot.ticks(html, axis, TOP, bottom);
        int y = TOP;
        for (String source : sources) {
            Plot.lane(html, source, y, ROW, TimelinePlot.WIDTH);
            for (Coverage coverage : host.coverage()) {
                if (coverage.source().equals(source)) {
                    drawBar(html, axis, coverage, y);
                }
            }
            int row = y;
            gaps(host, source).forEach(gap -> drawGap(html, axis, gap, row, hatch));
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

    private static void drawBar(Html html, TimeAxis axis, Coverage coverage, int y) {
        html.element("text", When.counted(coverage.records(), "record"), "class", "tick", "x",
                "" + TimelinePlot.WIDTH, "y", "" + (y + ROW / 2 + 4), "text-anchor", "end");
        if (coverage.from().isEmpty() || coverage.to().isEmpty()) {
            html.element("text", "no times in these records", "class", "tick", "x", "" + TimelinePlot.LEFT, "y",
                    "" + (y + ROW / 2 + 4));
            return;
        }
        bar(html, axis, new Interval(coverage.from().get(), coverage.to().get()), y, "bar", "");
    }

    private static void drawGap(Html html, TimeAxis axis, Interval gap, int y, String hatch) {
        bar(html, axis, gap, y, "gap", "url(#" + hatch + ")");
    }

    private static void bar(Html html, TimeAxis axis, Interval span, int y, String kind, String fill) {
        double x = axis.x(span.from());
        String width = Plot.number(Math.max(3, axis.x(span.to()) - x));
        String title = (fill.isEmpty() ? "Records from " : "No records from ") + When.minutes(span.from()) + " to "
                + When.minutes(span.to()) + " UTC";
        html.open("rect", "class", kind, "x", Plot.number(x), "y", "" + (y + 9), "width", width, "height",
                "" + (ROW - 18), "fill", fill.isEmpty() ? "currentColor" : fill);
        html.element("title", title).close();
    }
}
