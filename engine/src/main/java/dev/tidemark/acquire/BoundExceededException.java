package dev.tidemark.acquire;

import java.io.IOException;

/** An archive would expand, nest or count beyond {@link Limits}; what was read before stands. */
public final class BoundExceededException extends IOException {
    private static final long serialVersionUID = 1L;

    public BoundExceededException(String message) {
        super(message);
    }
}
