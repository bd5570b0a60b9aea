package dev.tidemark.read;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.Collections;

/**
 * What a reader saw in one file.
 *
 * @param records     records, woken or not
 * @param first       time of the earliest record
 * @param last        time of the latest record
 * @param recordsByHour hours since 1970-01-01T00:00Z → records in that hour
 */
public record ReadSummary(long records, Optional<Instant> first, Optional<Instant> last,
        SortedMap<Long, Long> recordsByHour) {
    public static final ReadSummary NOTHING = new ReadSummary(0, Optional.empty(), Optional.empty(), new TreeMap<>());

    public ReadSummary {
        recordsByHour = Collections.unmodifiableSortedMap(new TreeMap<>(recordsByHour));
    }
}
