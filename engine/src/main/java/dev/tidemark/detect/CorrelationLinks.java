package dev.tidemark.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The correlations of a rule set, inner ones first, and what they need of the rules that they rest on. Immutable. */
final class CorrelationLinks {
    private final List<Correlation> inOrder;
    /** Correlations that rest on themselves, by key. */
    private final Set<String> circular;
    /** Key of a rule → the fields that correlations ask of its matches. */
    private final Map<String, Set<String>> asked = new HashMap<>();
    /** Keys of rules that some correlation rests on, and whether they stand for themselves all the same. */
    private final Map<String, Boolean> stands = new HashMap<>();

    CorrelationLinks(List<Correlation> correlations) {
        Map<String, Correlation> byKey = new LinkedHashMap<>();
        correlations.forEach(c -> byKey.putIfAbsent(c.key(), c));
        List<Correlation> ordered = new ArrayList<>();
        Set<String> found = new HashSet<>();
        Set<String> done = new HashSet<>();
        byKey.values().forEach(c -> order(c, byKey, new HashSet<>(), done, ordered, found));
        this.inOrder = List.copyOf(ordered);
        this.circular = Set.copyOf(found);
        // Outer ones first: what they ask of an inner one, that asks of its own rules.
        for (int i = inOrder.size() - 1; i >= 0; i--) {
            ask(inOrder.get(i));
        }
    }

    private static void order(Correlation each, Map<String, Correlation> byKey, Set<String> above, Set<String> done,
            List<Correlation> ordered, Set<String> circular) {
        if (!above.add(each.key())) {
            circular.addAll(above);
            return;
        }
        if (!done.contains(each.key())) {
            for (String rule : each.rules()) {
                if (byKey.containsKey(rule)) {
                    order(byKey.get(rule), byKey, above, done, ordered, circular);
                }
            }
            done.add(each.key());
            ordered.add(each);
        }
        above.remove(each.key());
    }

    private void ask(Correlation correlation) {
        Set<String> fields = new HashSet<>(asked.getOrDefault(correlation.key(), Set.of()));
        fields.addAll(correlation.groupBy());
        fields.addAll(correlation.condition().fields());
        for (String rule : correlation.rules()) {
            stands.merge(rule, correlation.generate(), Boolean::logicalOr);
            Set<String> ofRule = asked.computeIfAbsent(rule, r -> new HashSet<>());
            fields.forEach(field -> ofRule.add(correlation.fieldIn(rule, field)));
        }
    }

    List<Correlation> inOrder() {
        return inOrder;
    }

    boolean isCircular(Correlation correlation) {
        return circular.contains(correlation.key());
    }

    /** What matches of the rule have to carry. */
    Carried carried(String rule) {
        return stands.containsKey(rule) ? new Carried(rule, asked.get(rule), stands.get(rule)) : Carried.NOTHING;
    }

    /** True if the rule gives findings of its own: no correlation rests on it, or one that asks for that. */
    boolean stands(String rule) {
        return stands.getOrDefault(rule, true);
    }
}
