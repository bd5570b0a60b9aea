package dev.tidemark.read;

import dev.tidemark.model.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One record as rules see it, parsed as far as it is asked: naming a field costs what that field costs.
 * Valid only during the call that handed it on.
 */
public interface Record {
    /** Kind of record: {@code httpproxy}, {@code iis} … */
    String source();

    /** Physical line at which it begins, from 1, split at LF; 0 for a record that stands in no line of text. */
    default long line() {
        return 0;
    }

    /** Number of an event in its log; empty for text. */
    default OptionalLong recordId() {
        return OptionalLong.empty();
    }

    /** Where it lies in the file that {@code path} names. */
    default Place place(String path) {
        OptionalLong id = recordId();
        return id.isPresent() ? Place.ofRecord(path, id.getAsLong()) : Place.ofLine(path, line());
    }

    /** UTC; empty if the record carries no time that can be read. */
    Optional<Instant> time();

    /**
     * The value of a field by the source's own column name (case does not matter), or empty if it was not logged:
     * absent is not empty. IIS's {@code -} and an empty CSV column are the empty string.
     */
    Optional<String> value(String field);

    /**
     * Every spelling of a field under which a rule may match it: the value as it stands and, for URIs, as the server
     * saw it (percent-decoded twice, {@code //} and {@code /./} resolved). Empty if it was not logged.
     */
    default List<String> spellings(String field) {
        return value(field).stream().toList();
    }

    /** Names of all fields that this record has, in their order. */
    List<String> fields();

    /** The whole record as it stands in the file, without its line end. */
    String text();
}
