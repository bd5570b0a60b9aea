package dev.tidemark.detect;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a correlation counts: a match, or a sequence that an inner correlation found, which ends at its last match. */
sealed interface CorrelationEvent {
    /** Key of the rule or correlation. */
    String rule();

    Instant time();

    /** The last of its matches. */
    Step last();

    /** Values of a field by the name that the rule's own events have; several only for a sequence. */
    Set<String> values(String field);

    record Single(Step last) implements CorrelationEvent {
        @Override
        public String rule() {
            return last.rule();
        }

        @Override
        public Instant time() {
            return last.time();
        }

        @Override
        public Set<String> values(String field) {
            String value = last.values().get(field);
            return value == null ? Set.of() : Set.of(value);
        }
    }

    /** @param events of the inner correlation's rules; a view, for they overlap */
    record Chain(Correlation correlation, List<CorrelationEvent> events) implements CorrelationEvent {
        /** Of a long sequence, the newest events speak for its fields: they are what the outer one goes on from. */
        private static final int MOST_ASKED = 100;

        @Override
        public String rule() {
            return correlation.key();
        }

        @Override
        public Instant time() {
            return last().time();
        }

        @Override
        public Step last() {
            return events.get(events.size() - 1).last();
        }

        @Override
        public Set<String> values(String field) {
            Set<String> values = new LinkedHashSet<>();
            for (CorrelationEvent event : events.subList(Math.max(0, events.size() - MOST_ASKED), events.size())) {
                values.addAll(event.values(correlation.fieldIn(event.rule(), field)));
            }
            return values;
        }
    }
}
