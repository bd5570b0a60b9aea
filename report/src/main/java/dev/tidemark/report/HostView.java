package dev.tidemark.report;

import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Episode;
import dev.tidemark.model.Finding;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.VerdictClass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A host with what the case says of it.
 *
 * @param number   place on the page, from 1, worst first
 * @param name     the name that the server gives itself, with that of its evidence where two servers share it
 * @param findings all of them, in {@link Finding#ORDER}
 * @param episodes in the order of their first act
 */
record HostView(int number, String name, HostResult host, List<Finding> findings, List<Episode> episodes) {

    /** All hosts of the case, worst first, each with its own findings and episodes: one pass over each list. */
    static List<HostView> of(CaseResult result) {
        Map<String, List<Finding>> findings = new HashMap<>();
        result.findings().forEach(f -> findings.computeIfAbsent(f.host(), k -> new ArrayList<>()).add(f));
        Map<String, List<Episode>> episodes = new HashMap<>();
        result.episodes().forEach(e -> episodes.computeIfAbsent(e.host(), k -> new ArrayList<>()).add(e));
        Map<String, Integer> sharing = new HashMap<>();
        result.hosts().forEach(h -> sharing.merge(h.server(), 1, Integer::sum));
        List<HostView> views = new ArrayList<>();
        result.hosts().stream()
                .sorted(Comparator.comparing((HostResult h) -> h.verdict().verdict()).thenComparing(HostResult::host))
                .forEach(host -> views.add(new HostView(views.size() + 1,
                        name(host, sharing.get(host.server()) > 1), host,
                        findings.getOrDefault(host.host(), List.of()),
                        episodes.getOrDefault(host.host(), List.of()))));
        return views;
    }

    VerdictClass verdict() {
        return host.verdict().verdict();
    }

    private static String name(HostResult host, boolean shared) {
        String evidence = Words.clip(host.host(), Words.NAME);
        if (host.server().isEmpty()) {
            return evidence;
        }
        return Words.clip(host.server(), Words.NAME) + (shared ? " (" + evidence + ")" : "");
    }

    /** The name that the server gives itself, else that of its evidence, whether or not another has it, too. */
    String server() {
        return name(host, false);
    }

    /** Organisation and name of the evidence. */
    String origin() {
        String evidence = Words.clip(host.host(), Words.NAME);
        return host.organisation().isEmpty() ? evidence
                : Words.clip(host.organisation(), Words.NAME) + " \u00b7 " + evidence;
    }

    /** An element id: {@code host-3-story}. */
    String id(String part) {
        return "host-" + number + (part.isEmpty() ? "" : "-" + part);
    }

    boolean gotIn() {
        return verdict() == VerdictClass.COMPROMISED || verdict() == VerdictClass.COMPROMISED_SUSPECTED;
    }
}
