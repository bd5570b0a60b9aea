package dev.tidemark.report;

import dev.tidemark.model.Finding;
import dev.tidemark.model.Severity;
import dev.tidemark.report.TimelinePlot.Band;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The findings of one host over time: the whole, each burst by itself, and what the script needs to zoom and filter. */
final class TimelineSection {
    private final HostView view;
    private final Anchors anchors;
    private final Kinds kinds;
    private final int mostPoints;
    private final List<Finding> timed;

    TimelineSection(HostView view, Anchors anchors, Kinds kinds, int mostPoints) {
        this.view = view;
        this.anchors = anchors;
        this.kinds = kinds;
        this.mostPoints = mostPoints;
        this.timed = view.findings().stream().filter(f -> f.time().isPresent())
                .sorted(Comparator.comparing(TimelinePlot::time)).toList();
    }

    void write(Html html) {
        if (timed.isEmpty()) {
            return;
        }
        TimeAxis axis = axis();
        List<Band> bands = TimelinePlot.bands(view.host().posture(), axis);
        html.element("h3", "When it happened", "id", view.id("timeline"));
        html.open("div", "class", "timeline", "id", view.id("plot"));
        boolean toZoom = timed.size() > 1;
        if (toZoom) {
            new TimelineControls(view, kinds).write(html);
        }
        html.open("div", "class", "plot still");
        new TimelinePlot(view.id("still"), axis, timed, bands, anchors).draw(html, "Findings over time, by stage");
        html.close();
        legend(html, bands);
        if (toZoom) {
            writeData(html, axis, bands);
        }
        html.close();
        bursts(html, axis);
    }

    private void writeData(Html html, TimeAxis axis, List<Band> bands) {
        TimelineData data = new TimelineData(timed, kinds, anchors, mostPoints);
        if (data.step() > 0) {
            html.element("p", "So that this page stays small, findings of one kind within "
                    + When.length(Duration.ofMillis(data.step())) + " share a point here. The counts are exact;"
                    + " findings.jsonl has each one.", "class", "note");
        }
        html.data(view.id("data"), data.json(axis, bands));
    }

    /** The time of the records; findings from far outside it stand at its ends. */
    private TimeAxis axis() {
        Instant first = TimelinePlot.time(timed.get(0));
        Instant last = TimelinePlot.time(timed.get(timed.size() - 1));
        Optional<Instant> from = view.host().coverage().stream().flatMap(c -> c.from().stream())
                .min(Comparator.naturalOrder());
        Optional<Instant> to = view.host().coverage().stream().flatMap(c -> c.to().stream())
                .max(Comparator.naturalOrder());
        if (from.isEmpty() || to.isEmpty()) {
            return TimeAxis.around(first, last);
        }
        Duration length = Duration.between(from.get(), to.get());
        Instant begin = first.isBefore(from.get()) ? later(first, from.get().minus(length)) : from.get();
        Instant end = last.isAfter(to.get()) ? earlier(last, to.get().plus(length)) : to.get();
        return TimeAxis.around(begin, end);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private void legend(Html html, List<Band> bands) {
        html.open("ul", "class", "legend");
        for (Map.Entry<Severity, Integer> each : kinds.severities().entrySet()) {
            html.open("li");
            html.open("svg", "class", "mark " + each.getKey().word(), "width", "16", "height", "16", "viewBox",
                    "-8 -8 16 16", "aria-hidden", "true");
            html.open("path", "class", "shape", "d", Plot.shape(each.getKey())).close(2);
            html.text(each.getKey().word()).close();
        }
        if (bands.stream().anyMatch(Band::open)) {
            key(html, "band-open", "door open");
        }
        if (bands.stream().anyMatch(band -> !band.open())) {
            key(html, "band-shut", "fix seen");
        }
        html.open("li").text("A number: so many findings close together").close(2);
    }

    static void key(Html html, String kind, String words) {
        html.open("li").open("svg", "class", "chart", "width", "22", "height", "12", "aria-hidden", "true");
        html.open("rect", "class", kind, "width", "22", "height", "12").close(2);
        html.text(words).close();
    }

    private void bursts(Html html, TimeAxis whole) {
        List<List<Finding>> bursts = Bursts.of(timed, whole);
        int number = 0;
        for (List<Finding> burst : bursts) {
            Instant[] ends = TimelineData.ends(burst);
            TimeAxis axis = TimeAxis.around(ends[0], ends[1]);
            String title = "Close-up: " + When.longDate(ends[0]) + ", " + When.clock(ends[0]) + " to "
                    + (When.date(ends[0]).equals(When.date(ends[1])) ? "" : When.longDate(ends[1]) + ", ")
                    + When.clock(ends[1]) + " UTC";
            html.open("figure", "class", "burst", "data-from", "" + axis.from().toEpochMilli(), "data-to",
                    "" + axis.to().toEpochMilli());
            html.element("figcaption", title).open("div", "class", "plot still");
            new TimelinePlot(view.id("burst-" + ++number), axis, burst, List.of(), anchors).draw(html, title);
            html.close(2);
        }
    }
}
