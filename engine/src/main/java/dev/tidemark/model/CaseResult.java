package dev.tidemark.model;

import java.util.List;

/** One run's results: what reports render and the store writes. Hosts by name, findings in {@link Finding#ORDER}. */
public record CaseResult(List<HostResult> hosts, List<Finding> findings, List<Episode> episodes, RunInfo run) {
    public CaseResult {
        hosts = List.copyOf(hosts);
        findings = List.copyOf(findings);
        episodes = List.copyOf(episodes);
    }
}
