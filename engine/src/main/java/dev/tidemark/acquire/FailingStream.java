package dev.tidemark.acquire;

import java.io.IOException;
import java.io.InputStream;

/** Ends a file that was cut with the error that cut it. */
final class FailingStream extends InputStream {
    private final IOException failure;

    FailingStream(IOException failure) {
        this.failure = failure;
    }

    @Override
    public int read() throws IOException {
        throw new IOException(failure.getMessage(), failure);
    }

    /** {@link InputStream} would turn a failure after the first byte into a short read. */
    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        return read();
    }
}
