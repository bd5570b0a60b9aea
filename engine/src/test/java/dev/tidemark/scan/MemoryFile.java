package dev.tidemark.scan;

import dev.tidemark.acquire.EvidenceFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** A file of evidence made up in a test. */
record MemoryFile(String path, byte[] bytes) implements EvidenceFile {
    static MemoryFile of(String path, String text) {
        return new MemoryFile(path, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int root() {
        return 0;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public Optional<Instant> modified() {
        return Optional.of(Instant.parse("2021-03-03T10:00:00Z"));
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public boolean streamed() {
        return false;
    }
}
