package dev.tidemark.acquire;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * One file of the evidence, wherever it lies: in a folder, or in an archive inside an archive.
 * Its names come from the evidence and are never used as a path on this machine.
 */
public interface EvidenceFile {
    /** Index of the root on the command line that it was found under, from 0. */
    int root();

    /**
     * Below that root, {@code /} between names, {@code name.zip!/path} inside an archive; percent-encoded names of
     * Velociraptor stay as they are. If the root itself is an archive its own name is left out:
     * {@code C/inetpub/…}; if the root is a single other file, this is that file's name.
     */
    String path();

    /** Bytes as the folder or the archive states them, or -1; never trusted for an allocation. */
    long size();

    /** When the collector or the file system says that it was last written. */
    Optional<Instant> modified();

    /**
     * Opens it read-only; bytes beyond the archive's bounds raise an {@link IOException} that says so. A file for
     * which {@link #streamed()} is true can be opened once, during the call that handed it on.
     */
    InputStream open() throws IOException;

    /** True if it is valid only during the call that handed it on, because it is an entry of a stream. */
    boolean streamed();
}
