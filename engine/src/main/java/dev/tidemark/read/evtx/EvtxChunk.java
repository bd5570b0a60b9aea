package dev.tidemark.read.evtx;

import dev.tidemark.bytes.ByteCursor;
import dev.tidemark.bytes.ByteCursor.DamagedException;
import dev.tidemark.bytes.LineFilter;
import dev.tidemark.model.Skipped;

/**
 * The records of one chunk of 64 KiB: a head of 512 bytes, then records that begin with {@code **\0\0} and repeat their
 * size at their end. Source: J. Metz, "Windows XML Event Log (EVTX) format", "Chunk" and "Event record".
 */
public final class EvtxChunk {
    private static final int HEAD = 512;
    private static final int RECORD_HEAD = 24;
    private static final int SMALLEST = 28;
    private static final long SIGNATURE = 0x2A2AL;

    private final byte[] chunk;
    private final int length;
    private final long offset;
    private final String path;
    private final EvtxReader.Depth depth;
    private final BinXml binXml;

    /**
     * @param length bytes of it that the file had
     * @param offset in the file
     */
    EvtxChunk(byte[] chunk, int length, long offset, String path, EvtxReader.Depth depth) {
        this.chunk = chunk;
        this.length = length;
        this.offset = offset;
        this.path = path;
        this.depth = depth;
        this.binXml = new BinXml(chunk);
    }

    /** Takes what a chunk holds; the event is valid during the call only. */
    public interface Sink {
        void event(EvtxEvent event, boolean woken);

        void lost(Skipped what);
    }

    /** On one thread, once. */
    public void read(LineFilter filter, Sink sink) {
        int free = freeSpace();
        int at = HEAD;
        long last = -1;
        while (at + SMALLEST <= length) {
            boolean record = isRecord(at);
            // behind the free space lie records of the chunk's earlier life, unless the head is older than the records
            boolean beyond = at >= free;
            if (beyond && (!record || last < 0 || ByteCursor.u64(chunk, at + 8) != last + 1)) {
                return;
            }
            if (!record) {
                int next = depth == EvtxReader.Depth.CARVED ? nextRecord(at + 8, free, last) : -1;
                int to = next < 0 ? Math.min(free, length) : next;
                sink.lost(lost("expected a record at byte " + at + " of the chunk, found none; " + (to - at)
                        + " bytes not read"));
                at = next < 0 ? length : next;
                continue;
            }
            int size = (int) ByteCursor.u32(chunk, at + 4);
            last = ByteCursor.u64(chunk, at + 8);
            record(at, size, last, filter, sink);
            at += size;
        }
    }

    private Skipped lost(String why) {
        return lost(path, offset, why);
    }

    /** @param offset of the chunk in the file */
    static Skipped lost(String path, long offset, String why) {
        return new Skipped(path, why + " (chunk at byte " + offset + " (0x" + Long.toHexString(offset) + "))");
    }

    private int freeSpace() {
        return freeSpace(chunk);
    }

    /** Where the records end; the whole chunk if its head does not say it. */
    static int freeSpace(byte[] chunk) {
        long free = ByteCursor.u32(chunk, 48);
        return free < HEAD || free > chunk.length ? chunk.length : (int) free;
    }

    private boolean isRecord(int at) {
        if (at + SMALLEST > length || ByteCursor.u32(chunk, at) != SIGNATURE) {
            return false;
        }
        long size = ByteCursor.u32(chunk, at + 4);
        return size >= SMALLEST && size <= length - at && ByteCursor.u32(chunk, at + (int) size - 4) == size;
    }

    /**
     * Records lie at multiples of eight. Behind a break only those count that go on from the last one: others are left
     * from the chunk's earlier life, and belong to another time.
     */
    private int nextRecord(int from, int free, long last) {
        for (int at = from; at + SMALLEST <= Math.min(length, free); at += 8) {
            if (isRecord(at) && last >= 0 && ByteCursor.u64(chunk, at + 8) > last) {
                return at;
            }
        }
        return -1;
    }

    private void record(int at, int size, long id, LineFilter filter, Sink sink) {
        try {
            Fragment root = binXml.fragment(at + RECORD_HEAD, at + size - 4, false);
            EvtxEvent event = new EvtxEvent(binXml, root, id, ByteCursor.u64(chunk, at + 16));
            sink.event(event, filter.wakes(chunk, at + RECORD_HEAD, at + size - 4));
            binXml.takeDamage().ifPresent(why -> sink.lost(lost("a value of record " + id + " cannot be read: " + why)));
        } catch (DamagedException e) {
            sink.lost(lost("record " + id + " cannot be read: " + e.getMessage()));
        }
    }
}
