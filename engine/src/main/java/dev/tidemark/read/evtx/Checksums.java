package dev.tidemark.read.evtx;

import dev.tidemark.bytes.ByteCursor;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Whether a head or the events of a chunk are what Windows wrote. A checksum of zero was never written; a flag says that
 * none is kept at all. A log that was copied while Windows wrote it is marked as dirty, but its chunks' checksums hold.
 *
 * <p>Source: J. Metz, "Windows XML Event Log (EVTX) format", "File header" and "Chunk header".
 */
final class Checksums {
    private static final int CHUNK_HEAD = 512;
    private static final int HEAD_CHECKED = 120;
    private static final int BEHIND_CHECKSUM = 128;
    private static final int NO_CHECKSUMS = 4;

    private Checksums() {}

    /** Where a chunk is not what Windows wrote; empty if its checksums hold, or there are none. @param length of it that the file had */
    static Optional<String> altered(byte[] chunk, int length) {
        if (length < chunk.length || !kept(chunk)) {
            return Optional.empty();
        }
        boolean head = headHolds(chunk);
        boolean events = eventsHold(chunk, EvtxChunk.freeSpace(chunk));
        return head && events ? Optional.empty() : Optional.of(head ? "events" : events ? "head" : "head and events");
    }

    /** @param head of a file or of a chunk */
    static boolean kept(byte[] head) {
        return (ByteCursor.u32(head, 120) & NO_CHECKSUMS) == 0;
    }

    static boolean fileHeadHolds(byte[] head) {
        return holds(head, 124, 0, HEAD_CHECKED);
    }

    /** The head, and where its names and templates are. */
    private static boolean headHolds(byte[] chunk) {
        return holds(chunk, 124, 0, HEAD_CHECKED, BEHIND_CHECKSUM, CHUNK_HEAD);
    }

    /** @param free where the chunk's free space begins */
    private static boolean eventsHold(byte[] chunk, int free) {
        return holds(chunk, 52, CHUNK_HEAD, free);
    }

    /** @param ranges from and to, from and to … */
    private static boolean holds(byte[] bytes, int at, int... ranges) {
        CRC32 sum = new CRC32();
        for (int i = 0; i + 1 < ranges.length; i += 2) {
            sum.update(bytes, ranges[i], ranges[i + 1] - ranges[i]);
        }
        long stated = ByteCursor.u32(bytes, at);
        return stated == 0 || stated == sum.getValue();
    }
}
