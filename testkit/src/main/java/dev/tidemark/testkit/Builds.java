package dev.tidemark.testkit;

import java.time.Instant;
import java.util.TreeMap;

/** Which build the made-up server ran, and from when. */
final class Builds {
    private final TreeMap<Instant, String> from = new TreeMap<>();

    /** @param first as {@code 15.1.2176.2} */
    Builds(String first) {
        from.put(Instant.MIN, first);
    }

    void update(Instant time, String build) {
        from.put(time, build);
    }

    /** Major, minor, build and revision. */
    String[] at(Instant time) {
        return from.floorEntry(time).getValue().split("\\.");
    }

    /** As log headers write it: {@code 15.01.2176.002}. */
    String headerAt(Instant time) {
        String[] b = at(time);
        return b[0] + ".0" + b[1] + "." + b[2] + "." + "0".repeat(3 - b[3].length()) + b[3];
    }
}
