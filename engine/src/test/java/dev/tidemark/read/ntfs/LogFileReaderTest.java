package dev.tidemark.read.ntfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.read.Collected;
import dev.tidemark.read.Readers;
import dev.tidemark.testing.MadeLog;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogFileReaderTest {
    private static final LogFileReader READER = new LogFileReader();

    private static MadeLog some() {
        return new MadeLog(20).created("2021-03-03T04:05:06.1234567Z", 90, 70, "x.aspx").other(600)
                .renamed("2021-03-03T05:00:00Z", 91, 70, "a.txt", "b.aspx").moved("2021-03-03T06:00:00Z", 92, 70, "same.txt")
                .deleted("2021-03-03T04:05:06.1234567Z", 90, 70, "x.aspx");
    }

    private static List<String> told(Collected read) {
        return read.records.stream().map(r -> r.value("Action") + " " + r.value("FileName")).toList();
    }

    @Test
    void whatCameAndWentIsToldAndWhatWasOnlyMovedIsNot() {
        Collected read = Collected.of(READER, some().bytes());

        assertEquals(List.of(), read.skipped);
        assertEquals(List.of("created x.aspx", "renamed-from a.txt", "renamed-to b.aspx", "deleted x.aspx"), told(read));
        assertEquals("90-1", read.records.get(0).value("FileReference"));
        assertEquals("70-1", read.records.get(0).value("ParentReference"));
        assertEquals("2021-03-03T04:05:06.123456700Z", read.times().get(0));
        assertEquals("2021-03-03T06:00:00Z", read.times().get(3), "no later than what came after it, no earlier than what came before");
        assertEquals("FILE_DELETE CLOSE ABOUT", read.records.get(3).value("Reasons"));
        assertEquals(4, read.facts.size());
    }

    @Test
    void contentTellsTheLog() {
        assertEquals("logfile", Readers.recognise(some().bytes(), "d/x.bin").orElseThrow().source());
        assertEquals("logfile", Readers.recognise(new byte[9000], "c/$logfile").orElseThrow().source());
        assertFalse(READER.recognises("RSTR and other letters".repeat(300).getBytes(StandardCharsets.US_ASCII), "x"));
        assertFalse(READER.recognises(new byte[0], "$logfile"));
    }

    @Test
    void namesForDosAreNoFilesOfTheirOwn() {
        Collected read = Collected.of(READER, new MadeLog(4).came("2021-03-03T04:05:06Z", 90, 70, "long name.aspx")
                .cameShort("2021-03-03T04:05:06Z", 90, 70, "LONGNA~1.ASP").forgotten().bytes());

        assertEquals(List.of("created long name.aspx"), told(read));
    }

    @Test
    void recordsGoOnOverPagesAndTheLogGoesRoundAndRound() {
        MadeLog log = new MadeLog(12);
        for (int i = 0; i < 30; i++) {
            log.created("2021-03-03T04:00:%02dZ".formatted(i), 100 + i, 70, "f" + i + ".aspx").other(i == 20 ? 9_000 : 2_000);
        }

        Collected read = Collected.of(READER, log.bytes());

        List<String> told = told(read);
        assertEquals("created f29.aspx", told.get(told.size() - 1));
        assertTrue(told.size() > 12 && told.size() < 30, told.toString());
        assertEquals(told, java.util.stream.IntStream.range(30 - told.size(), 30).mapToObj(i -> "created f" + i + ".aspx").toList());
    }

    @Test
    void tornPageIsSaidAndTheOthersAreRead() {
        MadeLog log = new MadeLog(12).created("2021-03-03T04:00:00Z", 90, 70, "a.aspx").other(4_000);
        int second = log.at() / 4096 * 4096;
        byte[] b = log.created("2021-03-03T04:00:01Z", 91, 70, "b.aspx").other(6_000).created("2021-03-03T04:00:02Z", 92, 70, "c.aspx").bytes();
        b[second + 510] ^= 1;

        Collected read = Collected.of(READER, b);

        assertEquals(List.of("created a.aspx", "created c.aspx"), told(read));
        assertTrue(read.reasons().contains("1 of its pages are damaged"), read.reasons());
        assertTrue(read.reasons().contains("break off"), read.reasons());
    }

    @Test
    void logOfWhichNobodyKnowsTheLayoutSaysSo() {
        byte[] b = some().bytes();
        Arrays.fill(b, 0, 8192, (byte) 0);

        Collected read = Collected.of(READER, b);

        assertEquals(List.of(), read.records);
        assertTrue(read.reasons().contains("no page tells how its records are numbered"), read.reasons());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 4096, 12_345})
    void logThatIsCutGivesWhatLiesBefore(int step) {
        byte[] whole = some().bytes();
        for (int length = 0; length < whole.length; length += step == 1 ? 97 : step) {
            Collected read = Collected.of(READER, Arrays.copyOf(whole, length));
            assertFalse(read.reasons().contains("threw"), read.reasons());
            assertTrue(read.records.size() <= 4);
        }
    }

    @Test
    void noBytesWhateverBreakTheReader() {
        byte[] whole = some().bytes();
        long seed = 20_210_304;
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            byte[] b = whole.clone();
            for (int i = random.nextInt(8); i >= 0; i--) {
                b[random.nextInt(6 * 4096)] = (byte) random.nextInt();
            }
            READER.recognises(b, "$logfile");
            String reasons = Collected.of(READER, b).reasons();
            assertFalse(reasons.contains("threw"), "seed " + seed + " round " + round + ": " + reasons);
        }
    }
}
