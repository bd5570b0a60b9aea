package dev.tidemark.collect;

import java.time.Instant;

/**
 * A file that is in the bundle.
 *
 * @param end    of its entry, in bytes from the beginning of the bundle
 * @param start  where its entry begins
 * @param size   bytes that were read
 * @param stored bytes that they take in the bundle
 * @param from   {@code live}, or {@code shadow} if only the shadow copy could be read
 * @param fault  why it was not read to its end; empty if it was
 */
record Taken(String path, long start, long end, long size, long stored, long crc, String sha256, Instant modified,
        Instant created, Instant accessed, String from, String fault) {}
