package dev.tidemark.bytes;

/**
 * Bytes without their zeros: of UTF-16 text the ASCII letters come to stand side by side, at whatever byte the text
 * began. Not thread-safe: holds what it copied until it copies again.
 */
public final class Narrow {
    private byte[] narrow = new byte[1 << 16];

    /** Copies {@code bytes[from, to)} without zeros; returns how many bytes are left. */
    public int copy(byte[] bytes, int from, int to) {
        if (narrow.length < to - from) {
            narrow = new byte[Math.max(to - from, narrow.length * 2)];
        }
        byte[] out = narrow;
        int length = 0;
        for (int i = from; i < to; i++) {
            // Written always, kept or not: a branch on each byte would cost more.
            out[length] = bytes[i];
            length += bytes[i] == 0 ? 0 : 1;
        }
        return length;
    }

    /** What {@link #copy} made, from the first byte on; what stands behind its length is left over. */
    public byte[] bytes() {
        return narrow;
    }
}
