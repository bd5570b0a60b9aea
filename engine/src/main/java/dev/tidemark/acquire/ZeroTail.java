package dev.tidemark.acquire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Watches whether what was read ends in a block of zeros, without which a tar cut between entries looks whole. */
final class ZeroTail extends FilterInputStream {
    private long zeros;

    ZeroTail(InputStream in) {
        super(in);
    }

    boolean endsInZeros() {
        return zeros >= ArchiveKind.HEAD_BYTES;
    }

    @Override
    public int read() throws IOException {
        int b = in.read();
        if (b >= 0) {
            zeros = b == 0 ? zeros + 1 : 0;
        }
        return b;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int got = in.read(into, from, length);
        int run = 0;
        while (run < got && into[from + got - 1 - run] == 0) {
            run++;
        }
        if (got > 0) {
            zeros = run == got ? zeros + run : run;
        }
        return got;
    }

    @Override
    public long skip(long bytes) throws IOException {
        zeros = 0;
        return in.skip(bytes);
    }
}
