package dev.tidemark.report;

import java.util.Locale;

/** What the pictures share: the frame, the axis and how numbers stand in SVG. */
final class Plot {
    private static final int TITLE_CHARS = 160;

    private Plot() {}

    static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    static String clip(String text) {
        return text.length() <= TITLE_CHARS ? text : text.substring(0, TITLE_CHARS) + "\u2026";
    }

    static void ticks(Html html, TimeAxis axis, int top, int bottom) {
        for (TimeAxis.Tick tick : axis.ticks()) {
            String x = number(tick.x());
            html.open("line", "class", "grid", "x1", x, "x2", x, "y1", "" + top, "y2", "" + (bottom + 6)).close();
            html.element("text", tick.label(), "class", "tick", "x", x, "y", "" + (bottom + 21),
                    "text-anchor", "middle");
            if (!tick.context().isEmpty()) {
                html.element("text", tick.context(), "class", "tick context", "x", x, "y", "" + (bottom + 38),
                        "text-anchor", "middle");
            }
        }
        html.element("text", "UTC", "class", "tick context", "x", "0", "y", "" + (bottom + 21));
    }

    static void lane(Html html, String label, int y, int height, int right) {
        html.open("line", "class", "lane", "x1", "0", "x2", "" + right, "y1", "" + (y + height), "y2",
                "" + (y + height)).close();
        html.element("text", label.length() <= 22 ? label : label.substring(0, 21) + "\u2026", "class", "lane-label",
                "x", "0", "y", "" + (y + height / 2 + 4));
    }
}
