package dev.tidemark.detect;

import dev.tidemark.read.Record;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which events of a Windows log a compiled rule can match at all, as data, so that rules can be indexed by it.
 *
 * @param channels folded names ({@link Fold}); empty: any channel
 * @param eventIds empty: any event id
 * @param never    no event can match: two conditions exclude each other
 */
record EventKey(Set<String> channels, Set<Integer> eventIds, boolean never) {
    static final String CHANNEL = "Channel";
    static final String EVENT_ID = "EventID";
    /** Any event, and any record of a source that has no events. */
    static final EventKey ANY = new EventKey(Set.of(), Set.of(), false);

    EventKey {
        channels = Set.copyOf(channels);
        eventIds = Set.copyOf(eventIds);
    }

    static EventKey of(List<String> channels, Set<Integer> eventIds) {
        Set<String> folded = new HashSet<>();
        channels.forEach(channel -> folded.add(Fold.of(channel)));
        return new EventKey(folded, eventIds, false);
    }

    /** What both admit. */
    EventKey and(EventKey other) {
        Optional<Set<String>> bothChannels = common(channels, other.channels);
        Optional<Set<Integer>> bothIds = common(eventIds, other.eventIds);
        boolean none = never || other.never || bothChannels.isEmpty() || bothIds.isEmpty();
        return new EventKey(bothChannels.orElse(Set.of()), bothIds.orElse(Set.of()), none);
    }

    /** Empty if nothing is in both; a set that is empty stands for everything. */
    private static <T> Optional<Set<T>> common(Set<T> one, Set<T> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Optional.of(one.isEmpty() ? other : one);
        }
        Set<T> both = new HashSet<>(one);
        both.retainAll(other);
        return both.isEmpty() ? Optional.empty() : Optional.of(both);
    }

    /** What one of the two admits. */
    EventKey or(EventKey other) {
        if (never || other.never) {
            return never ? other : this;
        }
        return new EventKey(either(channels, other.channels), either(eventIds, other.eventIds), false);
    }

    private static <T> Set<T> either(Set<T> one, Set<T> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return Set.of();
        }
        Set<T> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    /** What the expression itself says of channel and event id: a record outside of it cannot match. */
    static EventKey of(Expr expr) {
        if (expr instanceof Expr.And and) {
            return and.parts().stream().map(EventKey::of).reduce(ANY, EventKey::and);
        }
        if (expr instanceof Expr.Or or) {
            return or.parts().stream().map(EventKey::of).reduce(EventKey::or)
                    .orElse(new EventKey(Set.of(), Set.of(), true));
        }
        return expr instanceof Expr.Field field ? of(field) : ANY;
    }

    private static EventKey of(Expr.Field field) {
        if (!(field.field() instanceof FieldAccess.Column column) || field.all()) {
            return ANY;
        }
        Set<String> texts = new HashSet<>();
        for (ValueTest test : field.tests()) {
            Optional<String> text = test instanceof Glob glob ? glob.plain() : Optional.empty();
            if (text.isEmpty()) {
                return ANY;
            }
            texts.add(text.get());
        }
        if (column.name().equalsIgnoreCase(CHANNEL)) {
            return of(List.copyOf(texts), Set.of());
        }
        return column.name().equalsIgnoreCase(EVENT_ID) ? ofIds(texts) : ANY;
    }

    private static EventKey ofIds(Set<String> texts) {
        Set<Integer> ids = new HashSet<>();
        for (String text : texts) {
            number(text).ifPresent(ids::add);
        }
        return new EventKey(Set.of(), ids, ids.isEmpty());
    }

    /** Which event a record is, read once for all rules. @param channel folded; empty if it names none */
    record Event(Optional<Integer> id, String channel) {
        static Event of(Record record) {
            return new Event(record.value(EVENT_ID).flatMap(EventKey::number),
                    record.value(CHANNEL).map(Fold::of).orElse(""));
        }
    }

    /** True if the event can match; one that names no channel or id only passes where any will do. */
    boolean admits(Event event) {
        return !never && (eventIds.isEmpty() || event.id().isPresent() && eventIds.contains(event.id().get()))
                && (channels.isEmpty() || channels.contains(event.channel()));
    }

    /** The event id that a text is, as rules write them: {@code 04688} is none. */
    private static Optional<Integer> number(String text) {
        boolean id = !text.isEmpty() && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9')
                && (text.length() == 1 || text.charAt(0) != '0');
        return id ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }
}
