package dev.tidemark.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times as a reader of the report sees them: always UTC. */
final class When {
    private static final DateTimeFormatter DATE = formatter("uuuu-MM-dd");
    private static final DateTimeFormatter LONG_DATE = formatter("d MMMM uuuu");
    private static final DateTimeFormatter LONG_MINUTES = formatter("d MMMM uuuu, HH:mm");
    private static final DateTimeFormatter CLOCK = formatter("HH:mm:ss");
    private static final DateTimeFormatter MILLIS = formatter("HH:mm:ss.SSS");
    private static final DateTimeFormatter SECONDS = formatter("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter MINUTES = formatter("uuuu-MM-dd HH:mm");

    private When() {}

    static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }

    static String date(Instant time) {
        return DATE.format(time);
    }

    static String longDate(Instant time) {
        return LONG_DATE.format(time);
    }

    static String longMinutes(Instant time) {
        return LONG_MINUTES.format(time);
    }

    static String clock(Instant time) {
        return CLOCK.format(time);
    }

    static String millis(Instant time) {
        return MILLIS.format(time);
    }

    static String seconds(Instant time) {
        return SECONDS.format(time);
    }

    static String minutes(Instant time) {
        return MINUTES.format(time);
    }

    /** {@code 2 days 4 hours}: the two largest units, rounded down. */
    static String length(Duration duration) {
        long days = duration.toDays();
        if (days > 0) {
            return units(days, "day", duration.toHoursPart(), "hour");
        }
        if (duration.toHours() > 0) {
            return units(duration.toHours(), "hour", duration.toMinutesPart(), "minute");
        }
        return units(duration.toMinutes(), "minute", duration.toSecondsPart(), "second");
    }

    private static String units(long large, String largeName, long small, String smallName) {
        String first = large == 0 ? "" : counted(large, largeName);
        String second = small == 0 && large > 0 ? "" : counted(small, smallName);
        return (first + " " + second).strip();
    }

    static String counted(long count, String noun) {
        return Words.number(count) + " " + noun + (count == 1 ? "" : "s");
    }
}
