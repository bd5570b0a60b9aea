package dev.tidemark.read.ntfs;

import dev.tidemark.acquire.EvidenceFile;
import dev.tidemark.acquire.EvidenceNames;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * A file so small that NTFS keeps what it holds in the file table itself, where it stays after the file was deleted until
 * the record is used again.
 *
 * @param path     where the file would lie in the evidence
 * @param modified when it was written or got its name, whatever came last: a copy keeps an old time, and so does one who hides
 */
record ResidentFile(String path, byte[] bytes, Optional<Instant> modified) implements EvidenceFile {
    /** @param table path of the file table in the evidence */
    static ResidentFile of(String table, NtfsPath file, byte[] bytes, Optional<Instant> modified) {
        StringBuilder path = new StringBuilder(table.substring(0, table.lastIndexOf('/') + 1));
        String below = file.path().substring(file.path().indexOf('\\') + 1);
        String[] names = below.split("\\\\");
        for (int i = 0; i < names.length; i++) {
            path.append(i == 0 ? "" : "/").append(EvidenceNames.ofDisk(names[i].replace("%", "%25")));
        }
        return new ResidentFile(path.toString(), bytes, modified);
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
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public boolean streamed() {
        return false;
    }
}
