package dev.tidemark.read;

import dev.tidemark.bytes.Times;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Counts records by hour: what coverage is drawn from.
 */
public final class HourCount {
    private static final long HOUR = 3_600_000L;

    private final TreeMap<Long, Long> byHour = new TreeMap<>();
    private long records;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long hour = Long.MIN_VALUE;
    private long inHour;

    /** @param millis time of the record, or {@link Times#NONE} */
    public void add(long millis) {
        records++;
        if (millis == Times.NONE) {
            return;
        }
        first = Math.min(first, millis);
        last = Math.max(last, millis);
        long now = Math.floorDiv(millis, HOUR);
        if (now != hour) {
            flush();
            hour = now;
        }
        inHour++;
    }

    private void flush() {
        if (inHour > 0) {
            byHour.merge(hour, inHour, Long::sum);
            inHour = 0;
        }
    }

    public ReadSummary summary() {
        flush();
        boolean timed = first != Long.MAX_VALUE;
        return new ReadSummary(records, timed ? Optional.of(Instant.ofEpochMilli(first)) : Optional.empty(),
                timed ? Optional.of(Instant.ofEpochMilli(last)) : Optional.empty(), byHour);
    }
}
