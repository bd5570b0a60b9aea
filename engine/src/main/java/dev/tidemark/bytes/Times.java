package dev.tidemark.bytes;

/** Reads time stamps from bytes without making objects. All times are UTC. */
public final class Times {
    /** No time stamp stands there. */
    public static final long NONE = Long.MIN_VALUE;

    private Times() {}

    /**
     * Milliseconds since 1970 of {@code YYYY-MM-DD}, {@code T} or space, {@code hh:mm:ss}, and a fraction of up to
     * nine digits if one follows; or {@link #NONE}.
     */
    public static long dateTime(byte[] b, int from, int to) {
        if (to - from < 19 || (b[from + 10] != 'T' && b[from + 10] != ' ')) {
            return NONE;
        }
        long day = date(b, from, to);
        long time = timeOfDay(b, from + 11, to);
        return day == NONE || time == NONE ? NONE : day + time;
    }

    /** Milliseconds since 1970 of the midnight that begins {@code YYYY-MM-DD}, or {@link #NONE}. */
    public static long date(byte[] b, int from, int to) {
        if (to - from < 10 || b[from + 4] != '-' || b[from + 7] != '-') {
            return NONE;
        }
        int year = digits(b, from, 4);
        int month = digits(b, from + 5, 2);
        int day = digits(b, from + 8, 2);
        if (year < 1970 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
            return NONE;
        }
        return daysSince1970(year, month, day) * 86_400_000L;
    }

    /** Milliseconds since midnight of {@code hh:mm:ss} with an optional fraction, or {@link #NONE}. */
    public static long timeOfDay(byte[] b, int from, int to) {
        if (to - from < 8 || b[from + 2] != ':' || b[from + 5] != ':') {
            return NONE;
        }
        int hour = digits(b, from, 2);
        int minute = digits(b, from + 3, 2);
        int second = digits(b, from + 6, 2);
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
            return NONE;
        }
        return ((hour * 60L + minute) * 60 + second) * 1000 + fraction(b, from + 8, to);
    }

    static int fraction(byte[] b, int from, int to) {
        int millis = 0;
        if (from < to && b[from] == '.') {
            for (int i = 1, unit = 100; i <= 3 && from + i < to && b[from + i] >= '0' && b[from + i] <= '9'; i++) {
                millis += (b[from + i] - '0') * unit;
                unit /= 10;
            }
        }
        return millis;
    }

    private static int digits(byte[] b, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = b[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static int daysIn(int year, int month) {
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 ? leap ? 29 : 28 : 30 + (month + month / 8) % 2;
    }

    /** Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil. */
    private static long daysSince1970(int year, int month, int day) {
        int y = month <= 2 ? year - 1 : year;
        int era = y / 400;
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }
}
