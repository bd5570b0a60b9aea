package dev.tidemark.detect;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of a date or time that a rule may ask for; weeks are ISO-8601's. */
enum TimePart {
    MINUTE(ChronoField.MINUTE_OF_HOUR), HOUR(ChronoField.HOUR_OF_DAY), DAY(ChronoField.DAY_OF_MONTH),
    WEEK(IsoFields.WEEK_OF_WEEK_BASED_YEAR), MONTH(ChronoField.MONTH_OF_YEAR), YEAR(ChronoField.YEAR);

    /** Names by which rules mean the time of the record itself, where it has no such field. */
    private static final Set<String> OF_RECORD = Set.of("time", "timestamp", "@timestamp", "date", "datetime",
            "timecreated", "systemtime", "utctime", "timegenerated", "eventtime");
    private static final Pattern DATE = Pattern.compile(
            "\\s*(\\d{4})-(\\d{2})-(\\d{2})(?:[T ](\\d{2}):(\\d{2})(?:[:.Z+-].*|))?\\s*", Pattern.DOTALL);
    private static final Pattern TIME = Pattern.compile("\\s*(\\d{2}):(\\d{2})(?::\\d{2}.*|)\\s*", Pattern.DOTALL);
    private static final String NO_DAY = "1970-01-01T";

    private final TemporalField field;

    TimePart(TemporalField field) {
        this.field = field;
    }

    /** In UTC. */
    int of(Instant time) {
        return time.atOffset(ZoneOffset.UTC).get(field);
    }

    /** As it is written, in whatever time zone; empty if the text is no date or has no such part. */
    OptionalInt of(String text) {
        Matcher date = DATE.matcher(text);
        Matcher time = TIME.matcher(text);
        boolean clock = this == MINUTE || this == HOUR;
        if (date.matches() && (!clock || date.group(4) != null)) {
            String hourAndMinute = date.group(4) == null ? "00:00" : date.group(4) + ":" + date.group(5);
            return parsed(date.group(1) + "-" + date.group(2) + "-" + date.group(3) + "T" + hourAndMinute);
        }
        return clock && time.matches() ? parsed(NO_DAY + time.group(1) + ":" + time.group(2)) : OptionalInt.empty();
    }

    private OptionalInt parsed(String text) {
        try {
            return OptionalInt.of(LocalDateTime.parse(text).get(field));
        } catch (DateTimeException noDate) {
            return OptionalInt.empty();
        }
    }

    static boolean isTimeOfRecord(String field) {
        return OF_RECORD.contains(Fold.of(field));
    }

    static Optional<TimePart> named(String modifier) {
        return Arrays.stream(values()).filter(part -> part.name().toLowerCase(Locale.ROOT).equals(modifier)).findAny();
    }
}
