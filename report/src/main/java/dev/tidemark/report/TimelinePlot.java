package dev.tidemark.report;

import dev.tidemark.model.Finding;
import dev.tidemark.model.Interval;
import dev.tidemark.model.Posture;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Findings over time, one lane a stage, below a band that shows how the door stood. Marks that would touch are drawn
 * as one, where the first of them stands, that tells how many it stands for.
 */
final class TimelinePlot {
    static final int LANE = 42;
    static final int TOP = 4;
    private static final int MARK_Y = 29;
    /** Share of the width within which marks would touch on paper. */
    private static final double TOUCHING = 6.2;
    private static final int TITLES = 3;

    private final String id;
    private final TimeAxis axis;
    private final Anchors anchors;
    private final List<Finding> timed;
    private final List<Band> bands;
    private final Map<Stage, List<Finding>> lanes = new EnumMap<>(Stage.class);

    /** A stretch of time in which the door stood open, or was shut. */
    record Band(Interval span, boolean open) {
        String title() {
            return (open ? "Open" : "Fixed") + " from " + When.minutes(span.from()) + " to " + When.minutes(span.to())
                    + " UTC";
        }
    }

    /** @param timed findings with a time, in order of time; at least one */
    TimelinePlot(String id, TimeAxis axis, List<Finding> timed, List<Band> bands, Anchors anchors) {
        this.id = id;
        this.axis = axis;
        this.timed = timed;
        this.bands = bands;
        this.anchors = anchors;
        timed.forEach(f -> lanes.computeIfAbsent(f.stage(), stage -> new ArrayList<>()).add(f));
    }

    static Instant time(Finding finding) {
        return finding.time().orElseThrow();
    }

    /** How the door stood over the time of the axis, as far as the evidence says. */
    static List<Band> bands(Posture posture, TimeAxis axis) {
        List<Band> bands = new ArrayList<>();
        posture.exposed().ifPresent(e -> add(bands, e.from(), e.to().orElse(axis.to()), true, axis));
        posture.patchedAt().ifPresent(at -> add(bands, at, axis.to(), false, axis));
        return bands;
    }

    private static void add(List<Band> bands, Instant from, Instant to, boolean open, TimeAxis axis) {
        Instant begin = from.isBefore(axis.from()) ? axis.from() : from;
        Instant end = to.isAfter(axis.to()) ? axis.to() : to;
        if (begin.isBefore(end)) {
            bands.add(new Band(new Interval(begin, end), open));
        }
    }

    void draw(Html html, String title) {
        int doorLane = bands.isEmpty() ? 0 : LANE;
        int bottom = TOP + doorLane + lanes.size() * LANE;
        Plot.open(html, id, bottom, title, description());
        Plot.ticks(html, axis, TOP, bottom);
        if (!bands.isEmpty()) {
            Plot.lane(html, "Door", TOP, LANE);
            bands.forEach(band -> Plot.bar(html, band.open() ? "band-open" : "band-shut", axis.x(band.span().from()),
                    axis.x(band.span().to()), TOP + 21, 14, band.title()));
        }
        int y = TOP + doorLane;
        for (Map.Entry<Stage, List<Finding>> lane : lanes.entrySet()) {
            Plot.lane(html, Words.stage(lane.getKey()), y, LANE);
            drawLane(html, lane.getValue(), y + MARK_Y);
            y += LANE;
        }
        html.close();
    }

    private String description() {
        StringBuilder text = new StringBuilder(When.counted(timed.size(), "finding")).append(" from ")
                .append(When.seconds(time(timed.get(0)))).append(" to ")
                .append(When.seconds(time(timed.get(timed.size() - 1)))).append(" UTC. ");
        lanes.forEach((stage, findings) -> text.append(Words.stage(stage)).append(": ")
                .append(Words.number(findings.size())).append(". "));
        bands.forEach(band -> text.append("Door: ").append(band.title()).append(". "));
        return text.append("The table of findings has the same in words.").toString();
    }

    private void drawLane(Html html, List<Finding> findings, int y) {
        List<Finding> mark = new ArrayList<>();
        for (Finding finding : findings) {
            if (!mark.isEmpty() && axis.x(time(finding)) - axis.x(time(mark.get(0))) > TOUCHING) {
                drawMark(html, mark, y);
                mark.clear();
            }
            mark.add(finding);
        }
        drawMark(html, mark, y);
    }

    private void drawMark(Html html, List<Finding> marked, int y) {
        Finding worst = marked.stream().max(Comparator.comparing(Finding::severity)).orElseThrow();
        Severity severity = worst.severity();
        String tooltip = tooltip(marked);
        boolean link = anchors.of(worst.id()).isPresent();
        html.open("svg", "x", Plot.percent(axis.x(time(marked.get(0)))), "y", "" + y, "class", "mark " + severity.word());
        if (link) {
            html.open("a", "href", "#" + anchors.of(worst.id()).get().elementId(), "aria-label", tooltip);
        }
        html.element("title", tooltip);
        if (marked.size() > 1) {
            html.open("rect", "class", "pill", "x", "-21", "y", "-10", "width", "42", "height", "20", "rx", "10")
                    .close();
            html.open("path", "class", "in-pill", "d", Plot.shape(severity), "transform",
                    "translate(-11 0) scale(.62)").close();
            html.element("text", shortCount(marked.size()), "class", "count", "x", "5", "y", "4", "text-anchor",
                    "middle");
        } else {
            html.open("path", "class", "shape", "d", Plot.shape(severity)).close();
        }
        html.close(link ? 2 : 1);
    }

    static String shortCount(int count) {
        return count < 1_000 ? "" + count : count < 100_000
                ? String.format(Locale.ROOT, "%dk", count / 1_000) : "99k+";
    }

    private static String tooltip(List<Finding> marked) {
        Finding first = marked.get(0);
        if (marked.size() == 1) {
            return When.seconds(time(first)) + " UTC, " + first.severity().word() + ": " + Plot.clip(first.title());
        }
        StringBuilder text = new StringBuilder(When.counted(marked.size(), "finding"));
        text.append(", ").append(When.seconds(time(first))).append(" to ")
                .append(When.seconds(time(marked.get(marked.size() - 1)))).append(" UTC");
        List<String> titles = marked.stream().map(Finding::title).distinct().limit(TITLES + 1L).toList();
        titles.stream().limit(TITLES).forEach(title -> text.append("\n").append(Plot.clip(title)));
        return titles.size() > TITLES ? text.append("\n\u2026").toString() : text.toString();
    }
}
