package dev.tidemark.probe;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Lets one request a second go to a host, and no more; there is no way to make it faster. */
final class Pace {
    static final long NANOS = 1_000_000_000L;

    /** Waits. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(long nanos) throws InterruptedException;
    }

    private final LongSupplier nanoTime;
    private final Sleeper sleeper;
    private final Map<String, Long> last = new HashMap<>();

    Pace(LongSupplier nanoTime, Sleeper sleeper) {
        this.nanoTime = nanoTime;
        this.sleeper = sleeper;
    }

    /** Returns when the next request may go to the host. */
    void await(String host) throws InterruptedException {
        Long before = last.get(host);
        if (before != null) {
            long wait = before + NANOS - nanoTime.getAsLong();
            while (wait > 0) {
                sleeper.sleep(wait);
                wait = before + NANOS - nanoTime.getAsLong();
            }
        }
        last.put(host, nanoTime.getAsLong());
    }
}
