package dev.tidemark.acquire;

import java.io.IOException;
import java.io.InputStream;

/** An entry of a stream: opened once, and only until the next. */
final class OneTime {
    private final InputStream in;
    private boolean gone;

    OneTime(InputStream in) {
        this.in = in;
    }

    InputStream open() throws IOException {
        if (gone) {
            throw new IOException("this entry of a stream was opened before or has gone by");
        }
        gone = true;
        return new KeptOpen(in);
    }

    void over() {
        gone = true;
    }
}
