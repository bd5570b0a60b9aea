package dev.tidemark.report;

import dev.tidemark.model.HostResult;
import dev.tidemark.model.Posture;
import java.util.List;

/** How the door of one host stood: builds over time, the moment of the patch, the mitigation, the exposure. */
final class PostureSection {
    private static final int BUILDS = 40;
    private static final int NOTES = 20;

    private PostureSection() {}

    static void write(Html html, HostView view) {
        HostResult host = view.host();
        Posture posture = host.posture();
        html.element("h3", "How the door stood", "id", view.id("posture"));
        html.open("dl", "class", "facts");
        fact(html, "Product", posture.product().isEmpty() ? "unknown" : posture.product());
        fact(html, "Build at the end", posture.build().isEmpty() ? "unknown" : posture.build());
        fact(html, "Patch state at the end", posture.patchState().word());
        fact(html, "Fix for ProxyLogon first seen", posture.patchedAt().map(at -> When.minutes(at) + " UTC")
                .orElse("not seen"));
        fact(html, "Mitigation in the configuration",
                posture.mitigated().map(m -> m ? "in place" : "not in place").orElse("configuration not seen"));
        fact(html, "Stood open while attacks went round", posture.exposed().map(e -> When.minutes(e.from()) + " to "
                + e.to().map(to -> When.minutes(to) + " UTC").orElse("the end of the evidence"))
                .orElse(posture.patchState() == Posture.PatchState.UNKNOWN ? "unknown" : "not seen"));
        html.close();
        posture.exposed().filter(e -> !e.why().isEmpty())
                .ifPresent(e -> html.element("p", Words.clip(e.why()), "class", "note"));
        posture.contradictions().stream().limit(NOTES)
                .forEach(c -> html.element("p", "Contradiction: " + Words.clip(c), "class", "note"));
        posture.mitigations().stream().limit(NOTES)
                .forEach(m -> html.element("p", Words.clip(mitigation(m)), "class", "note"));
        builds(html, posture.builds());
    }

    private static String mitigation(Posture.Mitigation m) {
        return (m.inForce() ? "In force" : "Without effect") + " against " + String.join(", ", m.cves()) + ": " + m.name()
                + " in " + m.place() + m.since().map(t -> ", written " + When.minutes(t) + " UTC").orElse("") + ". "
                + m.why();
    }

    private static void fact(Html html, String name, String value) {
        html.open("div").element("dt", name).element("dd", Words.clip(value, Words.VALUE)).close();
    }

    private static void builds(Html html, List<Posture.BuildSeen> builds) {
        if (builds.isEmpty()) {
            return;
        }
        html.open("table", "class", "stack").element("caption", "Builds that the records name");
        html.open("thead").open("tr");
        for (String column : List.of("Build", "First seen (UTC)", "Last seen (UTC)", "First record with it")) {
            html.element("th", column, "scope", "col");
        }
        html.close(2).open("tbody");
        for (Posture.BuildSeen build : builds.subList(0, Math.min(BUILDS, builds.size()))) {
            html.open("tr").element("th", Words.clip(build.build(), Words.NAME), "scope", "row", "class", "whole");
            html.element("td", When.minutes(build.from()), "class", "whole", "data-label", "First seen");
            html.element("td", When.minutes(build.to()), "class", "whole", "data-label", "Last seen");
            html.open("td").open("code").path(Words.clip(build.place().toString(), Words.VALUE)).close(3);
        }
        html.close(2);
        if (builds.size() > BUILDS) {
            html.element("p", "and " + Words.number(builds.size() - BUILDS) + " more in hosts.jsonl", "class", "note");
        }
    }
}
