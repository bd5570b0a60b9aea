package dev.tidemark.bytes;

/**
 * Says whether a record's bytes can matter to anybody; the hot path asks it once a record, before anything of it is
 * parsed. It may remember what it saw until it is asked the next time: one filter serves one file on one thread, and
 * the record that it woke is to be handed on before it is asked again.
 *
 * <p>The bytes have to hold all text of the record that a rule could ask for, as the file writes it: for a line the
 * line, for an event its record in binary XML. Text that an event takes from elsewhere in its file (a template that
 * lies in the chunk, not in the record) is told by {@link #shared}. Numbers, GUIDs, SIDs, times and truth values of an
 * event are no text there; a filter does not look for them.
 */
@FunctionalInterface
public interface LineFilter {
    /** Wakes every record: for tests, dumps and rules that name no literal. */
    LineFilter ALL = (bytes, from, to) -> true;

    /** True if the record {@code bytes[from, to)} may match a rule. A false "true" costs time, a false "false" a finding. */
    boolean wakes(byte[] bytes, int from, int to);

    /**
     * Tells of bytes that belong to any record asked about from now on, as a template of an event log does: what they
     * wake is awake from here to the end of the file.
     */
    default void shared(byte[] bytes, int from, int to) {}
}
