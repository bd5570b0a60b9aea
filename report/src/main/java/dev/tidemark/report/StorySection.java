package dev.tidemark.report;

import dev.tidemark.model.Episode;
import dev.tidemark.model.Finding;
import dev.tidemark.report.Claims.Claim;
import dev.tidemark.report.Claims.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What happened on one host: each episode's sentences in order, with their times, sources and records. */
final class StorySection {
    private static final int ACTORS = 5;

    private final HostView view;
    private final Claims claims;
    private final Anchors anchors;
    private String day = "";

    StorySection(HostView view, Claims claims, Anchors anchors) {
        this.view = view;
        this.claims = claims;
        this.anchors = anchors;
    }

    void write(Html html) {
        if (claims.stories().stream().allMatch(told -> told.all().isEmpty())) {
            return;
        }
        html.element("h3", "What happened", "id", view.id("story"));
        for (Told told : claims.stories()) {
            episode(html, told);
        }
        if (claims.episodesLeftOut() > 0) {
            html.element("p", "and " + When.counted(claims.episodesLeftOut(), "less severe episode")
                    + "; findings.jsonl names the episode of each finding.", "class", "note");
        }
    }

    private void episode(Html html, Told told) {
        html.open("h4").text("Episode " + Words.clip(told.episode().id(), Words.NAME) + " ");
        Words.severity(html, told.episode().severity());
        html.close();
        html.element("p", summary(told.episode()), "class", "note").open("ol", "class", "story");
        day = "";
        told.begin().forEach(claim -> step(html, claim));
        if (told.leftOut() > 0) {
            html.element("li", Words.number(told.leftOut()) + " more steps of the same episode are left out here.",
                    "class", "rest note");
        }
        told.end().forEach(claim -> step(html, claim));
        html.close();
    }

    private void step(Html html, Claim claim) {
        List<Finding> findings = claim.sentence().findings().stream()
                .flatMap(id -> anchors.of(id).stream()).map(Anchors.Entry::finding).toList();
        boolean inferred = claim.sentence().inferred();
        Optional<Instant> at = inferred ? Optional.empty() : findings.stream().flatMap(f -> f.time().stream()).min(Comparator.naturalOrder());
        String today = at.map(When::longDate).orElse(day);
        if (!today.equals(day)) {
            html.element("li", today, "class", "day");
            day = today;
        }
        html.open("li", "id", claim.elementId(), "class", inferred ? "inferred" : "act").element("span", at.map(When::clock).orElse(""), "class", "at");
        html.open("p").text(Words.clip(claim.sentence().text()));
        TreeSet<String> sources = new TreeSet<>();
        findings.forEach(f -> sources.add(Words.clip(f.source(), Words.NAME)));
        sources.forEach(source -> html.text(" ").element("span", source, "class", "source"));
        References.write(html, claim.sentence(), anchors);
        html.close(2);
    }

    static String summary(Episode episode) {
        String span = episode.from().map(When::minutes).orElse("time unknown")
                + episode.to().map(to -> " to " + When.minutes(to) + " UTC").orElse("");
        String length = episode.from().isPresent() && episode.to().isPresent()
                ? " (" + When.length(Duration.between(episode.from().get(), episode.to().get())) + ")" : "";
        String actors = episode.actors().isEmpty() ? ""
                : ", from " + Words.clip(Words.some(episode.actors(), ACTORS), Words.VALUE);
        return span + length + ", " + When.counted(episode.findings().size(), "finding") + actors;
    }
}
