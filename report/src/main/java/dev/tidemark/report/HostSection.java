package dev.tidemark.report;

import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Episode;
import dev.tidemark.model.Finding;
import dev.tidemark.model.Gap;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Posture;
import dev.tidemark.model.Sentence;
import dev.tidemark.model.Severity;
import dev.tidemark.model.VerdictClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** All that the page says of one host, from its verdict to its last finding. */
final class HostSection {
    private static final int LINKS = 8;
    private static final int VALUES = 30;

    private final int number;
    private final HostResult host;
    private final List<Finding> findings;
    private final List<Finding> shown;
    private final List<Episode> episodes;
    private final Anchors anchors;

    HostSection(int number, HostResult host, CaseResult result, Anchors anchors) {
        this.number = number;
        this.host = host;
        this.anchors = anchors;
        this.findings = result.findings().stream().filter(f -> f.host().equals(host.host())).toList();
        this.episodes = result.episodes().stream().filter(e -> e.host().equals(host.host())).toList();
        Set<Finding> kept = new HashSet<>(findings.stream()
                .sorted(Comparator.comparing(Finding::severity).reversed().thenComparing(Finding.ORDER))
                .limit(HtmlReport.FINDINGS_A_HOST).toList());
        this.shown = findings.stream().filter(kept::contains).limit(HtmlReport.FINDINGS_A_HOST).toList();
    }

    HostResult host() {
        return host;
    }

    /** The findings that get a row: the most severe if there are too many, in order of time. */
    List<Finding> shown() {
        return shown;
    }

    String name() {
        return Words.clip(host.server().isEmpty() ? host.host() : host.server());
    }

    private String id(String part) {
        return "host-" + number + part;
    }

    void overviewRow(Html html) {
        VerdictClass verdict = host.verdict().verdict();
        html.open("tr").open("th", "scope", "row").element("a", name(), "href", "#" + id(""));
        if (!host.organisation().isEmpty()) {
            html.open("span", "class", "sum sub").text(Words.clip(host.organisation())).close();
        }
        html.close().element("td", Words.verdict(verdict), "class", "title", "data-label", "Verdict");
        html.element("td", host.firstMalicious().map(When::minutes).orElse("none seen"), "data-label",
                "First malicious act");
        html.element("td", host.posture().patchState().word(), "data-label", "Patch state");
        html.element("td", String.format(Locale.ENGLISH, "%,d", findings.size()), "data-label", "Findings");
        html.element("td", "" + host.coverageGaps().size(), "data-label", "Gaps").close();
    }

    void write(Html html) {
        html.open("section", "class", "card host", "id", id(""), "aria-labelledby", id("-name"));
        banner(html);
        html.open("div", "class", "body");
        facts(html);
        reasons(html);
        steps(html);
        story(html);
        timeline(html);
        coverage(html);
        new FindingsTable(host.host(), shown, findings.size(), episodes, anchors).write(html);
        HtmlReport.skipped(html, "Not or only partly read on this server", host.skipped());
        html.close(2);
    }

    private void banner(Html html) {
        VerdictClass verdict = host.verdict().verdict();
        html.open("div", "class", "banner " + verdict.word());
        List<String> where = new ArrayList<>();
        if (!host.organisation().isEmpty()) {
            where.add(Words.clip(host.organisation()));
        }
        if (!host.server().isEmpty() && !host.server().equals(host.host())) {
            where.add("evidence " + Words.clip(host.host()));
        }
        if (!where.isEmpty()) {
            html.element("p", String.join(" \u00b7 ", where), "class", "where");
        }
        html.element("h2", name(), "id", id("-name"));
        html.element("p", Words.verdict(verdict), "class", "verdict");
        html.element("p", Words.meaning(verdict), "class", "meaning").close();
    }

    private void facts(Html html) {
        Posture posture = host.posture();
        html.open("dl", "class", "facts");
        if (host.firstMalicious().isPresent()) {
            fact(html, "First malicious act (UTC)", time(host.firstMalicious()), "");
            fact(html, "Last malicious act (UTC)", time(host.lastMalicious()), "");
        }
        fact(html, "Product and build", (posture.product() + " " + posture.build()).isBlank() ? "unknown"
                : (Words.clip(posture.product()) + " " + Words.clip(posture.build())).strip(), "");
        fact(html, "Patch state at the end of the evidence", posture.patchState().word(), "");
        fact(html, "ProxyLogon fix first seen (UTC)", posture.patchedAt().map(When::minutes).orElse("not seen"), "");
        fact(html, "Mitigation in the configuration",
                posture.mitigated().map(m -> m ? "in place" : "not in place").orElse("configuration not seen"), "");
        posture.exposed().ifPresent(e -> fact(html, "Stood open (UTC)", When.minutes(e.from()) + " to "
                + e.to().map(When::minutes).orElse("the end of the evidence"), e.why()));
        values(html, "Attacker addresses", host.attackerIps());
        values(html, "Web shells", host.webShells());
        values(html, "Accounts made or misused", host.accounts());
        if (posture.builds().size() > 1) {
            values(html, "Builds seen", posture.builds().stream().map(b -> b.build() + "  from "
                    + When.minutes(b.from()) + " to " + When.minutes(b.to())).toList());
        }
        html.close();
    }

    private static String time(Optional<Instant> time) {
        return time.map(When::seconds).orElse("unknown");
    }

    private static void fact(Html html, String name, String value, String note) {
        html.open("div").element("dt", name).element("dd", value);
        if (!note.isEmpty()) {
            html.element("dd", Words.clip(note), "class", "note");
        }
        html.close();
    }

