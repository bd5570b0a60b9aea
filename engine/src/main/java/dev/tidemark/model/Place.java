package dev.tidemark.model;

import java.util.Comparator;
import java.util.OptionalLong;

/**
 * Where a record lies.
 *
 * @param path     below the host's evidence root, {@code /} between names, {@code name.zip!/path} inside an archive
 * @param line     physical line at which the record begins, from 1, split at LF; empty where lines mean nothing
 * @param recordId of an event log record; empty elsewhere
 */
public record Place(String path, OptionalLong line, OptionalLong recordId) implements Comparable<Place> {
    private static final Comparator<Place> ORDER = Comparator.comparing(Place::path)
            .thenComparingLong(p -> p.line().orElse(0))
            .thenComparingLong(p -> p.recordId().orElse(0));

    public static Place ofLine(String path, long line) {
        return new Place(path, OptionalLong.of(line), OptionalLong.empty());
    }

    public static Place ofRecord(String path, long recordId) {
        return new Place(path, OptionalLong.empty(), OptionalLong.of(recordId));
    }

    public static Place ofFile(String path) {
        return new Place(path, OptionalLong.empty(), OptionalLong.empty());
    }

    /** The same place below another root, or with the path of the host cut off. */
    public Place withPath(String newPath) {
        return new Place(newPath, line, recordId);
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /** The path, and behind it the line or the record. */
    @Override
    public String toString() {
        if (line.isPresent()) {
            return path + ":" + line.getAsLong();
        }
        return recordId.isPresent() ? path + " record " + recordId.getAsLong() : path;
    }
}
