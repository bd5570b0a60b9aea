package dev.tidemark.acquire;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/** A file of the evidence with the way to open it. */
record FoundFile(int root, String path, long size, Optional<Instant> modified, boolean streamed, Opener opener)
        implements EvidenceFile {

    /** Opens the bytes from their start. */
    @FunctionalInterface
    interface Opener {
        InputStream open() throws IOException;
    }

    @Override
    public InputStream open() throws IOException {
        return opener.open();
    }
}
