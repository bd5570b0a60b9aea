package dev.tidemark.bytes;

/**
 * Walks over bytes of a binary format, little-endian. Every read names what it wanted, and no read goes beyond the end.
 * Offsets count from the start of the array.
 */
public final class ByteCursor {
    private final byte[] bytes;
    private final int end;
    private int at;

    /** @throws IllegalArgumentException if {@code [from, end)} is not within the array */
    public ByteCursor(byte[] bytes, int from, int end) {
        if (from < 0 || end < from || end > bytes.length) {
            throw new IllegalArgumentException("[" + from + ", " + end + ") is not within " + bytes.length + " bytes");
        }
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Bytes that do not hold what the format says; {@code offset} is where it should have stood. */
    public static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int offset;

        public DamagedException(int offset, String message) {
            super(message, null, false, false);
            this.offset = offset;
        }

        public int offset() {
            return offset;
        }
    }

    public int at() {
        return at;
    }

    public int end() {
        return end;
    }

    public int remaining() {
        return end - at;
    }

    public void need(long count, String what) throws DamagedException {
        if (count < 0 || count > end - at) {
            throw new DamagedException(at, "expected " + what + " of " + count + " bytes at byte " + at + " (0x"
                    + Integer.toHexString(at) + "), " + (end - at) + " are left");
        }
    }

    public void seek(int offset, String what) throws DamagedException {
        if (offset < 0 || offset > end) {
            throw new DamagedException(at, "the offset of " + what + ", " + offset + ", lies outside of " + end + " bytes");
        }
        at = offset;
    }

    public void skip(int count, String what) throws DamagedException {
        need(count, what);
        at += count;
    }

    public int u8(String what) throws DamagedException {
        need(1, what);
        return bytes[at++] & 0xFF;
    }

    public int u16(String what) throws DamagedException {
        need(2, what);
        int value = u16(bytes, at);
        at += 2;
        return value;
    }

    /** As an unsigned number. */
    public long u32(String what) throws DamagedException {
        need(4, what);
        long value = u32(bytes, at);
        at += 4;
        return value;
    }

    /** A count or offset that has to fit the array. */
    public int size32(String what) throws DamagedException {
        int where = at;
        long value = u32(what);
        if (value > bytes.length) {
            throw new DamagedException(where, what + " is " + value + ", more than there are bytes");
        }
        return (int) value;
    }

    public static int u16(byte[] b, int at) {
        return b[at] & 0xFF | (b[at + 1] & 0xFF) << 8;
    }

    public static long u32(byte[] b, int at) {
        return u16(b, at) | (long) u16(b, at + 2) << 16;
    }

    public static long u64(byte[] b, int at) {
        return u32(b, at) | u32(b, at + 4) << 32;
    }
}
