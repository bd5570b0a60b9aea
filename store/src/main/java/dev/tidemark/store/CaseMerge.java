package dev.tidemark.store;

import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Episode;
import dev.tidemark.model.Finding;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.InputFile;
import dev.tidemark.model.RuleRef;
import dev.tidemark.model.RunInfo;
import dev.tidemark.model.Sentence;
import dev.tidemark.model.Skipped;
import dev.tidemark.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Puts the servers of several cases into one. A server that several of them read from the same evidence is taken from the
 * run that ended last; servers that only share a name are kept apart by the names of their cases.
 */
public final class CaseMerge {
    /** @param name as it tells the case from the others, such as its folder's */
    public record Named(String name, CaseResult result) {}

    /** What a case says of one of its servers. */
    private record One(Named from, HostResult host, List<Finding> findings, List<Episode> episodes, List<InputFile> inputs) {
        /** What was read: two runs over the same bytes say the same but for their rules. */
        Set<String> evidence() {
            return inputs.stream().map(i -> i.path() + "|" + i.sha256()).collect(Collectors.toSet());
        }
    }

    /** A server as it goes into the merged case. @param name there; {@code ids}: findings' ids that are others there */
    private record Taken(One one, String name, Map<String, String> ids) {}

    private CaseMerge() {}

    /** @param cases one at least */
    public static CaseResult of(List<Named> cases) {
        List<Taken> taken = taken(cases);
        List<HostResult> hosts = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        List<Episode> episodes = new ArrayList<>();
        List<InputFile> inputs = new ArrayList<>();
        for (Taken t : taken) {
            hosts.add(renamed(t));
            t.one().findings().forEach(f -> findings.add(renamed(t, f)));
            t.one().episodes().forEach(e -> episodes.add(renamed(t, e)));
            t.one().inputs().forEach(i -> inputs.add(new InputFile(t.name(), i.path(), i.source(), i.size(), i.sha256())));
        }
        hosts.sort(Comparator.comparing(HostResult::host));
        findings.sort(Finding.ORDER);
        return new CaseResult(hosts, findings, episodes, run(cases, inputs));
    }

    private static List<One> servers(Named from) {
        CaseResult result = from.result();
        Map<String, List<Finding>> findings = result.findings().stream().collect(Collectors.groupingBy(Finding::host));
        Map<String, List<Episode>> episodes = result.episodes().stream().collect(Collectors.groupingBy(Episode::host));
        Map<String, List<InputFile>> inputs = result.run().inputs().stream().collect(Collectors.groupingBy(InputFile::host));
        return result.hosts().stream().map(host -> new One(from, host, findings.getOrDefault(host.host(), List.of()),
                episodes.getOrDefault(host.host(), List.of()), inputs.getOrDefault(host.host(), List.of()))).toList();
    }

    private static List<Taken> taken(List<Named> cases) {
        Map<String, List<One>> byName = new TreeMap<>();
        cases.stream().sorted(Comparator.comparing((Named c) -> c.result().run().finished())).flatMap(c -> servers(c).stream())
                .forEach(one -> byName.computeIfAbsent(one.host().host(), n -> new ArrayList<>()).add(one));
        List<Taken> taken = new ArrayList<>();
        Set<String> used = new HashSet<>();
        byName.forEach((name, all) -> {
            Map<Set<String>, One> byEvidence = new LinkedHashMap<>();
            all.forEach(one -> byEvidence.put(one.evidence(), one));
            byEvidence.values().forEach(one -> taken.add(new Taken(one,
                    byEvidence.size() == 1 ? name : name + " (" + one.from().name() + ")", ids(one, used))));
        });
        return taken;
    }

    /** Ids that are taken already, as by another collection of the same server → new ones. */
    private static Map<String, String> ids(One one, Set<String> used) {
        Map<String, String> ids = new HashMap<>();
        for (Finding f : one.findings()) {
            String free = f.id();
            for (int i = 2; !used.add(free); i++) {
                free = f.id() + "-" + i;
            }
            if (!free.equals(f.id())) {
                ids.put(f.id(), free);
            }
        }
        return ids;
    }

    private static HostResult renamed(Taken t) {
        HostResult h = t.one().host();
        Verdict verdict = new Verdict(h.verdict().verdict(), sentences(t, h.verdict().why()), h.verdict().nextSteps());
        return new HostResult(t.name(), h.server(), h.organisation(), verdict, h.firstMalicious(), h.lastMalicious(),
                h.attackerIps(), h.webShells(), h.accounts(), h.posture(), h.coverage(), h.coverageGaps(), h.skipped());
    }

    private static Finding renamed(Taken t, Finding f) {
        return new Finding(t.ids().getOrDefault(f.id(), f.id()), t.name(), f.rule(), f.ruleId(), f.title(), f.severity(),
                f.stage(), f.outcome(), f.cves(), f.techniques(), f.time(), f.source(), f.place(), f.clientIp(), f.user(),
                f.summary(), f.excerpt(), f.fields(), f.episode());
    }

    private static Episode renamed(Taken t, Episode e) {
        return new Episode(e.id(), t.name(), e.severity(), e.from(), e.to(), e.actors(),
                e.findings().stream().map(id -> t.ids().getOrDefault(id, id)).toList(), sentences(t, e.story()));
    }

    private static List<Sentence> sentences(Taken t, List<Sentence> of) {
        return of.stream().map(s -> new Sentence(s.text(), s.findings().stream().map(id -> t.ids().getOrDefault(id, id)).toList()))
                .toList();
    }

    private static RunInfo run(List<Named> cases, List<InputFile> inputs) {
        List<RunInfo> runs = cases.stream().map(c -> c.result().run()).toList();
        List<String> arguments = new ArrayList<>(List.of("merge"));
        cases.forEach(c -> arguments.add(c.name()));
        Set<RuleRef> rules = new LinkedHashSet<>();
        Set<String> hashes = new LinkedHashSet<>();
        List<Skipped> skipped = new ArrayList<>();
        for (RunInfo run : runs) {
            rules.addAll(run.rules());
            hashes.add(run.rulesHash());
            skipped.addAll(run.skipped());
        }
        Instant started = runs.stream().map(RunInfo::started).min(Comparator.naturalOrder()).orElseThrow();
        Instant finished = runs.stream().map(RunInfo::finished).max(Comparator.naturalOrder()).orElseThrow();
        return new RunInfo(runs.get(runs.size() - 1).version(), started, finished, arguments, List.copyOf(rules),
                String.join(" ", hashes), inputs, skipped);
    }
}
