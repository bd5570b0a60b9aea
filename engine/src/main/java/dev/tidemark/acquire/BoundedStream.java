package dev.tidemark.acquire;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;

/**
 * Expanded bytes of an entry, up to its bounds. Turns the unchecked exceptions that decoders throw on damaged input
 * into {@link IOException}.
 */
final class BoundedStream extends FilterInputStream {
    private final Budget budget;
    private final LongSupplier compressed;
    private long expanded;

    /** @param compressed bytes that went in so far, or in all; a negative number if nobody can tell */
    BoundedStream(InputStream in, Budget budget, LongSupplier compressed) {
        super(in);
        this.budget = budget;
        this.compressed = compressed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int got;
        try {
            got = in.read(into, from, length);
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException
                | ArithmeticException | NegativeArraySizeException | NullPointerException damaged) {
            throw new IOException("the compressed data are damaged: " + damaged, damaged);
        }
        if (got > 0) {
            count(got);
        }
        return got;
    }

    private void count(int got) throws BoundExceededException {
        Limits limits = budget.limits();
        expanded += got;
        if (expanded > limits.entryBytes()) {
            throw new BoundExceededException("expands to more than " + limits.entryBytes()
                    + " bytes; reading was stopped there");
        }
        if (expanded > limits.freeBytes()) {
            long input = compressed.getAsLong();
            if (input >= 0 && expanded > Budget.plus(limits.freeBytes(), Budget.times(input, limits.ratio()))) {
                throw new BoundExceededException("expands to more than " + limits.ratio() + " times its " + input
                        + " compressed bytes; reading was stopped at " + expanded + " bytes");
            }
        }
        budget.spend(got);
    }

    @Override
    public long skip(long bytes) throws IOException {
        byte[] waste = new byte[(int) Math.max(1, Math.min(bytes, 8192))];
        long left = bytes;
        while (left > 0) {
            int got = read(waste, 0, (int) Math.min(left, waste.length));
            if (got < 0) {
                break;
            }
            left -= got;
        }
        return bytes - left;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
