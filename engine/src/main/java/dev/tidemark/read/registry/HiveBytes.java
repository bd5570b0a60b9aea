package dev.tidemark.read.registry;

import dev.tidemark.bytes.ByteCursor;
import dev.tidemark.bytes.ByteCursor.DamagedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of a hive, in pieces: where it ends is known only when it was read. No read goes beyond the end, and all reads
 * together are bounded: a hive whose lists name the same keys over and over would else be read for ever.
 */
final class HiveBytes {
    private static final int PIECE = 1 << 16;
    /** What a read costs beside its bytes. */
    private static final int A_READ = 16;
    /** Most hives are read in part, some keys on several ways, and each of their cells in several reads. */
    private static final int TIMES = 32;
    private static final long AT_LEAST = 64L << 20;

    private final List<byte[]> pieces = new ArrayList<>();
    private long size;
    private long left;

    private HiveBytes() {}

    /** The first {@code most} bytes, or all there are until the stream ends or breaks off. */
    static HiveBytes read(InputStream in, long most) throws IOException {
        HiveBytes bytes = new HiveBytes();
        while (bytes.size < most) {
            byte[] piece = new byte[PIECE];
            int got = in.readNBytes(piece, 0, (int) Math.min(PIECE, most - bytes.size));
            if (got > 0) {
                bytes.pieces.add(piece);
                bytes.size += got;
            }
            if (got < PIECE) {
                break;
            }
        }
        bytes.left = AT_LEAST + TIMES * bytes.size;
        return bytes;
    }

    long size() {
        return size;
    }

    byte[] bytes(long at, int length, String what) throws DamagedException {
        if (at < 0 || length < 0 || at + length > size) {
            throw new DamagedException((int) Math.min(Math.max(at, 0), Integer.MAX_VALUE),
                    what + " of " + length + " bytes at byte " + at + " lies outside of the " + size + " bytes that are there");
        }
        left -= length + A_READ;
        if (left < 0) {
            throw new DamagedException(0, "its lists name the same cells over and over; the rest was not read");
        }
        byte[] all = new byte[length];
        for (int done = 0; done < length; ) {
            int from = (int) ((at + done) % PIECE);
            int count = Math.min(length - done, PIECE - from);
            System.arraycopy(pieces.get((int) ((at + done) / PIECE)), from, all, done, count);
            done += count;
        }
        return all;
    }

    int u16(long at, String what) throws DamagedException {
        return ByteCursor.u16(bytes(at, 2, what), 0);
    }

    /** As an unsigned number. */
    long u32(long at, String what) throws DamagedException {
        return ByteCursor.u32(bytes(at, 4, what), 0);
    }

    long u64(long at, String what) throws DamagedException {
        return ByteCursor.u64(bytes(at, 8, what), 0);
    }
}
