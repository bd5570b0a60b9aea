package dev.tidemark.report;

import dev.tidemark.model.Episode;
import dev.tidemark.model.Finding;
import dev.tidemark.report.Claims.Claim;
import dev.tidemark.report.RowChoice.Groups;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One host's findings: a table an episode, in it a part for each rule, each record folded away beneath its row. */
final class FindingsTable {
    private static final int FIELDS = 40;
    private static final int BACKLINKS = 4;
    private static final int MARKUP_BYTES = 1_100;

    private final HostView view;
    private final Groups groups;
    private final Kinds kinds;
    private final Anchors anchors;
    private final RuleNumbers rules;
    private boolean opened;

    FindingsTable(HostView view, Groups groups, Kinds kinds, Anchors anchors, RuleNumbers rules) {
        this.view = view;
        this.groups = groups;
        this.kinds = kinds;
        this.anchors = anchors;
        this.rules = rules;
    }

    /** About how many bytes of the page a finding's row will take. */
    static long bytes(Finding f) {
        long bytes = MARKUP_BYTES + Html.bytes(Words.clip(f.summary())) + Html.bytes(f.excerpt())
                + Html.bytes(Words.clip(f.place().toString(), Words.VALUE)) + Html.bytes(f.clientIp() + f.user());
        int fields = 0;
        for (Map.Entry<String, String> field : f.fields().entrySet()) {
            if (fields++ < FIELDS) {
                // twice: the marked part of the record has the field's name, too
                bytes += 130 + 2 * Html.bytes(Words.clip(field.getKey(), Words.NAME))
                        + Html.bytes(Words.clip(field.getValue(), Words.VALUE));
            }
        }
        return bytes;
    }

    void write(Html html) {
        if (view.findings().isEmpty()) {
            return;
        }
        html.element("h3", "Findings and their records", "id", view.id("findings"));
        int shown = groups.shown();
        if (shown < view.findings().size()) {
            html.element("p", "Of " + When.counted(view.findings().size(), "finding") + ", " + Words.number(shown)
                    + " have a row here: those that the sentences above rest on, and the first and the last of each"
                    + " rule in each episode. The counts are those of all; findings.jsonl has each one.",
                    "class", "note sampled");
        }
        html.open("p", "class", "note").element("mark", "Marked", "class", "telling")
                .text(" in a record: what the sentence above it rests on. ")
                .element("span", "Underlined", "class", "read").text(": what else the rule looked at.").close();
        html.open("p", "class", "js-only filter-state", "role", "status", "hidden", "hidden").close();
        html.open("p", "class", "js-only buttons", "hidden", "hidden")
                .element("button", "Open all records", "type", "button", "data-do", "unfold")
                .element("button", "Fold all records", "type", "button", "data-do", "fold").close();
        Set<String> ids = new LinkedHashSet<>();
        for (Episode episode : view.episodes()) {
            if (ids.add(episode.id())) {
                table(html, "Episode " + Words.clip(episode.id(), Words.NAME), StorySection.summary(episode),
                        groups.of().stream().filter(g -> g.example().episode().equals(episode.id())).toList());
            }
        }
        List<FindingGroup> alone = groups.of().stream().filter(g -> !ids.contains(g.example().episode())).toList();
        long count = alone.stream().mapToLong(FindingGroup::count).sum();
        table(html, "In no episode", When.counted(count, "finding") + (count == 1 ? " that belongs" : " that belong")
                + " to no intrusion", alone);
    }

    private void table(Html html, String heading, String caption, List<FindingGroup> rules) {
        if (rules.stream().allMatch(group -> group.shown().isEmpty())) {
            return;
        }
        html.element("h4", heading).open("div", "class", "later");
        html.open("table", "class", "findings stack").element("caption", caption);
        html.open("thead").open("tr");
        column(html, "No.", "c-n");
        column(html, "Time (UTC)", "c-time");
        column(html, "What was seen, and where", "c-what");
        column(html, "Client and user", "c-who");
        html.close(2);
        rules.stream().filter(group -> !group.shown().isEmpty()).forEach(group -> group(html, group));
        html.close(2);
    }

    private static void column(Html html, String name, String width) {
        html.element("th", name, "scope", "col", "class", width);
    }

