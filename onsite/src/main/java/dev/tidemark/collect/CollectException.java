package dev.tidemark.collect;

/** Why a collection cannot be made: a whole sentence for whoever asked for it. */
public final class CollectException extends Exception {
    private static final long serialVersionUID = 1L;

    CollectException(String message) {
        super(message);
    }
}
