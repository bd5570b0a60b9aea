package dev.tidemark.acquire;

import dev.tidemark.model.Skipped;

/** Takes what acquisition finds, in a stable order, on the thread that walks. */
public interface EvidenceSink {
    void file(EvidenceFile file);

    /** Something that could not be opened or was refused; {@code skipped.path()} is below root {@code root}. */
    void skipped(int root, Skipped skipped);
}
