package dev.tidemark.scan;

import dev.tidemark.acquire.EvidenceFile;
import java.util.Optional;

/** Remembers what each file gave, so that a run that was killed can go on. Called from any thread. */
public interface Journal {
    Journal NONE = new Journal() {
        @Override
        public Optional<FileResult> known(EvidenceFile file) {
            return Optional.empty();
        }

        @Override
        public void keep(EvidenceFile file, FileResult result) {}
    };

    /** What an earlier run found in this very file; empty if it did not get to it or the file has changed. */
    Optional<FileResult> known(EvidenceFile file);

    void keep(EvidenceFile file, FileResult result);
}
