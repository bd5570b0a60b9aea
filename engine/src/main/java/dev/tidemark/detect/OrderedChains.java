package dev.tidemark.detect;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chains of events in the order of a correlation's rules. For each rule and each number of links, the chain that began
 * last is kept: if any chain fits into the time span, that one does. Events of the same moment may stand in any order,
 * for most logs count in seconds.
 */
final class OrderedChains {
    private record Link(CorrelationEvent event, Optional<Link> before, Instant start) {}

    private final Correlation correlation;
    /** By place of the rule, then by length of the chain. */
    private final List<List<Optional<Link>>> best = new ArrayList<>();
    private final List<List<CorrelationEvent>> chains = new ArrayList<>();

    private OrderedChains(Correlation correlation) {
        this.correlation = correlation;
        int rules = correlation.rules().size();
        for (int rule = 0; rule < rules; rule++) {
            best.add(new ArrayList<>(Collections.nCopies(rules + 1, Optional.empty())));
        }
    }

    /** @param events in order of time */
    static TimeSpans.Found find(Correlation correlation, List<CorrelationEvent> events) {
        OrderedChains found = new OrderedChains(correlation);
        List<CorrelationEvent> sorted = new ArrayList<>(events);
        sorted.sort(Comparator.comparing(CorrelationEvent::time)
                .thenComparing(event -> correlation.rules().indexOf(event.rule())));
        sorted.forEach(found::add);
        return new TimeSpans.Found(found.chains, joined(found.chains));
    }

    private void add(CorrelationEvent event) {
        // From the last rule to the first: an event does not follow itself where a rule is named twice.
        for (int rule = correlation.rules().size() - 1; rule >= 0; rule--) {
            if (correlation.rules().get(rule).equals(event.rule())) {
                List<Optional<Link>> ending = endingAt(event, rule);
                for (int length = ending.size() - 1; length >= 1; length--) {
                    if (ending.get(length).isPresent() && correlation.condition().holds(length)) {
                        chains.add(whole(ending.get(length).get()));
                        break;
                    }
                }
                keep(rule, ending);
            }
        }
    }

    /** The chains that end at this event, by length. */
    private List<Optional<Link>> endingAt(CorrelationEvent event, int rule) {
        List<Optional<Link>> ending = new ArrayList<>(Collections.nCopies(rule + 2, Optional.empty()));
        ending.set(1, Optional.of(new Link(event, Optional.empty(), event.time())));
        for (int length = 2; length <= rule + 1; length++) {
            for (int earlier = 0; earlier < rule; earlier++) {
                Optional<Link> before = best.get(earlier).get(length - 1);
                if (before.isPresent() && fits(before.get(), event) && isLater(before.get(), ending.get(length))) {
                    ending.set(length, Optional.of(new Link(event, before, before.get().start())));
                }
            }
        }
        return ending;
    }

    private boolean fits(Link before, CorrelationEvent event) {
        return before.event() != event && !before.start().plus(correlation.timespan()).isBefore(event.time());
    }

    private static boolean isLater(Link link, Optional<Link> than) {
        return than.isEmpty() || link.start().isAfter(than.get().start());
    }

    private void keep(int rule, List<Optional<Link>> ending) {
        List<Optional<Link>> kept = best.get(rule);
        for (int length = 1; length < ending.size(); length++) {
            if (ending.get(length).isPresent() && isLater(ending.get(length).get(), kept.get(length))) {
                kept.set(length, ending.get(length));
            }
        }
    }

    private static List<CorrelationEvent> whole(Link last) {
        Deque<CorrelationEvent> chain = new ArrayDeque<>();
        for (Optional<Link> link = Optional.of(last); link.isPresent(); link = link.get().before()) {
            chain.addFirst(link.get().event());
        }
        return List.copyOf(chain);
    }

    /** Chains that begin before the one before has ended are one run. */
    private static List<List<CorrelationEvent>> joined(List<List<CorrelationEvent>> chains) {
        List<Set<CorrelationEvent>> runs = new ArrayList<>();
        Instant end = Instant.MIN;
        for (List<CorrelationEvent> chain : chains) {
            if (runs.isEmpty() || chain.get(0).time().isAfter(end)) {
                runs.add(Collections.newSetFromMap(new IdentityHashMap<>()));
            }
            runs.get(runs.size() - 1).addAll(chain);
            end = chain.get(chain.size() - 1).time();
        }
        return runs.stream().map(run -> {
            List<CorrelationEvent> sorted = new ArrayList<>(run);
            sorted.sort(Comparator.comparing(CorrelationEvent::time).thenComparing(CorrelationEvent::last, Step.ORDER));
            return sorted;
        }).toList();
    }
}
