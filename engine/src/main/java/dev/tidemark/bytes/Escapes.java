package dev.tidemark.bytes;

/**
 * Undoes percent-encoding in bytes, so that literals can be searched for in what a server reads. Not thread-safe: holds
 * the decoded bytes until it decodes again.
 *
 * <p>What {@link Uris} decodes in one part of a line is decoded here in the whole of it, as often: every run of ASCII
 * letters, digits and {@code . _ -} of the one is there in the other. Escapes of bytes that are no ASCII stay.
 */
public final class Escapes {
    private static final int DECODINGS = 2;
    private static final byte NO_ASCII = (byte) 0xFF;
    /** By byte: its value as a hexadecimal digit, or -1. */
    private static final byte[] HEX = new byte[256];
    /** By byte: whether an escape of it hides a part of a literal, or of another escape. */
    private static final boolean[] HIDDEN = new boolean[256];

    static {
        for (int c = 0; c < 256; c++) {
            HEX[c] = (byte) (c < 0x80 ? Character.digit(c, 16) : -1);
            HIDDEN[c] = c < 0x80 && (Character.isLetterOrDigit(c) || "._-%".indexOf(c) >= 0);
        }
    }

    private byte[] decoded = new byte[1024];

    /** True if an escape in {@code bytes[from, to)} hides an ASCII letter, a digit, {@code . _ -} or another escape. */
    public static boolean hide(byte[] bytes, int from, int to) {
        int at = LineScanner.indexOf(bytes, from, to, (byte) '%');
        while (at >= 0 && at + 2 < to) {
            int value = value(bytes, at, to);
            if (value >= 0 && HIDDEN[value] || (bytes[at + 1] | 0x20) == 'u') {
                return true;
            }
            at = LineScanner.indexOf(bytes, at + 1, to, (byte) '%');
        }
        return false;
    }

    /** Decodes {@code bytes[from, to)} twice, as a proxy and the server behind it do; returns how many bytes come out. */
    public int decode(byte[] bytes, int from, int to) {
        if (decoded.length < to - from) {
            decoded = new byte[Math.max(to - from, decoded.length * 2)];
        }
        System.arraycopy(bytes, from, decoded, 0, to - from);
        int length = to - from;
        for (int i = 0; i < DECODINGS; i++) {
            length = once(length);
        }
        return length;
    }

    /** What {@link #decode} made, from the first byte on; what stands behind its length is left over. */
    public byte[] decoded() {
        return decoded;
    }

    private int once(int length) {
        int out = 0;
        int at = 0;
        while (at < length) {
            int value = decoded[at] == '%' ? value(decoded, at, length) : -1;
            int wide = decoded[at] == '%' ? wide(decoded, at, length) : -1;
            if (value >= 0 && value < 0x80) {
                decoded[out++] = (byte) value;
                at += 3;
            } else if (wide >= 0) {
                decoded[out++] = wide < 0x80 ? (byte) wide : NO_ASCII;
                at += 6;
            } else {
                decoded[out++] = decoded[at++];
            }
        }
        return out;
    }

    /** The byte that {@code %XX} at {@code at} stands for, or -1. */
    private static int value(byte[] bytes, int at, int to) {
        return at + 3 <= to ? hex(bytes, at + 1, 2) : -1;
    }

    /** The character that {@code %uXXXX} at {@code at} stands for, or -1. */
    private static int wide(byte[] bytes, int at, int to) {
        return at + 6 <= to && (bytes[at + 1] | 0x20) == 'u' ? hex(bytes, at + 2, 4) : -1;
    }

    private static int hex(byte[] bytes, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = HEX[bytes[i] & 0xFF];
            if (digit < 0) {
                return -1;
            }
            number = number << 4 | digit;
        }
        return number;
    }
}
