package dev.tidemark.read.ntfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.acquire.EvidenceFile;
import dev.tidemark.bytes.LineFilter;
import dev.tidemark.bytes.WindowsTime;
import dev.tidemark.model.Place;
import dev.tidemark.read.Collected;
import dev.tidemark.read.Readers;
import dev.tidemark.read.RecordSink;
import dev.tidemark.testing.MadeTable;
import dev.tidemark.testing.MadeTable.Record;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MftReaderTest {
    private static final String AUTH = "Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth";

    private static final MftReader READER = new MftReader();

    private final MadeTable table = new MadeTable();

    private Collected read() {
        return Collected.of(READER, table.bytes());
    }

    private Collected.Seen only(String name) {
        List<Collected.Seen> found = read().records.stream().filter(r -> r.value("FileName").equals(name)).toList();
        assertEquals(1, found.size(), name);
        return found.get(0);
    }

    @Test
    void contentTellsTheTableWhateverItIsCalled() {
        assertEquals("mft", Readers.recognise(table.bytes(), "d/x.bin").orElseThrow().source());
        assertFalse(READER.recognises("FILE of letters".getBytes(), "$mft"));
        assertFalse(READER.recognises(("FILE " + "letters ".repeat(200)).getBytes(), "$mft"));
    }

    @Test
    void pathIsThatOfTheFoldersAbove() {
        table.file(AUTH, new Record("logon.aspx"));

        assertEquals("\\" + AUTH + "\\logon.aspx", only("logon.aspx").value("Path").replaceFirst("^C:", ""));
        assertEquals("true", only("logon.aspx").value("ProductPage"));
    }

    @Test
    void folderThatComesBehindItsFileIsKnownAllTheSame() {
        table.put(40, new Record("a.txt").in(50, 1)).put(50, new Record("late").folder().in(51, 3))
                .put(51, new Record("later").folder().sequence(3));

        assertEquals("\\later\\late\\a.txt", only("a.txt").value("Path").replaceFirst("^C:", ""));
    }

    @Test
    void folderWhoseRecordWasUsedAgainIsNotTheFilesFolder() {
        table.put(50, new Record("other").folder().sequence(4)).put(51, new Record("a.txt").in(50, 3).deleted());

        assertTrue(only("a.txt").value("Path").endsWith("\\$Orphan\\a.txt"));
    }

    @Test
    void deletedFolderStillNamesItsDeletedFiles() {
        table.put(50, new Record("gone").folder().sequence(4).deleted()).put(51, new Record("a.txt").in(50, 4).deleted());

        assertTrue(only("a.txt").value("Path").endsWith("\\gone\\a.txt"));
        assertEquals("false", only("a.txt").value("InUse"));
    }

    @Test
    void foldersThatNameEachOtherEndNoScan() {
        table.put(50, new Record("a").folder().in(51, 1)).put(51, new Record("b").folder().in(50, 1))
                .put(52, new Record("x.txt").in(50, 1));

        assertTrue(only("x.txt").value("Path").contains("$Orphan"));
    }

    @Test
    void longNameComesBeforeThatOfDos() {
        table.add(new Record("long name.aspx").dosName("LONGNA~1.ASP"));

        assertEquals(1, read().records.stream().filter(r -> r.value("FileName").equals("long name.aspx")).count());
    }

    @Test
    void nameThatLiesInAnotherRecordIsFound() {
        table.put(50, new Record("unused").nameless()).put(90, new Record("far.aspx").extending(50))
                .put(51, new Record("unused").folder().nameless()).put(91, new Record("farther").extending(51))
                .put(52, new Record("x.txt").in(51, 1));

        assertEquals("50", only("far.aspx").value("RecordNumber"));
        assertTrue(only("x.txt").value("Path").endsWith("\\farther\\x.txt"));
    }

    @Test
    void timesAreWrittenAsJavaWritesThem() {
        long seed = 1601;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            long ticks = random.nextLong(1, 2_650_467_743_999_999_999L) / 10_000_000 * 10_000_000;
            String java = WindowsTime.instant(ticks).orElseThrow().toString();
            assertEquals(java, WindowsTime.text(ticks).replace(".0000000Z", "Z"), "seed " + seed);
        }
        assertEquals("", WindowsTime.text(0));
        assertEquals("", WindowsTime.text(-1));
    }

    @Test
    void timesOfBothAttributesAreTold() {
        table.add(new Record("a.aspx").created("2016-07-16T13:18:00Z").nameCreated("2021-03-03T04:05:06.7654321Z"));

        Collected.Seen a = only("a.aspx");
        assertEquals("2016-07-16T13:18:00.0000000Z", a.value("Created"));
        assertEquals("2021-03-03T04:05:06.7654321Z", a.value("NameCreated"));
        assertEquals("2021-03-03T04:05:06.765432100Z", a.time().orElseThrow().toString());
        assertEquals("40574", a.value("CreatedEarlierHours"));
        assertEquals("true", a.value("WholeSecond"));
    }

    @Test
    void pagesThatCameAtOnceAreCounted() {
        for (String page : new String[] {"logon", "logoff", "error"}) {
            table.file(AUTH, new Record(page + ".aspx").at("2021-03-02T10:00:00.5Z"));
        }
        table.file(AUTH, new Record("x.aspx").at("2021-03-02T10:09:00.5Z"));
        table.file(AUTH, new Record("y.aspx").at("2021-03-02T11:00:00.5Z"));

        assertEquals("4", only("x.aspx").value("PagesAtOnce"));
        assertEquals("3", only("x.aspx").value("ProductPagesAtOnce"));
        assertEquals("1", only("y.aspx").value("PagesAtOnce"));
        assertEquals("0", only("y.aspx").value("ProductPagesAtOnce"));
    }

    @Test
    void smallPageIsTakenOutWhole() throws IOException {
        int number = table.file(AUTH, new Record("x.aspx").content("<% inert %>").deleted());
        List<String> files = new ArrayList<>();
        RecordSink sink = new RecordSink() {
            @Override
            public void record(dev.tidemark.read.Record record) {}

            @Override
            public void skipped(dev.tidemark.model.Skipped skipped) {}

            @Override
            public void observed(String fact, String value, java.time.Instant time, Place place) {}

            @Override
            public void file(EvidenceFile file, Place place) {
                files.add(file.path() + " " + file.size() + " " + place);
            }
        };

        READER.read(new ByteArrayInputStream(table.bytes()), "h/C/$MFT", LineFilter.ALL, sink);

        assertEquals(List.of("h/C/" + AUTH.replace('\\', '/') + "/x.aspx 11 h/C/$MFT record " + number), files);
    }

    @Test
    void tornRecordIsLeftOutAndSaid() {
        int torn = table.add(new Record("torn.txt"));
        table.add(new Record("good.txt"));

        Collected read = Collected.of(READER, table.torn(torn));

        assertEquals(List.of("$MFT", "", "good.txt"), read.values("FileName"));
        assertTrue(read.reasons().contains("1 of 66 records are damaged"), read.reasons());
    }

    @Test
    void tableThatIsCutAnywhereGivesWhatLiesBefore() {
        table.file(AUTH, new Record("logon.aspx"));
        byte[] whole = table.bytes();
        for (int length = whole.length - 3000; length < whole.length; length += 111) {
            Collected read = Collected.of(READER, Arrays.copyOf(whole, length));
            assertEquals(length % 1024 != 0, read.reasons().contains("it ends within record"), read.reasons());
        }
    }

    @Test
    void noBytesWhateverBreakTheReader() {
        table.file(AUTH, new Record("logon.aspx").content("x".repeat(300)).dosName("LOGON~1.ASP"));
        byte[] whole = Arrays.copyOfRange(table.bytes(), 60 * 1024, table.bytes().length);
        long seed = 20_210_303;
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] b = whole.clone();
            int record = random.nextInt(b.length / 1024) * 1024;
            for (int i = random.nextInt(6); i >= 0; i--) {
                b[record + random.nextInt(random.nextBoolean() ? 0x80 : 500)] = (byte) random.nextInt();
            }
            String reasons = Collected.of(READER, b).reasons();
            assertFalse(reasons.contains("threw"), "seed " + seed + " round " + round + ": " + reasons);
        }
    }
}
