package dev.tidemark.read;

import dev.tidemark.acquire.EvidenceFile;
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
     * A fact about the server that stands in a log's header or columns. A sink that only wants records lets it pass.
     *
     * @param fact {@link #BUILD}, {@link #SETUP_BUILD}, {@link #SERVED_BUILD}, {@link #REGISTRY_BUILD}, {@link #SERVER},
     *             {@link #SERVICE_OFF}, {@link #RECORD_GAP} or {@link #FILE_CHANGE}
     */
    default void observed(String fact, String value, Instant time, Place place) {}

    /**
     * A fact that the file as a whole shows; its time is when the file was last written, which the caller knows, not
     * the reader. A sink that only wants records lets it pass.
     *
     * @param fact {@link #PROGRAM_BUILD}, {@link #IIS_CONFIG}, {@link #COLLECTED}, {@link #NOT_COLLECTED} or
     *             {@link #FOLDER}
     */
    default void observedOfFile(String fact, String value, Place place) {}

    /**
     * A whole file that lies inside the one that is read; a sink that only wants records lets it pass.
     *
     * @param file  small, in memory
     * @param place what holds it
     */
    default void file(EvidenceFile file, Place place) {}

    /** {@code 15.1.2176.2}, as a running server writes it into its records. */
    String BUILD = "build";
    /** The build that Exchange's setup has installed. */
    String SETUP_BUILD = "setup-build";
    /** The build in the path of a page that the server delivered: {@code 15.1.2176} or {@code 15.1.2176.2}. */
    String SERVED_BUILD = "served-build";
    /** The build in the version resource of a program of Exchange. */
    String PROGRAM_BUILD = "program-build";
    /** The build that the registry names: {@code 15.1.2176.2}, or {@code 15.1.2176} if only the cumulative update is known. */
    String REGISTRY_BUILD = "registry-build";
    /** A service that is set not to start, by its short name. */
    String SERVICE_OFF = "service-off";
    /** A file that a bundle's manifest lists: {@code SHA-256 size path}, the path below the manifest's folder. */
    String COLLECTED = "collected";
    /** What a bundle's manifest says was not taken: {@code bytes path}, a line feed, and why. */
    String NOT_COLLECTED = "not-collected";
    /** What of an IIS configuration bears on who may come in, as XML. */
    String IIS_CONFIG = "iis-config";
    /**
     * Ids that an event log skips within a file, and the time of the event before: {@code 12-40 2021-03-03T04:05:06Z};
     * the time of the observation is that of the event after. Records that were taken out or lost.
     */
    String RECORD_GAP = "record-gap";
    /** The server's own name. */
    String SERVER = "server";
    /** A change of a file whose name may tell of an intruder, packed; its folder is a number of the file table. */
    String FILE_CHANGE = "file-change";
    /** A folder of a drive's file table, {@code number-uses path}. */
    String FOLDER = "folder";
}
