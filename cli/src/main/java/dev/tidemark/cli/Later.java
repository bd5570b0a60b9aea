package dev.tidemark.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** What another thread makes meanwhile. */
record Later<T>(CompletableFuture<T> made) {
    static <T> Later<T> of(Supplier<T> maker) {
        return new Later<>(CompletableFuture.supplyAsync(maker));
    }

    /** Waits for it; what went wrong in making it is thrown here, as if it were made here. */
    T get() {
        try {
            return made.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
