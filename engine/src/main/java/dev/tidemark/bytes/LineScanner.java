package dev.tidemark.bytes;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Cuts a stream into lines at LF, in one reused buffer, eight bytes at a step. The CR of a CRLF does not belong to the
 * line. A line longer than {@link #MAX_LINE} is handed on cut; its rest is read over, and still counts as one line.
 */
@HotPath("LineScanBenchmark")
public final class LineScanner {
    /** Bytes of a line that are kept: IIS takes requests of 16 KiB, and Exchange's longest errors have some 100 KiB. */
    public static final int MAX_LINE = 1 << 20;

    private static final int FIRST_BUFFER = 1 << 20;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    /** Takes the lines; {@code buffer[from, to)} is valid during the call only. */
    @FunctionalInterface
    public interface LineSink {
        /**
         * @param number   physical line, from 1
         * @param cut      true if the line was longer than {@link #MAX_LINE}
         * @param complete false if the stream ended without a line feed behind it
         */
        void line(byte[] buffer, int from, int to, long number, boolean cut, boolean complete);
    }

    private byte[] buffer;
    private long read;

    public LineScanner() {
        this(FIRST_BUFFER);
    }

    /** For tests: any size gives the same lines. */
    LineScanner(int bufferBytes) {
        this.buffer = new byte[Math.max(1, bufferBytes)];
    }

    /** Bytes taken from the stream so far, also when it broke off. */
    public long bytesRead() {
        return read;
    }

    /** Reads to the end of the stream. @throws IOException if the stream breaks off; what came before was handed on */
    public void scan(InputStream in, LineSink sink) throws IOException {
        int start = 0;
        int end = 0;
        long number = 0;
        boolean over = false;
        while (true) {
            int searched = end;
            if (end == buffer.length) {
                if (start > 0) {
                    System.arraycopy(buffer, start, buffer, 0, end - start);
                    end -= start;
                    start = 0;
                } else if (end >= MAX_LINE) {
                    if (!over) {
                        sink.line(buffer, 0, end, ++number, true, false);
                        over = true;
                    }
                    end = 0;
                } else {
                    buffer = Arrays.copyOf(buffer, (int) Math.min(MAX_LINE, Math.max(buffer.length * 2L, 16)));
                }
                searched = end;
            }
            int got;
            try {
                got = in.read(buffer, end, buffer.length - end);
            } catch (IOException e) {
                if (end > start && !over) {
                    sink.line(buffer, start, end, number + 1, false, false);
                }
                throw e;
            }
            if (got < 0) {
                break;
            }
            read += got;
            end += got;
            int lf = indexOf(buffer, searched, end, (byte) '\n');
            while (lf >= 0) {
                if (over) {
                    over = false;
                } else {
                    int to = lf > start && buffer[lf - 1] == '\r' ? lf - 1 : lf;
                    sink.line(buffer, start, to, ++number, false, true);
                }
                start = lf + 1;
                lf = indexOf(buffer, start, end, (byte) '\n');
            }
            if (start == end) {
                start = 0;
                end = 0;
            }
        }
        if (end > start && !over) {
            sink.line(buffer, start, end, number + 1, false, false);
        }
    }

    /** How often {@code wanted}, which is rare, stands in {@code bytes[from, to)}. */
    public static int count(byte[] bytes, int from, int to, byte wanted) {
        int count = 0;
        for (int at = indexOf(bytes, from, to, wanted); at >= 0; at = indexOf(bytes, at + 1, to, wanted)) {
            count++;
        }
        return count;
    }

    /** Index of the first {@code wanted} in {@code bytes[from, to)}, or -1. */
    public static int indexOf(byte[] bytes, int from, int to, byte wanted) {
        long pattern = (wanted & 0xFFL) * LOW_BITS;
        int i = from;
        for (; i + Long.BYTES <= to; i += Long.BYTES) {
            long zeroIfWanted = (long) LONG.get(bytes, i) ^ pattern;
            // little-endian view: the lowest hit is exact, higher ones may lie
            long hits = (zeroIfWanted - LOW_BITS) & ~zeroIfWanted & HIGH_BITS;
            if (hits != 0) {
                return i + (Long.numberOfTrailingZeros(hits) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }
}
