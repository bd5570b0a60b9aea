package dev.tidemark.report;

import dev.tidemark.model.Finding;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Stage;
import dev.tidemark.report.TimelinePlot.Band;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the script draws the timeline from. Up to a number of points each record stands by itself; beyond it records of
 * one kind within one step of time share a point that tells their number, so that every count stays exact.
 *
 * <p>Times are milliseconds since 1970; a point's time is the distance from the one before it.
 */
final class TimelineData {
    private static final long[] STEPS = {1, 1_000, 60_000, 600_000, 3_600_000, 21_600_000, 86_400_000, 7 * 86_400_000L,
        365 * 86_400_000L};

    private final List<Finding> timed;
    private final int[] kindOf;
    private final Kinds kinds;
    private final Anchors anchors;
    private final long step;

    private static final class Point {
        private final Finding finding;
        private final int kind;
        private int count;

        Point(Finding finding, int kind) {
            this.finding = finding;
            this.kind = kind;
        }
    }

    /** @param most points that there is room for; the coarsest step may need more */
    TimelineData(List<Finding> timed, Kinds kinds, Anchors anchors, int most) {
        this.timed = timed;
        this.kinds = kinds;
        this.kindOf = timed.stream().mapToInt(kinds::number).toArray();
        this.anchors = anchors;
        this.step = timed.size() <= most ? 0 : step(most);
    }

    private long step(int most) {
        for (long each : STEPS) {
            Set<Long> keys = new HashSet<>();
            for (int i = 0; i < timed.size() && keys.size() <= most; i++) {
                keys.add(key(i, each));
            }
            if (keys.size() <= most) {
                return each;
            }
        }
        return STEPS[STEPS.length - 1];
    }

    private long key(int place, long width) {
        return Math.floorDiv(millis(timed.get(place)), width) << 20 | kindOf[place];
    }

    private static long millis(Finding finding) {
        return TimelinePlot.time(finding).toEpochMilli();
    }

    /** Milliseconds that share a point; 0 if each record has its own. */
    long step() {
        return step;
    }

    ScriptData json(TimeAxis axis, List<Band> bands) {
        List<Point> points = points();
        ScriptData data = new ScriptData().open('{');
        data.key("from").number(axis.from().toEpochMilli()).key("to").number(axis.to().toEpochMilli());
        data.key("step").number(step);
        writeNames(data);
        writeKinds(data);
        data.key("bands").open('[');
        for (Band band : bands) {
            data.number(band.span().from().toEpochMilli()).number(band.span().to().toEpochMilli())
                    .number(band.open() ? 1 : 0);
        }
        data.close(']').key("time").open('[');
        long before = 0;
        for (Point point : points) {
            data.number(millis(point.finding) - before);
            before = millis(point.finding);
        }
        data.close(']').key("kind").open('[');
        points.forEach(point -> data.number(point.kind));
        data.close(']').key("count").open('[');
        if (step > 0) {
            points.forEach(point -> data.number(point.count));
        }
        data.close(']').key("row").open('[');
        writeRows(data, points);
        return data.close(']').close('}');
    }

    private List<Point> points() {
        Map<Long, Point> shared = new LinkedHashMap<>();
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < timed.size(); i++) {
            Point created = new Point(timed.get(i), kindOf[i]);
            Point point = step == 0 ? created : shared.computeIfAbsent(key(i, step), k -> created);
            if (point.count++ == 0) {
                points.add(point);
            }
        }
        return points;
    }

    private void writeNames(ScriptData data) {
        data.key("stages").open('[');
        for (Stage stage : Stage.values()) {
            data.string(Words.stage(stage));
        }
        data.close(']').key("severities").open('[');
        for (Severity severity : Severity.values()) {
            data.string(severity.word()).string(Plot.shape(severity));
        }
        data.close(']').key("sources").open('[');
        kinds.sources().keySet().forEach(source -> data.string(Words.clip(source, Words.NAME)));
        data.close(']').key("actors").open('[');
        kinds.actors().keySet().forEach(data::string);
        data.close(']');
    }

    /** Each kind as five numbers: title, stage, severity, source, actor. */
    private void writeKinds(ScriptData data) {
        List<String> titles = kinds.whats().stream().map(Kinds.What::title).distinct().toList();
        List<String> sources = List.copyOf(kinds.sources().keySet());
        List<String> actors = List.copyOf(kinds.actors().keySet());
        data.key("titles").open('[');
        titles.forEach(title -> data.string(Words.clip(title, Words.NAME)));
        data.close(']').key("kinds").open('[');
        for (Kinds.Kind kind : kinds.all()) {
            data.number(titles.indexOf(kind.what().title())).number(kind.what().stage().ordinal())
                    .number(kind.what().severity().ordinal()).number(sources.indexOf(kind.source()))
                    .number(actors.indexOf(kind.actor()));
        }
        data.close(']');
    }

    /** Which points have a row of their own: place among the points, number of the row. */
    private void writeRows(ScriptData data, List<Point> points) {
        for (int i = 0; i < points.size(); i++) {
            int place = i;
            anchors.of(points.get(i).finding.id()).ifPresent(entry -> data.number(place).number(entry.number()));
        }
    }

    /** Times as a reader needs them: the first and the last. */
    static Instant[] ends(List<Finding> timed) {
        return new Instant[] {TimelinePlot.time(timed.get(0)), TimelinePlot.time(timed.get(timed.size() - 1))};
    }
}
