package dev.tidemark.read.setup;

import dev.tidemark.read.Record;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A line of the setup log: {@code Level}, 0 to 2, and {@code Message}. */
record SetupRecord(String text, long line, long millis) implements Record {
    @Override
    public String source() {
        return "setup-log";
    }

    @Override
    public Optional<Instant> time() {
        return Optional.of(Instant.ofEpochMilli(millis));
    }

    @Override
    public Optional<String> value(String field) {
        return switch (field.toLowerCase(Locale.ROOT)) {
            case "message" -> Optional.of(message());
            case "level" -> Optional.of(level());
            default -> Optional.empty();
        };
    }

    /** What stands behind the two brackets. */
    String message() {
        int second = text.indexOf("] [");
        int end = second < 0 ? text.indexOf(']') : text.indexOf("] ", second + 3);
        return end < 0 ? "" : text.substring(end + 1).strip();
    }

    private String level() {
        int second = text.indexOf("] [");
        int end = second < 0 ? -1 : text.indexOf(']', second + 3);
        return end < 0 ? "" : text.substring(second + 3, end);
    }

    @Override
    public List<String> fields() {
        return List.of("Level", "Message");
    }
}
