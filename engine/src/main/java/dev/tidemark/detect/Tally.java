package dev.tidemark.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/** What a correlation knows of the events of one time span while they come and go. */
final class Tally {
    private final Correlation correlation;
    private final Map<String, Integer> rules = new HashMap<>();
    /** For counts of values: a value, of several fields joined → events that have it. */
    private final Map<String, Integer> values = new HashMap<>();
    /** By identity: two events with the same content are two. */
    private final Map<CorrelationEvent, double[]> numbers = new IdentityHashMap<>();
    private double sum;
    private int events;

    Tally(Correlation correlation) {
        this.correlation = correlation;
    }

    void add(CorrelationEvent event) {
        events++;
        rules.merge(event.rule(), 1, Integer::sum);
        if (correlation.type() == CorrelationType.VALUE_COUNT) {
            valuesOf(correlation, event).forEach(value -> values.merge(value, 1, Integer::sum));
        } else if (correlation.type().needsField()) {
            double[] own = numbersOf(event);
            numbers.put(event, own);
            sum += Arrays.stream(own).sum();
        }
    }

    void remove(CorrelationEvent event) {
        events--;
        rules.computeIfPresent(event.rule(), (rule, count) -> count == 1 ? null : count - 1);
        if (correlation.type() == CorrelationType.VALUE_COUNT) {
            valuesOf(correlation, event).forEach(
                    value -> values.computeIfPresent(value, (v, count) -> count == 1 ? null : count - 1));
        }
        double[] own = numbers.remove(event);
        sum -= own == null ? 0 : Arrays.stream(own).sum();
    }

    /** Whether the events that are in it now meet the correlation's condition. */
    boolean holds() {
        CorrelationCondition condition = correlation.condition();
        if (condition.rules().isPresent()) {
            return condition.rules().get().holds().test(references());
        }
        OptionalDouble value = value();
        return value.isPresent() && condition.holds(value.getAsDouble());
    }

    private Set<String> references() {
        Set<String> matched = new LinkedHashSet<>();
        for (int i = 0; i < correlation.rules().size(); i++) {
            if (rules.containsKey(correlation.rules().get(i))) {
                matched.add(correlation.references().get(i));
            }
        }
        return matched;
    }

    private OptionalDouble value() {
        return switch (correlation.type()) {
            case EVENT_COUNT -> OptionalDouble.of(events);
            case VALUE_COUNT -> OptionalDouble.of(values.size());
            case TEMPORAL, TEMPORAL_ORDERED -> OptionalDouble.of(rules.size());
            case VALUE_SUM -> numbers.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(sum);
            case VALUE_AVG -> Arrays.stream(sorted()).average();
            case VALUE_MEDIAN -> percentile(sorted(), 50);
            case VALUE_PERCENTILE -> percentile(sorted(), correlation.condition().percentile().orElse(50));
        };
    }

    private double[] sorted() {
        return numbers.values().stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    }

    /** The least number that at least so many percent of the numbers do not exceed (nearest rank). */
    private static OptionalDouble percentile(double[] sorted, double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(sorted[Math.max(0, rank - 1)]);
    }

    private double[] numbersOf(CorrelationEvent event) {
        List<Double> found = new ArrayList<>();
        for (String field : correlation.condition().fields()) {
            for (String text : event.values(correlation.fieldIn(event.rule(), field))) {
                if (text.strip().matches("[-+]?[0-9]{1,18}(\\.[0-9]{1,18})?")) {
                    found.add(Double.valueOf(text.strip()));
                }
            }
        }
        return found.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** The values of the condition's fields in an event, folded; of several fields, each combination. None if one lacks. */
    static Collection<String> valuesOf(Correlation correlation, CorrelationEvent event) {
        List<String> combined = List.of("");
        for (String field : correlation.condition().fields()) {
            List<String> next = new ArrayList<>();
            for (String value : event.values(correlation.fieldIn(event.rule(), field))) {
                combined.forEach(start -> next.add(start + "\u0000" + Fold.of(value)));
            }
            combined = next;
        }
        return combined;
    }
}
