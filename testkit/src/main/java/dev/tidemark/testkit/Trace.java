package dev.tidemark.testkit;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * Where something lies that somebody has to find, or must not take for an attack.
 *
 * @param path     below the evidence root, as {@code C/inetpub/…}
 * @param line     physical, from 1; empty where lines mean nothing
 * @param recordId of an event log record; empty elsewhere
 * @param shows    what it is, in words
 */
public record Trace(String path, OptionalLong line, OptionalLong recordId, Instant time, String shows) {
    static Trace ofLine(String path, long line, Instant time, String shows) {
        return new Trace(path, OptionalLong.of(line), OptionalLong.empty(), time, shows);
    }

    static Trace ofFile(String path, Instant time, String shows) {
        return new Trace(path, OptionalLong.empty(), OptionalLong.empty(), time, shows);
    }

    /** The path, and behind a colon the line, if there is one. */
    public String place() {
        return line.isPresent() ? path + ":" + line.getAsLong() : path;
    }
}
