package dev.tidemark.read;

import dev.tidemark.bytes.LineFilter;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads one kind of log. Never throws for bad content: what cannot be read goes to the sink as Skipped.
 * Stateless: one object serves all files and threads.
 */
public interface LogReader {
    /** {@code httpproxy}, {@code iis} … */
    String source();

    /**
     * True if a file with this beginning is of this kind. Content decides; the path helps only where content cannot.
     *
     * @param path in lower case, {@code /} between names
     */
    boolean recognises(Head head, String path);

    /** The same of a file's first bytes. */
    default boolean recognises(byte[] head, String path) {
        return recognises(new Head(head), path);
    }

    /**
     * Reads to the end of the stream.
     *
     * @param path   for places and Skipped, as the caller wants to see it
     * @param filter asked once a record with all its bytes; only woken records reach the sink
     * @return what was there, woken or not
     * @throws IOException if the stream breaks off; what was read until then has reached the sink
     */
    ReadSummary read(InputStream in, String path, LineFilter filter, RecordSink sink) throws IOException;

    /** So much of a file that is judged as a file, too, is looked at. */
    int MOST_BYTES_OF_A_FILE = 8 << 20;

    /**
     * True if a file of this kind is judged as any file on the disk, too: a configuration tells how the door stood, and
     * can be a web shell.
     */
    default boolean alsoFile() {
        return false;
    }
}
