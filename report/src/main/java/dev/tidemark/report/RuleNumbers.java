package dev.tidemark.report;

import dev.tidemark.model.Finding;
import dev.tidemark.model.RuleRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules that matched, most serious first, with their places on the page and the hosts on which they matched. */
final class RuleNumbers {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<RuleRef> matched = new ArrayList<>();
    private final Map<String, Map<Integer, Integer>> hosts = new HashMap<>();

    RuleNumbers(List<RuleRef> rules, List<HostView> views) {
        Set<String> seen = new HashSet<>();
        for (HostView view : views) {
            for (Finding finding : view.findings()) {
                seen.add(finding.rule());
                hosts.computeIfAbsent(finding.rule(), k -> new LinkedHashMap<>()).merge(view.number(), 1, Integer::sum);
            }
        }
        rules.stream().filter(rule -> seen.contains(rule.rule()))
                .sorted(Comparator.comparing(RuleRef::level).reversed().thenComparing(RuleRef::rule))
                .forEach(rule -> {
                    if (numbers.putIfAbsent(rule.rule(), numbers.size() + 1) == null) {
                        matched.add(rule);
                    }
                });
    }

    List<RuleRef> matched() {
        return matched;
    }

    Optional<String> elementId(String rule) {
        return Optional.ofNullable(numbers.get(rule)).map(number -> "rule-" + number);
    }

    /** Numbers of the hosts on which it matched, and how often, in the order of the page. */
    Map<Integer, Integer> hosts(String rule) {
        return hosts.getOrDefault(rule, Map.of());
    }
}
