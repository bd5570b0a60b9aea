package dev.tidemark.acquire;

import java.io.FilterInputStream;
import java.io.InputStream;

/** Lends a stream that goes on afterwards. */
final class KeptOpen extends FilterInputStream {
    KeptOpen(InputStream in) {
        super(in);
    }

    @Override
    public void close() {
        // the archive that it is part of goes on
    }
}
