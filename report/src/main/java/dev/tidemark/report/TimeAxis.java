package dev.tidemark.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Maps a span of time to shares of a picture's width, 0 to 100, with ticks at times that people name. */
record TimeAxis(Instant from, Instant to) {
    private static final double LEFT = 1.5;
    private static final double RIGHT = 98.5;
    private static final int MOST_TICKS = 9;
    private static final long[] STEP_SECONDS = {1, 5, 15, 30, 60, 300, 900, 1_800, 3_600, 3 * 3_600, 6 * 3_600,
        12 * 3_600, 86_400, 2 * 86_400, 4 * 86_400, 7 * 86_400, 14 * 86_400};
    private static final int[] STEP_MONTHS = {1, 2, 3, 6, 12, 24, 60, 120, 600, 1_200, 12_000, 120_000};
    private static final DateTimeFormatter CLOCK = When.formatter("HH:mm");
    private static final DateTimeFormatter CLOCK_SECONDS = When.formatter("HH:mm:ss");
    private static final DateTimeFormatter DAY = When.formatter("d MMM");
    private static final DateTimeFormatter MONTH = When.formatter("MMM");
    private static final DateTimeFormatter DAY_YEAR = When.formatter("d MMM uuuu");
    private static final DateTimeFormatter YEAR = When.formatter("uuuu");

    /** @param context second line of the label, empty where it is that of the tick before */
    record Tick(double x, String label, String context) {}

    /** An axis over the span with some margin on either side. */
    static TimeAxis around(Instant first, Instant last) {
        Duration span = Duration.between(first, last);
        Duration least = span.isZero() ? Duration.ofSeconds(30) : Duration.ofSeconds(1);
        Duration margin = span.dividedBy(40).compareTo(least) > 0 ? span.dividedBy(40) : least;
        return new TimeAxis(first.minus(margin), last.plus(margin));
    }

    /** Where the time stands; what lies outside the axis stands at its end. */
    double x(Instant time) {
        double share = (double) Duration.between(from, time).toMillis() / Duration.between(from, to).toMillis();
        return LEFT + Math.max(0, Math.min(1, share)) * (RIGHT - LEFT);
    }

    List<Tick> ticks() {
        long seconds = Duration.between(from, to).toSeconds();
        for (long step : STEP_SECONDS) {
            if (seconds / step < MOST_TICKS) {
                return secondTicks(step);
            }
        }
        for (int step : STEP_MONTHS) {
            if (seconds / (step * 30L * 86_400) < MOST_TICKS) {
                return monthTicks(step);
            }
        }
        return List.of();
    }

    private List<Tick> secondTicks(long step) {
        List<Tick> ticks = new ArrayList<>();
        DateTimeFormatter format = step < 60 ? CLOCK_SECONDS : step < 86_400 ? CLOCK : DAY;
        DateTimeFormatter contextFormat = step < 86_400 ? DAY_YEAR : YEAR;
        String before = "";
        long first = Math.floorDiv(from.getEpochSecond() + step - 1, step) * step;
        for (long at = first; at <= to.getEpochSecond(); at += step) {
            Instant time = Instant.ofEpochSecond(at);
            String context = contextFormat.format(time);
            ticks.add(new Tick(x(time), format.format(time), context.equals(before) ? "" : context));
            before = context;
        }
        return ticks;
    }

    private List<Tick> monthTicks(int step) {
        List<Tick> ticks = new ArrayList<>();
        ZonedDateTime at = from.atZone(ZoneOffset.UTC).truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
        int months = at.getYear() * 12 + at.getMonthValue() - 1;
        at = at.plusMonths(Math.floorMod(-months, step));
        String before = "";
        for (; !at.toInstant().isAfter(to); at = at.plusMonths(step)) {
            if (at.toInstant().isBefore(from)) {
                continue;
            }
            String year = YEAR.format(at);
            ticks.add(step < 12 ? new Tick(x(at.toInstant()), MONTH.format(at), year.equals(before) ? "" : year)
                    : new Tick(x(at.toInstant()), year, ""));
            before = year;
        }
        return ticks;
    }
}
