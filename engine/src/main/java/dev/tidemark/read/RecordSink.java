package dev.tidemark.read;

import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import java.time.Instant;

/** Takes what a reader hands out. */
public interface RecordSink {
    /** A record whose line woke the filter; valid only during the call. */
    void record(Record record);

    /** Part of the file that could not be read; {@code skipped.path()} is the path that the reader was given. */
    void skipped(Skipped skipped);

    /**
     * A fact about the server that stands in a log's header or columns.
     *
     * @param fact {@link #BUILD}, {@link #SERVER} or {@link #RECORD_GAP}
     */
    void observed(String fact, String value, Instant time, Place place);

    /** {@code 15.1.2176.2}. */
    String BUILD = "build";
    /** Ids that an event log skips within a file, {@code 12-40}: records that were taken out or lost. */
    String RECORD_GAP = "record-gap";
    /** The server's own name. */
    String SERVER = "server";
}
