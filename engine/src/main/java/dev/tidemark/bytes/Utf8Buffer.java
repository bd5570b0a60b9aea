package dev.tidemark.bytes;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Text as UTF-8 in a growing array, and strings of JSON in it, also straight from UTF-16 as Windows stores it. Half a
 * surrogate pair becomes U+FFFD; in JSON, control characters are escaped. Not thread-safe.
 */
@HotPath("DumpBenchmark")
public final class Utf8Buffer {
    private static final char[] HEX = "0123456789abcdef".toCharArray();
    private static final char REPLACEMENT = '\uFFFD';
    /** Most bytes that one char becomes: as in {@code \}{@code u001b}. */
    private static final int WIDEST = 6;
    private static final int LONGEST_NUMBER = 20;
    /** By ASCII character: whether JSON has it as it is. */
    private static final boolean[] PLAIN = new boolean[0x80];

    static {
        for (int c = ' '; c < 0x7F; c++) {
            PLAIN[c] = c != '"' && c != '\\';
        }
    }

    private byte[] bytes;
    private int size;

    public Utf8Buffer(int capacity) {
        this.bytes = new byte[Math.max(16, capacity)];
    }

    public int size() {
        return size;
    }

    /** Forgets what stands in it; its room stays. */
    public void clear() {
        size = 0;
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, size, StandardCharsets.UTF_8);
    }

    public Utf8Buffer append(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    /** The text as it is. */
    public Utf8Buffer append(CharSequence text) {
        room((long) text.length() * 3);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes[size++] = (byte) c;
            } else {
                wide(c, i + 1 < text.length() ? text.charAt(i + 1) : 0);
                i += Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                        ? 1 : 0;
            }
        }
        return this;
    }

    public Utf8Buffer append(long number) {
        if (number == Long.MIN_VALUE) {
            return append(Long.toString(number));
        }
        room(LONGEST_NUMBER);
        if (number < 0) {
            bytes[size++] = '-';
        }
        long left = Math.abs(number);
        int digits = 1;
        for (long power = 10; digits < 19 && left >= power; power *= 10) {
            digits++;
        }
        for (int at = size + digits - 1; at >= size; at--) {
            bytes[at] = (byte) ('0' + left % 10);
            left /= 10;
        }
        size += digits;
        return this;
    }

    /** A quoted string of JSON. */
    public Utf8Buffer json(String text) {
        room((long) text.length() * WIDEST + 2);
        bytes[size++] = '"';
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80 && PLAIN[c]) {
                bytes[size++] = (byte) c;
            } else {
                i += rare(c, i + 1 < length ? text.charAt(i + 1) : 0);
            }
        }
        bytes[size++] = '"';
        return this;
    }

    /** A quoted string of JSON from UTF-16, little-endian, without the NULs at its end. A byte too many is left out. */
    public Utf8Buffer jsonOfUtf16(byte[] from, int at, int byteCount) {
        int end = at + (byteCount & ~1);
        while (end > at && from[end - 1] == 0 && from[end - 2] == 0) {
            end -= 2;
        }
        room((long) (end - at) / 2 * WIDEST + 2);
        byte[] to = bytes;
        int out = size;
        to[out++] = '"';
        for (int i = at; i < end; i += 2) {
            int low = from[i];
            if (from[i + 1] == 0 && low >= 0 && PLAIN[low]) {
                to[out++] = (byte) low;
            } else {
                size = out;
                i += 2 * rare((char) ByteCursor.u16(from, i), i + 3 < end ? (char) ByteCursor.u16(from, i + 2) : 0);
                out = size;
            }
        }
        to[out++] = '"';
        size = out;
        return this;
    }

    /** @return how many characters of those that follow are written, too */
    private int rare(char c, char next) {
        switch (c) {
            case '"', '\\' -> escaped(c);
            case '\n' -> escaped('n');
            case '\r' -> escaped('r');
            case '\t' -> escaped('t');
            default -> {
                if (c < ' ' || c >= 0x7F && c <= 0x9F) {
                    escaped('u');
                    bytes[size++] = '0';
                    bytes[size++] = '0';
                    bytes[size++] = (byte) HEX[c >> 4];
                    bytes[size++] = (byte) HEX[c & 0xF];
                } else {
                    wide(c, next);
                    return Character.isHighSurrogate(c) && Character.isLowSurrogate(next) ? 1 : 0;
                }
            }
        }
        return 0;
    }

    private void escaped(char c) {
        bytes[size++] = '\\';
        bytes[size++] = (byte) c;
    }

    /** Not ASCII; room is there. */
    private void wide(char c, char next) {
        if (Character.isHighSurrogate(c) && Character.isLowSurrogate(next)) {
            int point = Character.toCodePoint(c, next);
            bytes[size++] = (byte) (0xF0 | point >> 18);
            bytes[size++] = (byte) (0x80 | point >> 12 & 0x3F);
            bytes[size++] = (byte) (0x80 | point >> 6 & 0x3F);
            bytes[size++] = (byte) (0x80 | point & 0x3F);
        } else if (c < 0x800) {
            bytes[size++] = (byte) (0xC0 | c >> 6);
            bytes[size++] = (byte) (0x80 | c & 0x3F);
        } else {
            char shown = Character.isSurrogate(c) ? REPLACEMENT : c;
            bytes[size++] = (byte) (0xE0 | shown >> 12);
            bytes[size++] = (byte) (0x80 | shown >> 6 & 0x3F);
            bytes[size++] = (byte) (0x80 | shown & 0x3F);
        }
    }

    private void room(long more) {
        if (size + more > bytes.length) {
            long wanted = Math.max(size + more, bytes.length * 2L);
            bytes = Arrays.copyOf(bytes, Math.toIntExact(Math.min(wanted, Integer.MAX_VALUE - 8)));
            if (size + more > bytes.length) {
                throw new IllegalStateException("a record of over two gigabytes");
            }
        }
    }
}
