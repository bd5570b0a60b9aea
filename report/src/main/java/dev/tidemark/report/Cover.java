package dev.tidemark.report;

import dev.tidemark.model.CaseResult;
import dev.tidemark.model.VerdictClass;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first screen: the answer in one sentence, how many servers stand how, what to do first, and every server. */
final class Cover {
    private static final int NAMES = 8;
    /** Servers beyond this number are counted, not listed. */
    private static final int MOST = 2_000;

    private final CaseResult result;
    private final List<HostView> views;
    private final List<Glance> glances;
    private final int sections;

    /** @param sections how many of the servers have a part of their own */
    Cover(CaseResult result, List<HostView> views, List<Glance> glances, int sections) {
        this.result = result;
        this.views = views;
        this.glances = glances;
        this.sections = sections;
    }

    String headline() {
        if (views.isEmpty()) {
            return "No Exchange server was found in the evidence";
        }
        if (views.size() == 1) {
            String name = views.get(0).name();
            return switch (views.get(0).verdict()) {
                case COMPROMISED -> "Somebody got into " + name;
                case COMPROMISED_SUSPECTED -> "Somebody may have got into " + name;
                case ATTEMPTED -> name + " was attacked, and no attack took effect";
                case INSUFFICIENT_EVIDENCE -> "The evidence does not suffice to clear " + name;
                case NO_EVIDENCE -> "No sign that anybody got into " + name;
            };
        }
        long in = count(VerdictClass.COMPROMISED);
        long perhaps = count(VerdictClass.COMPROMISED_SUSPECTED);
        String of = " of " + Words.number(views.size()) + " servers";
        if (in > 0) {
            return "Somebody got into " + Words.number(in) + of + (perhaps > 0 ? ", and perhaps into "
                    + Words.number(perhaps) + " more" : "");
        }
        return perhaps > 0 ? "Somebody may have got into " + Words.number(perhaps) + of
                : "No sign that anybody got into one" + of;
    }

    private long count(VerdictClass verdict) {
        return views.stream().filter(v -> v.verdict() == verdict).count();
    }

    void writeTop(Html html) {
        html.open("header", "class", "top").open("div", "class", "page");
        html.open("div", "class", "mast").element("p", "Tidemark", "class", "brand");
        html.element("p", "Exchange evidence of " + When.counted(views.size(), "server") + ", read "
                + When.minutes(result.run().finished()) + " UTC", "class", "run").close();
        html.element("h1", headline());
        if (views.size() > 1) {
            html.element("p", lead(), "class", "lead");
            html.open("div", "class", "cover");
            tally(html);
            first(html);
            html.close();
        }
        html.close(2);
    }

    private String lead() {
        Optional<HostView> earliest = views.stream().filter(v -> v.gotIn() && v.host().firstMalicious().isPresent())
                .min(Comparator.comparing((HostView v) -> v.host().firstMalicious().orElse(Instant.MAX)));
        long open = views.stream().filter(v -> DoorState.of(v.host().posture()) == DoorState.OPEN).count();
        String since = earliest.map(v -> "The first malicious act was on "
                + When.longMinutes(v.host().firstMalicious().orElseThrow()) + " UTC, on " + v.name() + ". ").orElse("");
        String door = open == 0 ? "" : "The door stands open on " + Words.number(open) + " of "
                + When.counted(views.size(), "server") + ".";
        return since + door;
    }

    private void tally(Html html) {
        html.open("ul", "class", "tally", "aria-label", "Verdicts");
        for (VerdictClass verdict : VerdictClass.values()) {
            long count = count(verdict);
            if (count > 0) {
                html.open("li").element("b", Words.number(count)).text(" ");
                Words.verdict(html, verdict);
                html.close();
            }
        }
        html.close();
    }

    /** Servers for which the same comes first stand together. */
    private void first(Html html) {
        Map<String, List<HostView>> byStep = new LinkedHashMap<>();
        for (HostView view : views) {
            view.host().verdict().nextSteps().stream().findFirst().ifPresent(step -> byStep
                    .computeIfAbsent(step, k -> new java.util.ArrayList<>()).add(view));
        }
        if (byStep.isEmpty()) {
            return;
        }
        html.open("div", "class", "first").element("h2", "What to do first").open("ol");
        byStep.entrySet().stream().limit(5).forEach(each -> {
            html.open("li").element("b", Words.some(each.getValue().stream().map(HostView::name).toList(), NAMES)
                    + ": ").text(Words.clip(each.getKey(), Words.VALUE)).close();
        });
        html.close(2);
    }

    /** Every server in a table; nothing where there is one only, as its own part says it all. */
    void writeOverview(Html html) {
        if (views.size() < 2) {
            return;
        }
        html.open("section", "class", "card overview", "aria-labelledby", "overview");
        html.element("h2", "All servers, worst first", "id", "overview").open("table", "class", "stack");
        html.open("thead").open("tr");
        for (String column : List.of("Server", "Verdict", "Since (UTC)", "By which door", "What was left",
                "Door now")) {
            html.element("th", column, "scope", "col");
        }
        html.close(2).open("tbody");
        for (int i = 0; i < Math.min(MOST, views.size()); i++) {
            row(html, views.get(i), glances.get(i), i < sections);
        }
        html.close(2);
        if (views.size() > sections) {
            html.element("p", "The " + Words.number(sections) + " worst have a part of their own below; hosts.jsonl has"
                    + " all " + Words.number(views.size()) + ".", "class", "note");
        }
        CasePlot.write(html, views);
        html.close();
    }

    private static void row(Html html, HostView view, Glance glance, boolean linked) {
        html.open("tr").open("th", "scope", "row");
        if (linked) {
            html.element("a", view.server(), "href", "#" + view.id(""));
        } else {
            html.text(view.server());
        }
        if (!view.origin().equals(view.server())) {
            html.element("span", view.origin(), "class", "sum sub");
        }
        html.close().open("td");
        Words.verdict(html, view.verdict());
        html.close();
        html.element("td", glance.since(), "class", "whole", "data-label", "Since");
        html.element("td", glance.door(), "data-label", "By which door");
        html.element("td", glance.left(), "data-label", "What was left");
        html.open("td", "data-label", "Door now");
        DoorState.of(view.host().posture()).write(html);
        html.close(2);
    }
}
