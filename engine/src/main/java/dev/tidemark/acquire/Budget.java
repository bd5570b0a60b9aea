package dev.tidemark.acquire;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What one archive on disk may still expand to, archives inside it included; shared by all its streams and threads.
 *
 * <p>A file that is opened twice counts twice: the slack between logs (1:10 to 1:60) and the ratio allows for it.
 */
final class Budget {
    private final Limits limits;
    private final AtomicLong rootExpanded;
    private final AtomicLong expanded = new AtomicLong();
    private final long most;

    /** @param compressed bytes of the archive on disk */
    Budget(Limits limits, AtomicLong rootExpanded, long compressed) {
        this.limits = limits;
        this.rootExpanded = rootExpanded;
        this.most = plus(limits.freeBytes(), times(compressed, limits.ratio()));
    }

    Limits limits() {
        return limits;
    }

    void spend(long bytes) throws BoundExceededException {
        if (expanded.addAndGet(bytes) > most) {
            throw new BoundExceededException("the archive and those inside it expand to more than " + most
                    + " bytes, over " + limits.ratio() + " times its size; reading was stopped there");
        }
        if (rootExpanded.addAndGet(bytes) > limits.rootBytes()) {
            throw new BoundExceededException("the archives of this root expand to more than " + limits.rootBytes()
                    + " bytes; reading was stopped there");
        }
    }

    static long times(long a, long b) {
        long product = Math.multiplyHigh(a, b) == 0 ? a * b : Long.MAX_VALUE;
        return product < 0 ? Long.MAX_VALUE : product;
    }

    static long plus(long a, long b) {
        long sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
