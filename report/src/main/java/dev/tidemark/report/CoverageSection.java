package dev.tidemark.report;

import dev.tidemark.model.Coverage;
import dev.tidemark.model.Gap;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Skipped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** For which hours the verdict on one host can speak: coverage as a picture and in words, gaps, what was not read. */
final class CoverageSection {
    private static final int GAPS = 60;
    private static final int SKIPPED = 100;

    private CoverageSection() {}

    static void write(Html html, HostView view) {
        HostResult host = view.host();
        html.element("h3", "What the records cover", "id", view.id("coverage"));
        if (host.coverage().isEmpty()) {
            html.element("p", "No source of this server could be read.");
        } else {
            CoveragePlot.draw(html, host, view.id("coverage-plot"));
            legend(html, host);
            sources(html, host.coverage());
        }
        if (host.coverageGaps().isEmpty()) {
            html.element("p", host.coverage().isEmpty() ? "" : "No hours are missing that should be there.", "class",
                    "note");
        } else {
            gaps(html, host.coverageGaps());
        }
        skipped(html, "h4", "Not or only partly read on this server", host.skipped());
    }

    private static void legend(Html html, HostResult host) {
        html.open("ul", "class", "legend");
        TimelineSection.key(html, "records", "records");
        if (!host.coverageGaps().isEmpty()) {
            TimelineSection.key(html, "gap", "missing, but should be there");
        }
        html.close();
    }

    private static void sources(Html html, List<Coverage> coverage) {
        html.open("table", "class", "stack").element("caption", "Sources").open("thead").open("tr");
        for (String column : List.of("Source", "First record (UTC)", "Last record (UTC)", "Files", "Records", "Gaps")) {
            html.element("th", column, "scope", "col");
        }
        html.close(2).open("tbody");
        for (Coverage each : coverage) {
            html.open("tr").element("th", Words.clip(each.source(), Words.NAME), "scope", "row");
            html.element("td", time(each.from()), "data-label", "First record");
            html.element("td", time(each.to()), "data-label", "Last record");
            html.element("td", Words.number(each.files()), "data-label", "Files");
            html.element("td", Words.number(each.records()), "data-label", "Records");
            html.element("td", Words.number(each.gaps().size()), "data-label", "Gaps").close();
        }
        html.close(2);
    }

    private static String time(Optional<Instant> time) {
        return time.map(When::seconds).orElse("no time");
    }

    private static void gaps(Html html, List<Gap> gaps) {
        html.element("h4", "Hours that are missing").open("table", "class", "stack");
        html.open("thead").open("tr");
        for (String column : List.of("Source", "From (UTC)", "To (UTC)", "Length", "Why it should be there")) {
            html.element("th", column, "scope", "col");
        }
        html.close(2).open("tbody");
        for (Gap gap : gaps.subList(0, Math.min(GAPS, gaps.size()))) {
            html.open("tr").element("th", Words.clip(gap.source(), Words.NAME), "scope", "row");
            html.element("td", When.minutes(gap.interval().from()), "data-label", "From");
            html.element("td", When.minutes(gap.interval().to()), "data-label", "To");
            html.element("td", When.length(gap.interval().length()), "data-label", "Length");
            html.element("td", Words.clip(gap.why()), "data-label", "Why").close();
        }
        html.close(2);
        more(html, gaps.size(), GAPS);
    }

    static void skipped(Html html, String level, String heading, List<Skipped> skipped) {
        if (skipped.isEmpty()) {
            return;
        }
        html.element(level, heading + " (" + Words.number(skipped.size()) + ")");
        html.open("table", "class", "stack").open("thead").open("tr");
        html.element("th", "Path", "scope", "col").element("th", "Why", "scope", "col").close(2).open("tbody");
        for (Skipped each : skipped.subList(0, Math.min(SKIPPED, skipped.size()))) {
            html.open("tr").open("td").open("code").path(Words.clip(each.path(), Words.VALUE)).close(2);
            html.element("td", Words.clip(each.why(), Words.VALUE) + (each.bytes() <= Skipped.NONE ? ""
                    : " (" + When.counted(each.bytes(), "byte") + ")")).close();
        }
        html.close(2);
        more(html, skipped.size(), SKIPPED);
    }

    private static void more(Html html, int count, int most) {
        if (count > most) {
            html.element("p", "and " + Words.number(count - most) + " more; run.json and hosts.jsonl have all.",
                    "class", "note");
        }
    }
}
