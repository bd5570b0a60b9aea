package dev.tidemark.scan;

import dev.tidemark.model.Episode;
import dev.tidemark.model.Finding;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Sentence;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Verdict;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Leaves out of a host's results the findings that the user does not want to see. That comes last: all of them were
 * judged, because a verdict must not depend on what is shown.
 */
final class Shown {
    private Shown() {}

    static HostScan.Outcome of(HostScan.Outcome outcome, Severity minimum) {
        List<Finding> findings = outcome.findings().stream().filter(f -> f.severity().compareTo(minimum) >= 0).toList();
        if (findings.size() == outcome.findings().size()) {
            return outcome;
        }
        Set<String> ids = findings.stream().map(Finding::id).collect(Collectors.toSet());
        return new HostScan.Outcome(host(outcome.host(), ids), findings, outcome.episodes().stream()
                .map(e -> episode(e, ids)).filter(e -> !e.findings().isEmpty()).toList(), outcome.inputs());
    }

    /** Its reasons stay, also those whose records are not shown. */
    private static HostResult host(HostResult h, Set<String> ids) {
        List<Sentence> why = h.verdict().why().stream().map(s -> new Sentence(s.text(), left(s.findings(), ids))).toList();
        return new HostResult(h.host(), h.server(), h.organisation(),
                new Verdict(h.verdict().verdict(), why, h.verdict().nextSteps()), h.firstMalicious(), h.lastMalicious(),
                h.attackerIps(), h.webShells(), h.accounts(), h.posture(), h.coverage(), h.coverageGaps(), h.skipped());
    }

    private static Episode episode(Episode e, Set<String> ids) {
        List<Sentence> story = e.story().stream().map(s -> new Sentence(s.text(), left(s.findings(), ids)))
                .filter(s -> !s.findings().isEmpty()).toList();
        return new Episode(e.id(), e.host(), e.severity(), e.from(), e.to(), e.actors(), left(e.findings(), ids), story);
    }

    private static List<String> left(List<String> findings, Set<String> ids) {
        return findings.stream().filter(ids::contains).toList();
    }
}
