package dev.tidemark.detect;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Looks for sequences of matches on one host, as the correlation rules of a set describe them: after all files have been
 * read, in order of time, so that it does not matter in which order they were. Inner correlations run first. Immutable.
 *
 * <p>Events that lack a field by which a correlation groups belong to no group of it. Values are compared without regard
 * to case, as everywhere in Sigma.
 */
public final class Correlations {
    /** Groups that one event may belong to, where an inner sequence has several values of a field. */
    private static final int MOST_GROUPS = 64;

    private final List<Correlation> inOrder;
    private final CorrelationLinks links;

    Correlations(List<Correlation> inOrder, CorrelationLinks links) {
        this.inOrder = List.copyOf(inOrder);
        this.links = links;
    }

    /** True if there is a correlation rule at all. */
    public boolean any() {
        return !inOrder.isEmpty();
    }

    /** @param steps in any order; the same step twice counts once */
    public List<Sequence> find(Collection<Step> steps) {
        List<Step> ordered = new ArrayList<>(new LinkedHashSet<>(steps));
        ordered.sort(Step.ORDER);
        Map<String, List<CorrelationEvent>> byRule = new HashMap<>();
        ordered.forEach(step -> byRule.computeIfAbsent(step.rule(), r -> new ArrayList<>())
                .add(new CorrelationEvent.Single(step)));
        List<Sequence> sequences = new ArrayList<>();
        for (Correlation correlation : inOrder) {
            List<CorrelationEvent> moments = new ArrayList<>();
            for (Group group : groups(correlation, byRule)) {
                TimeSpans.Found found = new TimeSpans(correlation, group.events()).find();
                found.moments().forEach(events -> moments.add(new CorrelationEvent.Chain(correlation, events)));
                if (links.stands(correlation.key())) {
                    found.runs().forEach(run -> sequences.add(sequence(correlation, group, run)));
                }
            }
            moments.sort(Comparator.comparing(CorrelationEvent::last, Step.ORDER));
            byRule.put(correlation.key(), moments);
        }
        sequences.sort(Comparator.comparing(Sequence::last, Step.ORDER).thenComparing(s -> s.rule().file()));
        return sequences;
    }

    /** Events that have the same values in the fields by which the correlation groups. */
    private record Group(Map<String, String> values, List<CorrelationEvent> events) {}

    private static Collection<Group> groups(Correlation correlation, Map<String, List<CorrelationEvent>> byRule) {
        List<CorrelationEvent> events = new ArrayList<>();
        new LinkedHashSet<>(correlation.rules()).forEach(rule -> events.addAll(byRule.getOrDefault(rule, List.of())));
        events.sort(Comparator.comparing(CorrelationEvent::last, Step.ORDER));
        Map<String, Group> groups = new TreeMap<>();
        for (CorrelationEvent event : events) {
            for (Map<String, String> values : groupsOf(correlation, event)) {
                groups.computeIfAbsent(Fold.of(String.join("\u0000", values.values())),
                        key -> new Group(values, new ArrayList<>())).events().add(event);
            }
        }
        return groups.values();
    }

    /** The groups of one event: one if each field has one value, none if a field is not there. */
    private static List<Map<String, String>> groupsOf(Correlation correlation, CorrelationEvent event) {
        List<Map<String, String>> groups = List.of(Map.of());
        for (String field : correlation.groupBy()) {
            List<Map<String, String>> next = new ArrayList<>();
            Set<String> seen = new LinkedHashSet<>();
            for (String value : event.values(correlation.fieldIn(event.rule(), field))) {
                if (seen.add(Fold.of(value))) {
                    for (Map<String, String> group : groups) {
                        Map<String, String> longer = new LinkedHashMap<>(group);
                        longer.put(field, value);
                        next.add(longer);
                    }
                }
            }
            groups = next.size() > MOST_GROUPS ? next.subList(0, MOST_GROUPS) : next;
        }
        return groups;
    }

    private static Sequence sequence(Correlation correlation, Group group, List<CorrelationEvent> run) {
        Set<Step> steps = new LinkedHashSet<>();
        run.forEach(event -> addNew(event, steps));
        List<Step> ordered = new ArrayList<>(steps);
        ordered.sort(Step.ORDER);
        int half = Sequence.MOST_STEPS / 2;
        List<Step> named = ordered;
        if (ordered.size() > Sequence.MOST_STEPS) {
            named = new ArrayList<>(ordered.subList(0, half));
            named.addAll(ordered.subList(ordered.size() - half, ordered.size()));
        }
        return new Sequence(correlation.info(), group.values(), named, ordered.size());
    }

    /**
     * Adds the steps of an event, from its last one back to the first that is there already: what spans that slide over
     * the same events have in common is looked at once. False if nothing was new.
     */
    private static boolean addNew(CorrelationEvent event, Set<Step> steps) {
        if (event instanceof CorrelationEvent.Chain chain) {
            boolean more = true;
            boolean added = false;
            for (int i = chain.events().size() - 1; i >= 0 && more; i--) {
                more = addNew(chain.events().get(i), steps);
                added |= more;
            }
            return added;
        }
        return steps.add(event.last());
    }
}
