package dev.tidemark.report;

import dev.tidemark.model.Finding;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Numbers what findings have in common: what was found, in which source, by whom. A record of the timeline then is a
 * time and such a number, and a filter looks at some hundred kinds instead of all records.
 */
final class Kinds {
    static final int MOST_ACTORS = 60;
    static final String NOBODY = "no address or user";
    static final String OTHERS = "others";

    /** @param actor client address, else user */
    record Kind(What what, String source, String actor) {}

    record What(String rule, String title, Stage stage, Severity severity) {}

    private final Map<Kind, Integer> numbers = new LinkedHashMap<>();
    private final Map<String, Integer> actors = new LinkedHashMap<>();
    private final Map<String, Integer> sources = new TreeMap<>();
    private final Map<Stage, Integer> stages = new EnumMap<>(Stage.class);
    private final Map<Severity, Integer> severities = new EnumMap<>(Severity.class);
    private final int count;

    Kinds(List<Finding> findings) {
        this.count = findings.size();
        Map<String, Integer> all = new HashMap<>();
        findings.forEach(f -> all.merge(actorOf(f), 1, Integer::sum));
        all.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey())).limit(MOST_ACTORS)
                .forEach(e -> actors.put(e.getKey(), e.getValue()));
        int others = all.values().stream().mapToInt(Integer::intValue).sum()
                - actors.values().stream().mapToInt(Integer::intValue).sum();
        if (others > 0) {
            actors.put(OTHERS, others);
        }
        for (Finding finding : findings) {
            numbers.putIfAbsent(kind(finding), numbers.size());
            sources.merge(finding.source(), 1, Integer::sum);
            stages.merge(finding.stage(), 1, Integer::sum);
            severities.merge(finding.severity(), 1, Integer::sum);
        }
    }

    private static String actorOf(Finding finding) {
        String actor = finding.clientIp().isEmpty() ? finding.user() : finding.clientIp();
        return actor.isEmpty() ? NOBODY : Words.clip(actor, Words.NAME);
    }

    private Kind kind(Finding finding) {
        String actor = actorOf(finding);
        return new Kind(new What(finding.rule(), finding.title(), finding.stage(), finding.severity()),
                finding.source(), actors.containsKey(actor) ? actor : OTHERS);
    }

    int number(Finding finding) {
        return numbers.get(kind(finding));
    }

    /** In the order of their numbers. */
    List<Kind> all() {
        return List.copyOf(numbers.keySet());
    }

    int count() {
        return count;
    }

    /** Who took part in how many findings, most first. */
    Map<String, Integer> actors() {
        return actors;
    }

    Map<String, Integer> sources() {
        return sources;
    }

    Map<Stage, Integer> stages() {
        return stages;
    }

    Map<Severity, Integer> severities() {
        return severities;
    }

    List<What> whats() {
        return new ArrayList<>(numbers.keySet().stream().map(Kind::what).distinct().toList());
    }
}
