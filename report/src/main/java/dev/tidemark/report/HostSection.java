package dev.tidemark.report;

import dev.tidemark.model.HostResult;
import dev.tidemark.report.RowChoice.Groups;
import java.util.ArrayList;
import java.util.List;

/** All that the page says of one host: for whoever decides at its top, for whoever checks below. */
final class HostSection {
    private static final int INDICATORS = 100;

    private final HostView view;
    private final Claims claims;
    private final Groups groups;
    private final Anchors anchors;
    private final RuleNumbers rules;
    private final Glance glance;
    private final ProcessTree processes;
    private final int mostPoints;

    HostSection(HostView view, Claims claims, Groups groups, Anchors anchors, RuleNumbers rules, Glance glance,
            int mostPoints) {
        this.view = view;
        this.claims = claims;
        this.groups = groups;
        this.anchors = anchors;
        this.rules = rules;
        this.glance = glance;
        this.processes = new ProcessTree(view, anchors);
        this.mostPoints = mostPoints;
    }

    void write(Html html) {
        html.open("section", "class", "card host", "id", view.id(""), "aria-labelledby", view.id("name"));
        banner(html);
        html.open("div", "class", "body");
        glance.write(html);
        steps(html);
        contents(html);
        reasons(html);
        new StorySection(view, claims, anchors).write(html);
        Kinds kinds = new Kinds(view.findings());
        new TimelineSection(view, anchors, kinds, mostPoints).write(html);
        processes.write(html);
        indicators(html);
        PostureSection.write(html, view);
        CoverageSection.write(html, view);
        new FindingsTable(view, groups, kinds, anchors, rules).write(html);
        html.close(2);
    }

    private void banner(Html html) {
        html.open("div", "class", "banner " + view.verdict().word());
        html.open("h2", "id", view.id("name")).element("span", view.name(), "class", "server");
        html.element("span", ": ", "class", "unseen");
        html.open("span", "class", "verdict");
        html.element("span", Words.sign(view.verdict()), "class", "sign", "aria-hidden", "true");
        html.text(Words.verdict(view.verdict())).close(2);
        html.element("p", Words.meaning(view.verdict()), "class", "meaning");
        if (!view.origin().equals(view.server())) {
            html.element("p", "Evidence: " + view.origin(), "class", "where");
        }
        html.close();
    }

    private void steps(Html html) {
        List<String> steps = view.host().verdict().nextSteps();
        if (steps.isEmpty()) {
            return;
        }
        html.element("h3", "What to do now", "id", view.id("steps")).open("ol", "class", "steps");
        steps.forEach(step -> html.element("li", Words.clip(step, Words.VALUE)));
        html.close();
    }

    /** Where to find what on this host; of no use on paper. */
    private void contents(Html html) {
        html.open("nav", "class", "contents", "aria-label", "Contents of " + view.name()).open("ul");
        item(html, "why", "Why this verdict");
        if (claims.stories().stream().anyMatch(told -> !told.all().isEmpty())) {
            item(html, "story", "What happened");
        }
        if (view.findings().stream().anyMatch(f -> f.time().isPresent())) {
            item(html, "timeline", "Timeline");
        }
        if (!processes.isEmpty()) {
            item(html, "processes", "What was run");
        }
        item(html, "posture", "The door");
        item(html, "coverage", "Coverage");
        if (!view.findings().isEmpty()) {
            item(html, "findings", "Findings");
        }
        html.close(2);
    }

    private void item(Html html, String part, String words) {
        html.open("li").element("a", words, "href", "#" + view.id(part)).close();
    }

    private void reasons(Html html) {
        html.element("h3", "Why this verdict", "id", view.id("why")).open("ul", "class", "reasons");
        for (Claims.Claim reason : claims.reasons()) {
            html.open("li", "id", reason.elementId()).text(Words.clip(reason.sentence().text()));
            References.write(html, reason.sentence(), anchors);
            html.close();
        }
        if (claims.reasonsLeftOut() > 0) {
            html.element("li", "and " + When.counted(claims.reasonsLeftOut(), "more reason") + " in hosts.jsonl",
                    "class", "note");
        }
        html.close();
    }

    private void indicators(Html html) {
        HostResult host = view.host();
        if (host.attackerIps().isEmpty() && host.webShells().isEmpty() && host.accounts().isEmpty()) {
            return;
        }
        html.element("h3", "What to look for elsewhere", "id", view.id("indicators"));
        html.open("dl", "class", "indicators");
        values(html, "Attacker addresses", host.attackerIps());
        values(html, "Web shells", host.webShells());
        values(html, "Accounts made or misused", host.accounts());
        html.close();
    }

    private static void values(Html html, String name, List<String> values) {
        if (values.isEmpty()) {
            return;
        }
        List<String> shown = new ArrayList<>(values.subList(0, Math.min(INDICATORS, values.size())));
        html.open("div").element("dt", name + " (" + Words.number(values.size()) + ")");
        shown.forEach(value -> html.open("dd", "class", "mono").path(Words.clip(value, Words.VALUE)).close());
        if (values.size() > INDICATORS) {
            html.element("dd", "and " + Words.number(values.size() - INDICATORS) + " more in hosts.jsonl", "class",
                    "note");
        }
        html.close();
    }
}
