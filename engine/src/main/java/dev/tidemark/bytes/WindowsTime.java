package dev.tidemark.bytes;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Windows' FILETIME: 100 nanoseconds each since 1601-01-01T00:00Z.
 *
 * <p>Source: [MS-DTYP] 2.3.3 "FILETIME". The date: E. Reingold, N. Dershowitz, "Calendrical Calculations", Gregorian.
 */
public final class WindowsTime {
    /** Bytes of a time as text: {@code 2021-03-03T04:05:06.1234567Z}. */
    public static final int TEXT = 28;

    private static final long TICKS_A_SECOND = 10_000_000L;
    private static final long SECONDS_TO_1970 = 11_644_473_600L;
    private static final long SECONDS_A_DAY = 86_400L;
    /** 9999-12-31T23:59:59.9999999Z. */
    private static final long LATEST = 2_650_467_743_999_999_999L;

    private WindowsTime() {}

    /** False for 0, which means that there is none, and for what no clock shows. */
    public static boolean known(long ticks) {
        return ticks > 0 && ticks <= LATEST;
    }

    public static Optional<Instant> instant(long ticks) {
        return known(ticks) ? Optional.of(Instant.ofEpochSecond(ticks / TICKS_A_SECOND - SECONDS_TO_1970,
                ticks % TICKS_A_SECOND * 100)) : Optional.empty();
    }

    /** Milliseconds since 1970, or {@link Times#NONE}. */
    public static long millis(long ticks) {
        return known(ticks) ? ticks / 10_000 - SECONDS_TO_1970 * 1000 : Times.NONE;
    }

    /** True if it falls on a whole second, as a time that somebody set does and one that a clock gave nearly never. */
    public static boolean wholeSecond(long ticks) {
        return ticks % TICKS_A_SECOND == 0;
    }

    /** Whole hours from one to the other, negative if it lies before. */
    public static long hours(long from, long to) {
        return (to - from) / (3600 * TICKS_A_SECOND);
    }

    /** {@code 2021-03-03T04:05:06.1234567Z}, always with seven decimals; empty if the time is unknown. */
    public static String text(long ticks) {
        byte[] text = new byte[TEXT];
        return new String(text, 0, put(ticks, text, 0), StandardCharsets.US_ASCII);
    }

    /** Writes the same into {@code to} and gives the number of bytes, {@link #TEXT} or 0. */
    public static int put(long ticks, byte[] to, int at) {
        if (!known(ticks)) {
            return 0;
        }
        long seconds = ticks / TICKS_A_SECOND;
        date(seconds / SECONDS_A_DAY, to, at);
        int ofDay = (int) (seconds % SECONDS_A_DAY);
        to[at + 10] = 'T';
        IsoTime.digits(ofDay / 3600, 2, to, at + 11);
        to[at + 13] = ':';
        IsoTime.digits(ofDay / 60 % 60, 2, to, at + 14);
        to[at + 16] = ':';
        IsoTime.digits(ofDay % 60, 2, to, at + 17);
        to[at + 19] = '.';
        IsoTime.digits((int) (ticks % TICKS_A_SECOND), 7, to, at + 20);
        to[at + 27] = 'Z';
        return TEXT;
    }

    /** @param days since 1601-01-01, which begins a cycle of 400 years; a year is counted from March here */
    private static void date(long days, byte[] to, int at) {
        long fromMarch = days + 306;
        long cycle = fromMarch / 146_097;
        int ofCycle = (int) (fromMarch % 146_097);
        int yearOfCycle = (ofCycle - ofCycle / 1460 + ofCycle / 36_524 - ofCycle / 146_096) / 365;
        int ofYear = ofCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100);
        int month = (5 * ofYear + 2) / 153;
        int day = ofYear - (153 * month + 2) / 5 + 1;
        int year = (int) (1600 + cycle * 400 + yearOfCycle + (month >= 10 ? 1 : 0));
        IsoTime.digits(year, 4, to, at);
        to[at + 4] = '-';
        IsoTime.digits(month < 10 ? month + 3 : month - 9, 2, to, at + 5);
        to[at + 7] = '-';
        IsoTime.digits(day, 2, to, at + 8);
    }
}
