package dev.tidemark.read;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Streams as disks, archives and networks give them. */
public final class Streams {
    private Streams() {}

    /** Gives at most {@code most} bytes a call. */
    public static InputStream chunked(byte[] bytes, int most) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                return super.read(into, from, Math.min(length, most));
            }
        };
    }

    /** Breaks off behind the bytes, as a disk that fails or an archive that was cut. */
    public static InputStream breaking(byte[] bytes, String why) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read() throws IOException {
                int b = super.read();
                if (b < 0) {
                    throw new IOException(why);
                }
                return b;
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                int got = super.read(into, from, length);
                if (got < 0) {
                    throw new IOException(why);
                }
                return got;
            }
        };
    }

    /** {@code before}, then {@code length} times the byte {@code fill}, then {@code after}; nothing of it in memory. */
    public static InputStream around(byte[] before, int fill, long length, byte[] after) {
        return new java.io.SequenceInputStream(java.util.Collections.enumeration(java.util.List.of(
                new ByteArrayInputStream(before), repeated(fill, length), new ByteArrayInputStream(after))));
    }

    private static InputStream repeated(int fill, long length) {
        return new InputStream() {
            private long left = length;

            @Override
            public int read() {
                return left-- > 0 ? fill : -1;
            }

            @Override
            public int read(byte[] into, int from, int wanted) {
                if (left <= 0) {
                    return -1;
                }
                int got = (int) Math.min(left, wanted);
                java.util.Arrays.fill(into, from, from + got, (byte) fill);
                left -= got;
                return got;
            }
        };
    }
}
