package dev.tidemark.report;

import dev.tidemark.model.Severity;
import java.util.List;
import java.util.Locale;

/**
 * What the pictures share. Places across are shares of the width, so that a picture fills a wide screen, a phone and
 * paper without its letters growing or shrinking; places down are pixels.
 */
final class Plot {
    private static final int TITLE_CHARS = 160;
    private static final int LABEL_CHARS = 26;
    private static final int AXIS = 46;
    private static final double EDGE = 5;

    private Plot() {}

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f%%", share);
    }

    static String clip(String text) {
        return text.length() <= TITLE_CHARS ? text : text.substring(0, TITLE_CHARS) + "\u2026";
    }

    /** Opens a picture with its name and description; whoever cannot see it is told the same. */
    static void open(Html html, String id, int bottom, String title, String description) {
        html.open("svg", "class", "chart", "width", "100%", "height", "" + (bottom + AXIS), "role", "group",
                "aria-labelledby", id + "-title", "aria-describedby", id + "-desc");
        html.element("title", title, "id", id + "-title").element("desc", description, "id", id + "-desc");
    }

    static void ticks(Html html, TimeAxis axis, int top, int bottom) {
        List<TimeAxis.Tick> ticks = axis.ticks();
        html.open("g", "class", "axis", "aria-hidden", "true");
        for (int i = 0; i < ticks.size(); i++) {
            TimeAxis.Tick tick = ticks.get(i);
            String x = percent(tick.x());
            String anchor = tick.x() < EDGE ? "start" : tick.x() > 100 - EDGE ? "end" : "middle";
            html.open("line", "class", "grid", "x1", x, "x2", x, "y1", "" + top, "y2", "" + (bottom + 6)).close();
            html.element("text", tick.label(), "class", i % 2 == 1 ? "tick alt" : "tick", "x", x, "y",
                    "" + (bottom + 21), "text-anchor", anchor);
            if (!tick.context().isEmpty()) {
                html.element("text", tick.context(), "class", "tick context", "x", x, "y", "" + (bottom + 38),
                        "text-anchor", anchor);
            }
        }
        html.close();
    }

    /** A lane with its name at its top left. */
    static void lane(Html html, String label, int y, int height) {
        html.open("line", "class", "lane", "x1", "0", "x2", "100%", "y1", "" + (y + height), "y2", "" + (y + height))
                .close();
        html.element("text", label.length() <= LABEL_CHARS ? label : label.substring(0, LABEL_CHARS - 1) + "\u2026",
                "class", "lane-label", "x", "0", "y", "" + (y + 15));
    }

    /** A span of time as a bar; what it says when pointed at is its title. */
    static void bar(Html html, String kind, double from, double to, int y, int height, String title) {
        html.open("rect", "class", kind, "x", percent(from), "y", "" + y, "width",
                percent(Math.max(0.3, to - from)), "height", "" + height);
        html.element("title", title).close();
    }

    /** The hatching for time without records: a pattern that the sheet refers to by this id. */
    static void patterns(Html html) {
        html.open("svg", "class", "patterns", "width", "0", "height", "0", "aria-hidden", "true").open("defs");
        pattern(html, "hatch-gap", "rotate(45)");
        pattern(html, "hatch-open", "rotate(-45)");
        html.close(2);
    }

    private static void pattern(Html html, String id, String turn) {
        html.open("pattern", "id", id, "width", "7", "height", "7", "patternUnits", "userSpaceOnUse",
                "patternTransform", turn);
        html.open("rect", "class", id + "-ground", "width", "7", "height", "7").close();
        html.open("rect", "class", id + "-line", "width", "3", "height", "7").close();
        html.close();
    }

    /** The shape of a severity, round its own middle: told apart without colour. */
    static String shape(Severity severity) {
        return switch (severity) {
            case CRITICAL -> "M0-7 7 0 0 7-7 0Z";
            case HIGH -> "M0-6.5 7 5.5-7 5.5Z";
            case MEDIUM -> "M-5.5-5.5h11v11h-11Z";
            case LOW -> "M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0Z";
            case INFORMATIONAL -> "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0Z";
        };
    }
}
