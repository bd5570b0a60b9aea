package dev.tidemark.read;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What distinguishes one Exchange log in CSV from another.
 *
 * @param source      name of the source
 * @param uriFields   fields that rules also see as the server saw them, lower case
 * @param derived     fields that stand inside another column
 * @param versionIsBuild whether {@code #Version:} is the build of Exchange
 */
public record CsvFormat(String source, Set<String> uriFields, Derived derived, boolean versionIsBuild) {
    public static final Derived NONE = (field, record) -> Optional.empty();

    /** Gives fields that the header does not name. */
    @FunctionalInterface
    public interface Derived {
        Optional<String> value(String field, Record record);

        /** The derived fields that such a record can have. */
        default List<String> names() {
            return List.of();
        }
    }

    /** Renames: derived field → column, both as the rules and the header write them. */
    public static Derived aliases(Map<String, String> aliases) {
        return (field, record) -> aliases.containsKey(field) ? record.value(aliases.get(field)) : Optional.empty();
    }
}