    private void group(Html html, FindingGroup group) {
        Finding example = group.example();
        html.open("tbody").open("tr", "class", "rule-row").open("th", "colspan", "4", "scope", "rowgroup");
        Words.severity(html, group.worst());
        html.text(" ");
        String title = Words.clip(example.title(), Words.VALUE);
        if (rules.elementId(example.rule()).isPresent()) {
            html.element("a", title, "class", "title", "href", "#" + rules.elementId(example.rule()).get());
        } else {
            html.element("span", title, "class", "title");
        }
        html.element("span", tags(group), "class", "sub").close(2);
        opened = !group.worst().accuses();
        List<Finding> shown = group.shown();
        for (int i = 0; i < shown.size(); i++) {
            rows(html, shown.get(i));
        }
        if (group.count() > shown.size()) {
            html.open("tr", "class", "rest").open("td").close().element("td", "and "
                    + Words.number(group.count() - shown.size()) + " more of this kind without a row, "
                    + group.from().map(When::minutes).orElse("time unknown")
                    + group.to().map(to -> " to " + When.minutes(to) + " UTC").orElse(""), "colspan", "3",
                    "class", "note").close();
        }
        html.close();
    }

    private static String tags(FindingGroup group) {
        Finding f = group.example();
        StringBuilder tags = new StringBuilder(When.counted(group.count(), "record"));
        tags.append(" \u00b7 ").append(Words.stage(f.stage())).append(", ").append(switch (f.outcome()) {
            case SUCCEEDED -> "took effect";
            case ATTEMPTED -> "attempted";
            case UNKNOWN -> "effect unknown";
        });
        tags.append(" \u00b7 ").append(Words.clip(f.source(), Words.NAME));
        if (!f.cves().isEmpty()) {
            tags.append(" \u00b7 ").append(Words.clip(Words.some(f.cves(), 6), Words.VALUE));
        }
        if (!f.techniques().isEmpty()) {
            tags.append(" \u00b7 ATT&CK ").append(Words.clip(Words.some(f.techniques(), 6), Words.VALUE));
        }
        return tags.toString();
    }

    private void rows(Html html, Finding finding) {
        Anchors.Entry entry = anchors.of(finding.id()).orElseThrow();
        boolean first = entry.finding() == finding;
        String kind = "" + kinds.number(finding);
        html.open("tr", first ? new String[] {"id", entry.elementId(), "class", "row", "data-k", kind, "data-n",
            "" + entry.number()} : new String[] {"class", "row", "data-k", kind});
        html.open("th", "scope", "row");
        if (first) {
            html.element("a", entry.label(), "href", "#" + entry.elementId(), "aria-label",
                    "Finding " + entry.number() + ", link to it");
        }
        html.close().open("td", "data-label", "Time");
        finding.time().ifPresentOrElse(at -> html.open("span", "class", "sum").text(When.date(at) + " ").close()
                .text(When.millis(at)), () -> html.text("no time"));
        html.close().open("td").open("span", "class", "sum").text(Words.clip(finding.summary())).close();
        html.open("span", "class", "sum sub").open("code").path(Words.clip(finding.place().toString(), Words.VALUE))
                .close(3);
        html.open("td").element("span", Words.clip(finding.clientIp(), Words.NAME), "class", "sum mono");
        html.element("span", Words.clip(finding.user(), Words.NAME), "class", "sum").close(2);
        html.open("tr", "class", "more", "data-k", kind).open("td").close().open("td", "colspan", "3");
        html.open("details", opened ? new String[0] : new String[] {"open", "open"});
        opened = true;
        html.open("summary").text("Record").element("span", " of finding " + entry.number(), "class", "unseen").close();
        details(html, finding);
        html.close(3);
    }

    private void details(Html html, Finding finding) {
        if (!finding.excerpt().isEmpty()) {
            Excerpt.write(html, finding);
        }
        List<Claim> claims = anchors.claims(finding.id());
        if (!claims.isEmpty()) {
            html.open("p", "class", "note back").text("What rests on it: ");
            for (Claim claim : claims.subList(0, Math.min(BACKLINKS, claims.size()))) {
                html.element("a", claim.label(), "href", "#" + claim.elementId()).text(" ");
            }
            html.text(claims.size() > BACKLINKS ? "and " + (claims.size() - BACKLINKS) + " more" : "").close();
        }
        html.open("dl", "class", "pairs");
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
            html.element("dt", Words.clip(name, Words.NAME)).element("dd", Words.clip(value, Words.VALUE));
        }
    }
}
