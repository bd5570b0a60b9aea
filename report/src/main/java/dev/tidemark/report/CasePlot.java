package dev.tidemark.report;

import dev.tidemark.model.HostResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** All attacked servers over one time: when each was attacked, when its records begin and end, when a fix was seen. */
final class CasePlot {
    private static final int MOST = 30;
    private static final int ROW = 40;
    private static final int TOP = 4;

    private CasePlot() {}

    /** Draws nothing for fewer than two attacked servers. */
    static void write(Html html, List<HostView> views) {
        List<HostView> attacked = views.stream().filter(v -> v.host().firstMalicious().isPresent()).toList();
        if (attacked.size() < 2) {
            return;
        }
        List<HostView> shown = attacked.subList(0, Math.min(MOST, attacked.size()));
        List<Instant> ends = shown.stream().flatMap(v -> ends(v.host())).sorted().toList();
        TimeAxis axis = TimeAxis.around(ends.get(0), ends.get(ends.size() - 1));
        int bottom = TOP + shown.size() * ROW;
        html.element("h3", "When each server was attacked").open("div", "class", "plot");
        Plot.open(html, "case-plot", bottom, "When each server was attacked", "The table above has the first act; each"
                + " server's own part has the rest.");
        Plot.ticks(html, axis, TOP, bottom);
        int y = TOP;
        for (HostView view : shown) {
            row(html, axis, view, y);
            y += ROW;
        }
        html.close(2);
        html.open("ul", "class", "legend");
        TimelineSection.key(html, "attack compromised", "attacks, from the first to the last act");
        TimelineSection.key(html, "span", "time with records");
        TimelineSection.key(html, "fix", "fix for ProxyLogon first seen");
        html.close();
        if (attacked.size() > shown.size()) {
            html.element("p", "The " + MOST + " worst of " + Words.number(attacked.size()) + " are drawn.", "class",
                    "note");
        }
    }

    private static Stream<Instant> ends(HostResult host) {
        List<Instant> ends = new ArrayList<>();
        host.firstMalicious().ifPresent(ends::add);
        host.lastMalicious().ifPresent(ends::add);
        host.coverage().stream().flatMap(c -> c.from().stream()).min(Comparator.naturalOrder()).ifPresent(ends::add);
        host.coverage().stream().flatMap(c -> c.to().stream()).max(Comparator.naturalOrder()).ifPresent(ends::add);
        return ends.stream();
    }

    private static void row(Html html, TimeAxis axis, HostView view, int y) {
        HostResult host = view.host();
        Plot.lane(html, view.name(), y, ROW);
        host.coverage().stream().flatMap(c -> c.from().stream()).min(Comparator.naturalOrder()).ifPresent(from -> {
            Instant to = host.coverage().stream().flatMap(c -> c.to().stream()).max(Comparator.naturalOrder())
                    .orElse(from);
            Plot.bar(html, "span", axis.x(from), axis.x(to), y + 27, 4, view.name() + ": records from "
                    + When.minutes(from) + " to " + When.minutes(to) + " UTC");
        });
        Instant first = host.firstMalicious().orElseThrow();
        Instant last = host.lastMalicious().orElse(first);
        Plot.bar(html, "attack " + view.verdict().word(), axis.x(first), axis.x(last), y + 22, 14, view.name() + ", "
                + Words.verdict(view.verdict()) + ": " + When.minutes(first) + " to " + When.minutes(last) + " UTC");
        host.posture().patchedAt().ifPresent(at -> Plot.bar(html, "fix", axis.x(at), axis.x(at), y + 20, 18,
                view.name() + ": fix first seen " + When.minutes(at) + " UTC"));
    }
}
