package dev.tidemark.acquire;

import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.zip.X000A_NTFS;
import org.apache.commons.compress.archivers.zip.X5455_ExtendedTimestamp;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;

/** When an entry was last written, as its archive says. */
final class ArchiveTimes {
    /** DOS time has no "unknown"; many tools write its first day. */
    private static final Instant DOS_UNKNOWN = Instant.parse("1980-01-02T00:00:00Z");

    private ArchiveTimes() {}

    /**
     * The NTFS or Unix time, which are UTC; else the DOS time, of which nobody knows the zone: taken as UTC, so that
     * the same archive says the same on every machine. Source: PKWARE APPNOTE.TXT 6.3.10, 4.4.6 and 4.5.5; Info-ZIP
     * extra field 0x5455.
     */
    static Optional<Instant> of(ZipArchiveEntry entry) {
        if (entry.getExtraField(X000A_NTFS.HEADER_ID) instanceof X000A_NTFS ntfs) {
            FileTime time = ntfs.getModifyFileTime();
            if (time != null) {
                return Optional.of(time.toInstant());
            }
        }
        if (entry.getExtraField(X5455_ExtendedTimestamp.HEADER_ID) instanceof X5455_ExtendedTimestamp unix) {
            FileTime time = unix.getModifyFileTime();
            if (time != null) {
                return Optional.of(time.toInstant());
            }
        }
        long local = entry.getTime();
        if (local < 0) {
            return Optional.empty();
        }
        Instant utc = LocalDateTime.ofInstant(Instant.ofEpochMilli(local), ZoneId.systemDefault())
                .toInstant(ZoneOffset.UTC);
        return utc.isBefore(DOS_UNKNOWN) ? Optional.empty() : Optional.of(utc);
    }

    static Optional<Instant> of(TarArchiveEntry entry) {
        Instant time = entry.getLastModifiedTime().toInstant();
        return time.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(time);
    }
}
