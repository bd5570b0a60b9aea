package dev.tidemark.acquire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/**
 * Counts a ZIP's directory before anything keeps it in memory: what the archive says about itself is not trusted.
 *
 * <p>Source: PKWARE APPNOTE.TXT 6.3.10, 4.3.7 (local header), 4.3.12 (directory header) and 4.3.14 to 4.3.16 (its end).
 */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END64 = 0x06064b50;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int HEADER = 0x02014b50;
    private static final int LOCAL_HEADER = 0x04034b50;
    private static final int END_BYTES = 22;
    private static final int HEADER_BYTES = 46;
    private static final int LOCATOR_BYTES = 20;
    private static final int BLOCK = 1 << 16;

    private ZipDirectory() {}

    /**
     * What the end of the archive says of the directory.
     *
     * @param start   where it begins, in bytes
     * @param entries how many headers it has, but for a multiple of {@code modulus}
     */
    private record End(long start, long entries, long modulus) {}

    /**
     * True if the archive says that its directory has so many headers. Writers that know no ZIP64 let the two bytes of
     * the number run over.
     */
    static boolean states(SeekableByteChannel channel, long headers) throws IOException {
        End end = end(channel);
        return Math.floorMod(headers - end.entries(), end.modulus()) == 0;
    }

    /** True if the first bytes are an entry's own header, as in every archive that holds something. */
    static boolean beginsWithEntry(SeekableByteChannel channel) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        fill(channel, 0, head);
        return head.limit() == 4 && head.getInt(0) == LOCAL_HEADER;
    }

    /** Headers in the directory; stops counting once there are more than {@code most}. */
    static long count(SeekableByteChannel channel, long most) throws IOException {
        long at = end(channel).start();
        ByteBuffer block = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN).limit(0);
        long blockAt = at;
        long headers = 0;
        while (headers <= most) {
            int in = (int) Math.min(at - blockAt, Integer.MAX_VALUE);
            if (in + HEADER_BYTES > block.limit()) {
                blockAt = at;
                in = 0;
                fill(channel, at, block);
                if (block.limit() < HEADER_BYTES) {
                    return headers;
                }
            }
            if (block.getInt(in) != HEADER) {
                return headers;
            }
            headers++;
            at += HEADER_BYTES + unsigned(block, in + 28) + unsigned(block, in + 30) + unsigned(block, in + 32);
        }
        return headers;
    }

    private static End end(SeekableByteChannel channel) throws IOException {
        long size = channel.size();
        int tail = (int) Math.min(size, END_BYTES + 0xffff + LOCATOR_BYTES);
        ByteBuffer end = ByteBuffer.allocate(tail).order(ByteOrder.LITTLE_ENDIAN);
        fill(channel, size - tail, end);
        for (int i = end.limit() - END_BYTES; i >= 0; i--) {
            if (end.getInt(i) != END) {
                continue;
            }
            int locator = i - LOCATOR_BYTES;
            if (locator >= 0 && end.getInt(locator) == LOCATOR64) {
                return end64(channel, end.getLong(locator + 8));
            }
            long endAt = size - tail + i;
            long length = end.getInt(i + 12) & 0xffffffffL;
            long offset = end.getInt(i + 16) & 0xffffffffL;
            return new End(endAt - length >= 0 ? Math.max(offset, endAt - length) : offset, unsigned(end, i + 10), 1 << 16);
        }
        throw new IOException("it does not end with a directory");
    }

    private static End end64(SeekableByteChannel channel, long endAt) throws IOException {
        ByteBuffer end = ByteBuffer.allocate(56).order(ByteOrder.LITTLE_ENDIAN);
        if (endAt < 0 || endAt > channel.size()) {
            throw new IOException("its ZIP64 directory is said to end at byte " + endAt + " of " + channel.size());
        }
        fill(channel, endAt, end);
        if (end.limit() < 56 || end.getInt(0) != END64) {
            throw new IOException("no end of a ZIP64 directory at byte " + endAt);
        }
        return new End(end.getLong(48), end.getLong(32), Long.MAX_VALUE);
    }

    private static void fill(SeekableByteChannel channel, long at, ByteBuffer into) throws IOException {
        into.clear();
        if (at < 0) {
            throw new IOException("its directory is said to begin at byte " + at);
        }
        channel.position(at);
        while (into.hasRemaining() && channel.read(into) >= 0) {
            // until full or at the end
        }
        into.flip();
    }

    private static int unsigned(ByteBuffer from, int at) {
        return from.getShort(at) & 0xffff;
    }
}
