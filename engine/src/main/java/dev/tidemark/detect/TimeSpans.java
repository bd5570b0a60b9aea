package dev.tidemark.detect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the time spans in which the events of one group meet a correlation's condition.
 *
 * <p>A condition that more events never make false (at least so many, all of these rules) is looked for in a span that
 * slides: wherever it ends at an event, it reaches back for the correlation's time span, both ends counted in. Any other
 * (at most, exactly, an average, a rule that must not match) needs to have seen a whole span before it can be told: the
 * first event opens a span, the first event after its end opens the next.
 *
 * @param correlation what is looked for
 * @param events      of one group, in order of time
 */
record TimeSpans(Correlation correlation, List<CorrelationEvent> events) {
    /**
     * What was found.
     *
     * @param moments one for each event at which the condition held, with the events of its span: what outer correlations
     *                go on from
     * @param runs    the same with overlapping spans joined: a storm of events is one run
     */
    record Found(List<List<CorrelationEvent>> moments, List<List<CorrelationEvent>> runs) {}

    Found find() {
        if (correlation.type() == CorrelationType.TEMPORAL_ORDERED) {
            return OrderedChains.find(correlation, events);
        }
        boolean slides = correlation.type().slides() && correlation.condition().onlyGrows();
        return slides ? sliding() : inTurn();
    }

    private Found sliding() {
        List<List<CorrelationEvent>> moments = new ArrayList<>();
        List<List<CorrelationEvent>> runs = new ArrayList<>();
        Tally tally = new Tally(correlation);
        int from = 0;
        int runFrom = -1;
        int runTo = -1;
        for (int i = 0; i < events.size(); i++) {
            tally.add(events.get(i));
            while (isLonger(events.get(from), events.get(i), correlation.timespan())) {
                tally.remove(events.get(from++));
            }
            if (tally.holds()) {
                moments.add(events.subList(from, i + 1));
                if (runTo >= 0 && from > runTo) {
                    runs.add(events.subList(runFrom, runTo + 1));
                    runFrom = -1;
                }
                runFrom = runFrom < 0 ? from : runFrom;
                runTo = i;
            }
        }
        if (runTo >= 0) {
            runs.add(events.subList(runFrom, runTo + 1));
        }
        return new Found(moments, runs);
    }

    private Found inTurn() {
        List<List<CorrelationEvent>> found = new ArrayList<>();
        int from = 0;
        for (int to = 1; to <= events.size(); to++) {
            boolean last = to == events.size();
            if (last || isLonger(events.get(from), events.get(to), correlation.timespan())) {
                found.addAll(within(events.subList(from, to)));
                from = to;
            }
        }
        return new Found(found, found);
    }

    private Collection<List<CorrelationEvent>> within(List<CorrelationEvent> span) {
        boolean shares = correlation.type() == CorrelationType.VALUE_PERCENTILE
                && correlation.condition().percentile().isEmpty();
        if (shares) {
            return rareOrFrequent(span);
        }
        Tally tally = new Tally(correlation);
        span.forEach(tally::add);
        return tally.holds() ? List.of(span) : List.of();
    }

    /** The events of each value whose share of all the span's values meets the condition. */
    private Collection<List<CorrelationEvent>> rareOrFrequent(List<CorrelationEvent> span) {
        Map<String, List<CorrelationEvent>> byValue = new TreeMap<>();
        span.forEach(event -> Tally.valuesOf(correlation, event)
                .forEach(value -> byValue.computeIfAbsent(value, v -> new ArrayList<>()).add(event)));
        double all = byValue.values().stream().mapToInt(List::size).sum();
        byValue.values().removeIf(some -> !correlation.condition().holds(100 * some.size() / all));
        return byValue.values();
    }

    static boolean isLonger(CorrelationEvent first, CorrelationEvent last, Duration timespan) {
        return Duration.between(first.time(), last.time()).compareTo(timespan) > 0;
    }
}
