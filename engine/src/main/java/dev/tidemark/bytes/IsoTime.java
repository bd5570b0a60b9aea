package dev.tidemark.bytes;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;

/** Writes times of UTC as ISO 8601 has them, by hand: every event has one, and a formatter takes detours. */
public final class IsoTime {
    private IsoTime() {}

    /** True if the year has the four digits that {@link #text} writes. */
    public static boolean fits(LocalDateTime time) {
        return time.getYear() >= 0 && time.getYear() <= 9999;
    }

    /** {@code 2021-03-03T04:05:06.123Z} of a fraction of 123 in three decimals; the time's own fraction does not count. */
    public static String text(LocalDateTime time, int fraction, int decimals) {
        byte[] text = "0000-00-00T00:00:00.".getBytes(StandardCharsets.ISO_8859_1);
        int whole = text.length;
        text = Arrays.copyOf(text, whole + decimals + 1);
        digits(time.getYear(), 4, text, 0);
        digits(time.getMonthValue(), 2, text, 5);
        digits(time.getDayOfMonth(), 2, text, 8);
        digits(time.getHour(), 2, text, 11);
        digits(time.getMinute(), 2, text, 14);
        digits(time.getSecond(), 2, text, 17);
        digits(fraction, decimals, text, whole);
        text[whole + decimals] = 'Z';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    static void digits(int number, int count, byte[] to, int at) {
        int rest = number;
        for (int i = at + count - 1; i >= at; i--) {
            to[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
