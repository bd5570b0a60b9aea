package dev.tidemark.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.model.Gap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GapsTest {
    /** 2021-03-02T00:00Z in hours since 1970. */
    private static final long DAY = Instant.parse("2021-03-02T00:00:00Z").getEpochSecond() / 3600;

    /** Hours of sources: a source and, from its first hour on, a letter an hour: {@code x} for records, {@code .} for none. */
    private static SortedMap<String, SortedMap<Long, Long>> hours(String... sourceAndHours) {
        SortedMap<String, SortedMap<Long, Long>> hours = new TreeMap<>();
        for (int i = 0; i < sourceAndHours.length; i += 2) {
            SortedMap<Long, Long> own = new TreeMap<>();
            for (int hour = 0; hour < sourceAndHours[i + 1].length(); hour++) {
                if (sourceAndHours[i + 1].charAt(hour) != '.') {
                    own.put(DAY + hour, 10L);
                }
            }
            hours.put(sourceAndHours[i], own);
        }
        return hours;
    }

    private static String found(String... sourceAndHours) {
        return told(new Gaps().find(hours(sourceAndHours)));
    }

    /** {@code httpproxy 9+4}: four hours from the tenth hour on. */
    private static String told(List<Gap> gaps) {
        List<String> told = new ArrayList<>();
        for (Gap gap : gaps) {
            told.add(gap.source() + " " + (gap.interval().from().getEpochSecond() / 3600 - DAY) + "+"
                    + gap.interval().length().toHours());
        }
        return String.join(" ", told);
    }

    private static String full(int hours) {
        return "x".repeat(hours);
    }

    private static String without(int hours, int from, int length) {
        return full(from) + ".".repeat(length) + full(hours - from - length);
    }

    @Test
    void hoursThatAreThereAreNoGap() {
        assertEquals("", found("httpproxy", full(144), "iis", full(144)));
        assertEquals("", found());
        assertEquals("", found("httpproxy", "x"));
        assertEquals("", found("httpproxy", "", "iis", full(10)));
    }

    @Test
    void runOfMissingHoursIsAGapOfExactlyThoseHours() {
        assertEquals("httpproxy 69+9", found("httpproxy", without(144, 69, 9), "iis", full(144)));
        assertEquals("httpproxy 10+2", found("httpproxy", without(144, 10, 2)));
    }

    @Test
    void midnightIsNoBorderOfAGap() {
        assertEquals("iis 22+5", found("iis", without(72, 22, 5)));
    }

    @Test
    void singleHourIsAGapOnlyWhileAnotherLogWentOnAsUsual() {
        assertEquals("", found("httpproxy", without(144, 30, 1)));
        assertEquals("httpproxy 30+1", found("httpproxy", without(144, 30, 1), "iis", full(144)));
        assertEquals("", found("httpproxy", without(144, 30, 1), "iis", without(144, 30, 1)));

        SortedMap<String, SortedMap<Long, Long>> quiet = hours("httpproxy", without(144, 30, 1), "iis", full(144));
        quiet.get("iis").put(DAY + 30, 2L);
        assertEquals("", told(new Gaps().find(quiet)));
    }

    @Test
    void hourThatBothLogsLackIsNoGapOfTheBusierOne() {
        assertEquals("", found("httpproxy", without(48, 20, 1), "iis", without(48, 20, 1)));
        assertEquals("httpproxy 20+2 iis 20+2", found("httpproxy", without(48, 20, 2), "iis", without(48, 20, 2)));
    }

    @Test
    void serverThatRestsAtNightHasNoGaps() {
        assertEquals("", found("iis", (full(14) + "..........").repeat(5)));
        assertEquals("", found("iis", (full(14) + "..........").repeat(5), "httpproxy", (full(15) + ".........").repeat(5)));
        assertEquals("", found("httpproxy", "x...x...x...x".repeat(10), "iis", "x..x..x..x..x".repeat(10)));
    }

    @Test
    void hoursTakenOutThreeTimesAreGapsWhileAnotherLogWentOn() {
        String taken = full(20) + "..." + full(20) + "..." + full(20) + "..." + full(20);

        assertEquals("httpproxy 20+3 httpproxy 43+3 httpproxy 66+3", found("httpproxy", taken, "iis", full(89)));
    }

    @Test
    void restFarLongerThanAnyOtherIsAGapOfAQuietServer() {
        assertEquals("iis 37+23", found("iis", "x..".repeat(13) + ".".repeat(21) + "x..".repeat(13) + "x"));
    }

    @Test
    void sourceThatBeginsLateOrEndsEarlyIsMeasuredByTheOther() {
        assertEquals("httpproxy 0+8", found("httpproxy", ".".repeat(8) + full(40), "iis", full(48)));
        assertEquals("httpproxy 40+8", found("httpproxy", full(40), "iis", full(48)));
        assertEquals("", found("httpproxy", ".....x" + full(42), "iis", full(48)));
        assertEquals("", found("httpproxy", full(40)));
    }

    @Test
    void shortEvidenceWithAHoleHasAGapToo() {
        assertEquals("httpproxy 5+3", found("httpproxy", "xxxxx...xxxxx", "iis", full(13)));
    }

    @ParameterizedTest
    @CsvSource({"48", "144", "720"})
    void anyHoleOfTwoHoursAndMoreIsFoundAlone(int hours) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            int length = 2 + random.nextInt(hours / 3);
            int from = 1 + random.nextInt(hours - length - 2);
            String expected = "httpproxy " + from + "+" + length;
            assertEquals(expected, found("httpproxy", without(hours, from, length)), "seed " + seed);
            assertEquals(expected, found("httpproxy", without(hours, from, length), "iis", full(hours)), "seed " + seed);
        }
    }

    @Test
    void gapsOfRandomHoursAreTrueDisjointAndInOrder() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            String[] logs = {"httpproxy", random(random), "iis", random(random)};
            SortedMap<String, SortedMap<Long, Long>> hours = hours(logs);
            List<Gap> gaps = new Gaps().find(hours);
            TreeSet<String> covered = new TreeSet<>();
            for (Gap gap : gaps) {
                long from = gap.interval().from().getEpochSecond() / 3600;
                long to = gap.interval().to().getEpochSecond() / 3600;
                for (long hour = from; hour < to; hour++) {
                    assertEquals(null, hours.get(gap.source()).get(hour), "a gap has no record; seed " + seed);
                    assertEquals(true, covered.add(gap.source() + hour), "gaps do not overlap; seed " + seed);
                }
            }
            List<Gap> sorted = new ArrayList<>(gaps);
            sorted.sort(java.util.Comparator.comparing(Gap::source).thenComparing(g -> g.interval().from()));
            assertEquals(sorted, gaps, "seed " + seed);
        }
    }

    private static String random(Random random) {
        StringBuilder hours = new StringBuilder();
        while (hours.length() < 60) {
            hours.append((random.nextInt(3) > 0 ? "x" : ".").repeat(1 + random.nextInt(9)));
        }
        return hours.toString();
    }
}
