package dev.tidemark.scan;

import dev.tidemark.detect.Correlations;
import dev.tidemark.detect.RuleInfo;
import dev.tidemark.detect.Sequence;
import dev.tidemark.detect.Step;
import dev.tidemark.model.Finding;
import dev.tidemark.model.Skipped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Runs the correlation rules over the matches of one host. */
final class Sequences {
    /** Field of a finding that names the records of a sequence. */
    static final String RECORDS = "records";
    /** Matches of one host that are held for correlation rules. */
    private static final int MOST_STEPS = 500_000;

    private final Correlations correlations;

    Sequences(Correlations correlations) {
        this.correlations = correlations;
    }

    /** Findings with paths below the host's root, each at the last record of its sequence. */
    record Found(List<Finding> findings, List<Skipped> skipped) {}

    Found find(HostScan.Host host) {
        if (!correlations.any()) {
            return new Found(List.of(), List.of());
        }
        List<Step> steps = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        for (FileResult file : host.files()) {
            int room = Math.min(file.steps().size(), MOST_STEPS - steps.size());
            file.steps().subList(0, room).forEach(
                    step -> steps.add(step.at(step.place().withPath(host.relative(step.place().path())))));
            if (room < file.steps().size()) {
                skipped.add(new Skipped(host.relative(file.path()), (file.steps().size() - room)
                        + " matches were left out of correlation rules: a host has at most " + MOST_STEPS));
            }
        }
        List<Finding> findings = new ArrayList<>();
        correlations.find(steps).forEach(sequence -> findings.add(finding(sequence)));
        return new Found(findings, skipped);
    }

    private static Finding finding(Sequence sequence) {
        RuleInfo rule = sequence.rule();
        Step last = sequence.last();
        StringBuilder excerpt = new StringBuilder();
        for (Step step : sequence.steps()) {
            excerpt.append(step.time()).append(' ').append(step.place()).append(": ").append(step.title()).append('\n');
        }
        String text = excerpt.length() <= Finding.EXCERPT_CHARS ? excerpt.toString()
                : excerpt.substring(0, Finding.EXCERPT_CHARS);
        return new Finding("", "", rule.file(), rule.id(), rule.title(), rule.level(), rule.stage(), rule.outcome(),
                rule.cves(), rule.techniques(), Optional.of(last.time()), last.source(), last.place(),
                common(sequence, Step::client), common(sequence, Step::user), sequence.sentence(), text,
                sequence.fields(), "");
    }

    /** What all steps that say anything agree on. */
    private static String common(Sequence sequence, Function<Step, String> part) {
        List<String> all = sequence.steps().stream().map(part).filter(p -> !p.isEmpty()).distinct().toList();
        return all.size() == 1 ? all.get(0) : "";
    }
}