    private static void values(Html html, String name, List<String> values) {
        if (values.isEmpty()) {
            return;
        }
        html.open("div", values.stream().anyMatch(v -> v.length() > 40) ? new String[] {"class", "wide"}
                : new String[0]);
        html.element("dt", values.size() > 1 ? name + " (" + values.size() + ")" : name);
        for (String value : values.subList(0, Math.min(VALUES, values.size()))) {
            html.element("dd", Words.clip(value), "class", "mono");
        }
        if (values.size() > VALUES) {
            html.element("dd", "and " + (values.size() - VALUES) + " more in hosts.jsonl", "class", "note");
        }
        html.close();
    }

    private void reasons(Html html) {
        if (host.verdict().why().isEmpty()) {
            return;
        }
        html.element("h3", "Why this verdict").open("ul", "class", "reasons");
        for (Sentence reason : host.verdict().why()) {
            html.open("li").text(Words.clip(reason.text()));
            references(html, reason);
            html.close();
        }
        html.close();
    }

    private void steps(Html html) {
        if (host.verdict().nextSteps().isEmpty()) {
            return;
        }
        html.element("h3", "What to do now").open("ol", "class", "steps");
        host.verdict().nextSteps().forEach(step -> html.element("li", Words.clip(step)));
        html.close();
    }

    private void story(Html html) {
        if (episodes.stream().allMatch(e -> e.story().isEmpty())) {
            return;
        }
        html.element("h3", "What happened");
        for (Episode episode : episodes) {
            html.open("h4").text("Episode " + Words.clip(episode.id()) + " ");
            Words.severity(html, episode.severity());
            html.close();
            html.element("p", summary(episode), "class", "note").open("ol", "class", "story");
            String day = "";
            for (Sentence sentence : episode.story()) {
                Optional<Instant> at = sentence.findings().stream().flatMap(id -> anchors.of(id).stream())
                        .flatMap(entry -> entry.finding().time().stream()).min(Comparator.naturalOrder());
                String today = at.map(When::longDate).orElse(day);
                if (!today.equals(day)) {
                    html.element("li", today, "class", "day");
                    day = today;
                }
                html.open("li").element("span", at.map(When::clock).orElse(""), "class", "at").open("p");
                html.text(Words.clip(sentence.text()));
                references(html, sentence);
                html.close(2);
            }
            html.close();
        }
    }

    static String summary(Episode episode) {
        String span = episode.from().map(When::minutes).orElse("time unknown")
                + episode.to().map(to -> " to " + When.minutes(to) + " UTC").orElse("");
        String length = episode.from().isPresent() && episode.to().isPresent()
                ? " (" + When.length(Duration.between(episode.from().get(), episode.to().get())) + ")" : "";
        String actors = episode.actors().isEmpty() ? "" : ", from " + Words.clip(String.join(", ",
                episode.actors().subList(0, Math.min(5, episode.actors().size()))))
                + (episode.actors().size() > 5 ? " and " + (episode.actors().size() - 5) + " more" : "");
        return span + length + ", " + When.counted(episode.findings().size(), "finding") + actors;
    }

    private void references(Html html, Sentence sentence) {
        List<Anchors.Entry> entries = sentence.findings().stream().distinct()
                .flatMap(id -> anchors.of(id).stream()).toList();
        if (entries.isEmpty()) {
            return;
        }
        html.open("span", "class", "refs").text(" ");
        for (Anchors.Entry entry : entries.subList(0, Math.min(LINKS, entries.size()))) {
            html.element("a", entry.label(), "href", "#" + entry.elementId(), "aria-label",
                    "Finding " + entry.number()).text(" ");
        }
        if (entries.size() > LINKS) {
            html.text("and " + (entries.size() - LINKS) + " more");
        }
        html.close();
    }

    private void timeline(Html html) {
        if (findings.stream().allMatch(f -> f.time().isEmpty())) {
            return;
        }
        html.element("h3", "Findings over time");
        TimelinePlot.draw(html, host, findings, anchors);
        html.open("ul", "class", "legend");
        for (Severity severity : Severity.values()) {
            if (findings.stream().anyMatch(f -> f.severity() == severity)) {
                html.open("li", "class", severity.word()).element("span", severity.word()).close();
            }
        }
        html.close();
    }

    private void coverage(Html html) {
        if (host.coverage().isEmpty() && host.coverageGaps().isEmpty()) {
            return;
        }
        html.element("h3", "What the records cover");
        CoveragePlot.draw(html, host, id("-hatch"));
        if (host.coverageGaps().isEmpty()) {
            html.element("p", "No hours are missing that should be there.", "class", "note");
            return;
        }
        html.element("h4", "Hours that are missing (hatched above)").open("table", "class", "stack");
        html.open("thead").open("tr");
        for (String column : List.of("Source", "From (UTC)", "To (UTC)", "Length", "Why it should be there")) {
            html.element("th", column, "scope", "col");
        }
        html.close(2).open("tbody");
        for (Gap gap : host.coverageGaps()) {
            html.open("tr").element("th", Words.clip(gap.source()), "scope", "row");
            html.element("td", When.minutes(gap.interval().from()), "data-label", "From");
            html.element("td", When.minutes(gap.interval().to()), "data-label", "To");
            html.element("td", When.length(gap.interval().length()), "data-label", "Length");
            html.element("td", Words.clip(gap.why()), "data-label", "Why").close();
        }
        html.close(2);
    }
}
