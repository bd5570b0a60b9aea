package dev.tidemark.collect;

import dev.tidemark.acquire.EvidenceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;

/**
 * A file of the source as it was found.
 *
 * @param path     as a scan of the source itself names it
 * @param below    the same below its own root: where a shadow copy has it
 * @param step     that takes it
 * @param created  as the file system says, like the two other times
 */
record SourceFile(String path, Path file, Path below, int step, long size, Instant modified, Instant created,
        Instant accessed) {
    /** The file as a scan would see it. */
    EvidenceFile asEvidence() {
        SourceFile self = this;
        return new EvidenceFile() {
            @Override
            public int root() {
                return 0;
            }

            @Override
            public String path() {
                return self.path;
            }

            @Override
            public long size() {
                return self.size;
            }

            @Override
            public Optional<Instant> modified() {
                return Optional.of(self.modified);
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(self.file, StandardOpenOption.READ);
            }

            @Override
            public boolean streamed() {
                return false;
            }
        };
    }
}
