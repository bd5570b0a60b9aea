package dev.tidemark.report;

import dev.tidemark.model.Finding;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Findings over time, one lane a stage. Marks that would touch are drawn as one that tells how many it stands for. */
final class TimelinePlot {
    static final int WIDTH = 1_000;
    static final int LEFT = 150;
    private static final int RIGHT = WIDTH - 20;
    private static final int LANE = 38;
    private static final int TOP = 26;
    private static final double TOUCHING = 17;
    private static final int TITLES = 3;

    private final HostResult host;
    private final Anchors anchors;
    private final Map<Stage, List<Finding>> lanes = new EnumMap<>(Stage.class);
    private final TimeAxis axis;

    private TimelinePlot(HostResult host, List<Finding> timed, Anchors anchors) {
        this.host = host;
        this.anchors = anchors;
        timed.forEach(f -> lanes.computeIfAbsent(f.stage(), stage -> new ArrayList<>()).add(f));
        this.axis = TimeAxis.around(time(timed.get(0)), time(timed.get(timed.size() - 1)), LEFT + 12, RIGHT - 12);
    }

    /** Draws nothing if no finding carries a time. */
    static void draw(Html html, HostResult host, List<Finding> findings, Anchors anchors) {
        List<Finding> timed = findings.stream().filter(f -> f.time().isPresent())
                .sorted(Comparator.comparing(TimelinePlot::time)).toList();
        if (!timed.isEmpty()) {
            new TimelinePlot(host, timed, anchors).draw(html, timed.size());
        }
    }

    private static Instant time(Finding finding) {
        return finding.time().orElseThrow();
    }

    private void draw(Html html, int count) {
        int bottom = TOP + lanes.size() * LANE;
        html.open("div", "class", "plot", "role", "region", "tabindex", "0", "aria-label",
                "Timeline, scrolls sideways");
        html.open("svg", "viewBox", "0 0 " + WIDTH + " " + (bottom + 46), "role", "img", "aria-label",
                When.counted(count, "finding") + " from " + When.minutes(axis.from()) + " to "
                        + When.minutes(axis.to()) + " UTC, by stage; the table of findings has them all");
        Plot.ticks(html, axis, TOP, bottom);
        host.posture().patchedAt().filter(at -> at.isAfter(axis.from()) && at.isBefore(axis.to())).ifPresent(at -> {
            String x = Plot.number(axis.x(at));
            html.open("line", "class", "patched", "x1", x, "x2", x, "y1", "" + (TOP - 6), "y2", "" + bottom).close();
            html.element("text", "Fix seen", "class", "patched-label", "x", x, "y", "" + (TOP - 11),
                    "text-anchor", "middle");
        });
        int y = TOP;
        for (Map.Entry<Stage, List<Finding>> lane : lanes.entrySet()) {
            Plot.lane(html, lane.getKey().word().replace('-', ' '), y, LANE, RIGHT);
            drawLane(html, lane.getValue(), y + LANE / 2);
            y += LANE;
        }
        html.close(2);
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
        Finding last = marked.get(marked.size() - 1);
        String x = Plot.number((axis.x(time(marked.get(0))) + axis.x(time(last))) / 2);
        boolean link = anchors.of(worst.id()).isPresent();
        if (link) {
            html.open("a", "href", "#" + anchors.of(worst.id()).get().elementId());
        }
        html.open("circle", "class", "mark " + severity.word(), "cx", x, "cy", "" + y, "r",
                marked.size() == 1 ? "6" : marked.size() < 100 ? "9.5" : "13");
        html.element("title", tooltip(marked)).close();
        if (marked.size() > 1) {
            html.element("text", shortCount(marked.size()), "class", "count", "x", x, "y", "" + (y + 4),
                    "text-anchor", "middle");
        }
        if (link) {
            html.close();
        }
    }

    private static String shortCount(int count) {
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
