package dev.tidemark.detect;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalField;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A part of a record's time that a rule may ask for, in UTC; weeks are ISO-8601's. */
enum TimePart {
    MINUTE(ChronoField.MINUTE_OF_HOUR), HOUR(ChronoField.HOUR_OF_DAY), DAY(ChronoField.DAY_OF_MONTH),
    WEEK(IsoFields.WEEK_OF_WEEK_BASED_YEAR), MONTH(ChronoField.MONTH_OF_YEAR), YEAR(ChronoField.YEAR);

    private final TemporalField field;

    TimePart(TemporalField field) {
        this.field = field;
    }

    int of(Instant time) {
        return time.atOffset(ZoneOffset.UTC).get(field);
    }

    static Optional<TimePart> named(String modifier) {
        return Arrays.stream(values()).filter(part -> part.name().toLowerCase(Locale.ROOT).equals(modifier)).findAny();
    }
}
