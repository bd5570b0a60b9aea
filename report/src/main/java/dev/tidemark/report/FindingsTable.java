package dev.tidemark.report;

import dev.tidemark.model.Episode;
import dev.tidemark.model.Finding;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One host's findings, a table an episode, each with its record folded away beneath it. */
final class FindingsTable {
    private static final int FIELDS = 60;

    private final String host;
    private final List<Finding> shown;
    private final int all;
    private final List<Episode> episodes;
    private final Anchors anchors;
    private final Set<String> written = new HashSet<>();

    FindingsTable(String host, List<Finding> shown, int all, List<Episode> episodes, Anchors anchors) {
        this.host = host;
        this.shown = shown;
        this.all = all;
        this.episodes = episodes;
        this.anchors = anchors;
    }

    void write(Html html) {
        if (shown.isEmpty()) {
            return;
        }
        html.element("h3", "Findings");
        if (all > shown.size()) {
            html.element("p", String.format(Locale.ENGLISH, "The %,d most severe of %,d findings are shown here;"
                    + " findings.jsonl has all of them.", shown.size(), all), "class", "note");
        }
        Set<String> ids = new HashSet<>();
        for (Episode episode : episodes) {
            if (ids.add(episode.id())) {
                table(html, "Episode " + Words.clip(episode.id()), HostSection.summary(episode),
                        shown.stream().filter(f -> f.episode().equals(episode.id())).toList());
            }
        }
        List<Finding> alone = shown.stream().filter(f -> !ids.contains(f.episode())).toList();
        table(html, "In no episode", When.counted(alone.size(), "finding") + " that belongs to no intrusion"
                .replace("belongs", alone.size() == 1 ? "belongs" : "belong"), alone);
    }

    private void table(Html html, String heading, String caption, List<Finding> findings) {
        if (findings.isEmpty()) {
            return;
        }
        html.element("h4", heading).open("table", "class", "findings stack").element("caption", caption);
        html.open("thead").open("tr");
        column(html, "No.", "c-n");
        column(html, "Severity", "c-sev");
        column(html, "Time (UTC)", "c-time");
        column(html, "What was found, and where", "c-what");
        column(html, "Source", "c-src");
        column(html, "Client and user", "c-who");
        html.close(2);
        findings.forEach(finding -> rows(html, finding));
        html.close();
    }

    private static void column(Html html, String name, String width) {
        html.element("th", name, "scope", "col", "class", width);
    }

    private void rows(Html html, Finding finding) {
        Anchors.Entry entry = anchors.of(finding.id()).orElseThrow();
        boolean first = entry.finding().host().equals(host) && written.add(finding.id());
        html.open("tbody", first ? new String[] {"id", entry.elementId()} : new String[0]).open("tr");
        html.element("th", first ? entry.label() : "", "scope", "row");
        html.open("td");
        Words.severity(html, finding.severity());
        html.close().open("td", "data-label", "Time");
        finding.time().ifPresentOrElse(at -> html.open("span", "class", "sum").text(When.date(at) + " ").close()
                .text(When.clock(at)), () -> html.text("no time"));
        html.close().open("td").open("span", "class", "sum title").text(Words.clip(finding.title())).close();
        html.open("span", "class", "sum").text(Words.clip(finding.summary())).close();
        html.open("span", "class", "sum sub").element("code", Words.clip(finding.place().toString())).close(2);
        html.element("td", Words.clip(finding.source()), "data-label", "Source");
        html.open("td");
        html.element("span", Words.clip(finding.clientIp()), "class", "sum mono");
        html.element("span", Words.clip(finding.user()), "class", "sum").close(2);
        html.open("tr", "class", "more").open("td").close().open("td", "colspan", "5").open("details");
        html.element("summary", "Record and rule");
        details(html, finding);
        html.close(4);
    }

    private static void details(Html html, Finding finding) {
        if (!finding.excerpt().isEmpty()) {
            String excerpt = finding.excerpt();
            html.element("pre", excerpt.length() <= Finding.EXCERPT_CHARS ? excerpt
                    : excerpt.substring(0, Finding.EXCERPT_CHARS) + "\u2026");
        }
        html.open("dl", "class", "pairs");
        pair(html, "Rule", finding.rule() + (finding.ruleId().isEmpty() ? "" : " (" + finding.ruleId() + ")"));
        pair(html, "Stage and outcome", finding.stage().word() + ", " + finding.outcome().word());
        pair(html, "CVE", String.join(", ", finding.cves()));
        pair(html, "ATT&CK", String.join(", ", finding.techniques()));
        pair(html, "Finding id", finding.id());
        int fields = 0;
        for (Map.Entry<String, String> field : finding.fields().entrySet()) {
            if (fields++ < FIELDS) {
                pair(html, field.getKey(), field.getValue());
            }
        }
        html.close();
    }

    private static void pair(Html html, String name, String value) {
        if (!value.isEmpty()) {
            html.element("dt", Words.clip(name)).element("dd", Words.clip(value));
        }
    }
}
