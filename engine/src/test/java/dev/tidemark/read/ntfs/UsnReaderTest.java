package dev.tidemark.read.ntfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.read.Collected;
import dev.tidemark.read.Readers;
import dev.tidemark.read.RecordSink;
import dev.tidemark.testing.MadeJournal;
import dev.tidemark.testing.MadeTable;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsnReaderTest {
    private static final UsnReader READER = new UsnReader();
    private static final String AUTH = "Program Files\\Exchange\\FrontEnd\\HttpProxy\\owa\\auth";

    private static MadeJournal some(int version) {
        return new MadeJournal(version).created("2021-03-03T04:05:06.1234567Z", 90, 70, "x.aspx")
                .renamed("2021-03-03T05:00:00Z", 91, 70, "a.txt", "b.aspx").deleted("2021-03-04T00:00:00Z", 90, 70, "x.aspx");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void changesAreReadInTheirOrder(int version) {
        Collected read = Collected.of(READER, some(version).bytes());

        assertEquals(List.of(), read.skipped);
        assertEquals(List.of("open", "open", "created", "renamed-from", "open", "renamed-to", "deleted"), read.values("Action"));
        assertEquals("x.aspx", read.records.get(0).value("FileName"));
        assertEquals("DATA_EXTEND FILE_CREATE CLOSE", read.records.get(2).value("Reasons"));
        assertEquals("90-1", read.records.get(2).value("FileReference"));
        assertEquals("70-1", read.records.get(2).value("ParentReference"));
        assertEquals("2021-03-03T04:05:06.123456700Z", read.times().get(0));
        assertEquals("2021-03-04T00:00:00Z", read.summary.last().orElseThrow().toString());
    }

    @Test
    void contentTellsTheJournalAndOnlyZerosNeedAName() {
        assertEquals("usn", Readers.recognise(some(2).bytes(), "d/x.bin").orElseThrow().source());
        byte[] sparse = new MadeJournal().zeros(20).bytes();
        for (String name : new String[] {"c/$extend/$j", "uploads/ntfs/%5c%5c.%5cc%3a/$extend/$usnjrnl%3a$j", "$usnjrnl_$j", "c/$extend/$usnjrnl"}) {
            assertTrue(READER.recognises(sparse, name), name);
        }
        assertFalse(READER.recognises(sparse, "c/pagefile.sys"));
        assertFalse(READER.recognises("To whom it may concern".repeat(9).getBytes(), "$j"));
        assertFalse(READER.recognises(new byte[0], "$j"));
    }

    @Test
    void zerosBetweenTheRecordsAreNoLoss() {
        MadeJournal journal = new MadeJournal().zeros(700);
        for (int i = 0; i < 500; i++) {
            journal.created("2021-03-03T04:05:06Z", 90 + i, 70, "x" + i + ".log");
        }
        journal.zeros(3).deleted("2021-03-04T00:00:00Z", 90, 70, "x0.log");

        Collected read = Collected.of(READER, journal.bytes());

        assertEquals(List.of(), read.skipped);
        assertEquals(1501, read.summary.records());
    }

    @Test
    void damageIsSaidAndTheNextRecordIsFound() {
        byte[] b = some(2).bytes();
        b[4] = 77;

        Collected read = Collected.of(READER, b);

        assertEquals(6, read.records.size());
        assertTrue(read.reasons().contains(" bytes between its records are none"), read.reasons());
    }

    @Test
    void journalThatIsCutAnywhereGivesWhatLiesBefore() {
        byte[] whole = some(2).bytes();
        for (int length = 0; length < whole.length; length++) {
            Collected read = Collected.of(READER, Arrays.copyOf(whole, length));
            assertFalse(read.reasons().contains("threw"), read.reasons());
            assertTrue(read.records.size() <= 7);
        }
    }

    @Test
    void noBytesWhateverBreakTheReader() {
        byte[] whole = some(3).bytes();
        long seed = 20_210_304;
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] b = whole.clone();
            for (int i = random.nextInt(6); i >= 0; i--) {
                b[random.nextInt(b.length)] = (byte) random.nextInt();
            }
            READER.recognises(b, "$j");
            String reasons = Collected.of(READER, b).reasons();
            assertFalse(reasons.contains("threw"), "seed " + seed + " round " + round + ": " + reasons);
        }
    }

    /** What the table and the journal of one drive tell together. */
    private static List<UsnRecord> together(MadeTable table, MadeJournal journal) {
        ChangedFiles changes = new ChangedFiles();
        Collected.of(new MftReader(), table.bytes()).facts.stream().filter(f -> f.fact().equals(RecordSink.FOLDER))
                .forEach(f -> changes.folder("h/C/$MFT", f.value()));
        Collected.of(READER, journal.bytes()).facts.stream().filter(f -> f.fact().equals(RecordSink.FILE_CHANGE))
                .forEach(f -> changes.change("h/C/$Extend/$J", f.value()));
        return changes.resolve().stream().map(ChangedFiles.Resolved::record).toList();
    }

    private static String value(UsnRecord record, String field) {
        return record.value(field).orElse("(absent)");
    }

    @Test
    void tableTellsTheFolderOfAChange() {
        MadeTable table = new MadeTable();
        int auth = table.folders(AUTH);
        MadeJournal journal = new MadeJournal().created("2021-03-03T04:05:06Z", 90, auth, "x.aspx")
                .renamed("2021-03-03T05:00:00Z", 91, auth, "a.txt", "logon.aspx").deleted("2021-03-04T00:00:00Z", 90, auth, "x.aspx");

        List<UsnRecord> told = together(table, journal);

        told = told.stream().filter(r -> !value(r, "FileName").equals("a.txt")).toList();
        assertEquals(List.of("created", "renamed-to", "deleted"), told.stream().map(r -> value(r, "Action")).toList());
        assertEquals("C:\\" + AUTH + "\\x.aspx", value(told.get(0), "Path"));
        assertEquals("false", value(told.get(0), "ProductPage"));
        assertEquals("a.txt", value(told.get(1), "OldName"));
        assertEquals("true", value(told.get(1), "ProductPage"));
        assertEquals("2021-03-03T04:05:06.0000000Z", value(told.get(2), "Created"));
    }

    @Test
    void folderThatOnlyTheJournalSawIsKnownByIt() {
        MadeTable table = new MadeTable();
        int root = table.folders("inetpub\\wwwroot\\aspnet_client");
        MadeJournal journal = new MadeJournal().madeFolder("2021-03-03T04:05:06Z", 5000, root, "sub")
                .created("2021-03-03T04:05:07Z", 5001, 5000, "x.aspx").created("2021-03-03T04:05:08Z", 5002, 4999, "y.aspx");

        List<UsnRecord> told = together(table, journal);

        assertEquals(List.of("C:\\inetpub\\wwwroot\\aspnet_client\\sub\\x.aspx"), told.stream().map(r -> value(r, "Path")).toList());
    }

    @Test
    void pagesThatCameAreCountedApartFromThoseThatWent() {
        MadeTable table = new MadeTable();
        int auth = table.folders(AUTH);
        MadeJournal journal = new MadeJournal().deleted("2021-03-03T04:00:00Z", 80, auth, "logon.aspx")
                .deleted("2021-03-03T04:00:00Z", 81, auth, "logoff.aspx").created("2021-03-03T04:01:00Z", 82, auth, "x.aspx");

        UsnRecord came = together(table, journal).get(2);

        assertEquals("1", value(came, "PagesAtOnce"));
        assertEquals("0", value(came, "ProductPagesAtOnce"));
    }
}
