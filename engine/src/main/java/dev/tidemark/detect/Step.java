package dev.tidemark.detect;

import dev.tidemark.model.Place;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;

/**
 * A match that correlations may rest on.
 *
 * @param rule   by which correlations know its rule ({@link Match.Feed#rule})
 * @param title  of the rule
 * @param time   of the record; a match without one cannot be put in order
 * @param source kind of record
 * @param client address that the record names; empty if none
 * @param user   empty if the record names none
 * @param values of the fields that correlations group by or count
 */
public record Step(String rule, String title, Instant time, Place place, String source, String client, String user,
        Map<String, String> values) {
    /** In time; what happened at the same moment is in the order of the files. */
    public static final Comparator<Step> ORDER = Comparator.comparing(Step::time).thenComparing(Step::place)
            .thenComparing(Step::rule);

    public Step {
        values = Map.copyOf(values);
    }

    /** The same match at a path below another root. */
    public Step at(Place newPlace) {
        return new Step(rule, title, time, newPlace, source, client, user, values);
    }
}
