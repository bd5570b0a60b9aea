package dev.tidemark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.bytes.LineFilter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every reader of a text log owes, whatever the format; a reader's own test adds the facts of its format. */
public abstract class ReaderContract {
    protected abstract LogReader reader();

    /** A small log as the product writes it, with LF and a line feed at its end; a few records, each told from others. */
    protected abstract String sample();

    /** The separator of two values of a record. */
    protected abstract String separator();

    protected final Collected read(String text) {
        return Collected.of(reader(), text);
    }

    private byte[] bytes() {
        return sample().getBytes(StandardCharsets.UTF_8);
    }

    /** The sample with {@code what} put before the last separator of its last record. */
    private String inLastRecord(String what) {
        int at = sample().lastIndexOf(separator());
        return sample().substring(0, at) + what + sample().substring(at);
    }

    @Test
    void sampleIsReadInFull() {
        Collected read = read(sample());

        assertEquals(List.of(), read.skipped);
        assertTrue(read.records.size() >= 3, "a sample has some records");
        assertEquals(read.records.size(), read.summary.records());
        for (Collected.Seen record : read.records) {
            assertTrue(record.time().isPresent(), record.text());
            assertTrue(sample().split("\n")[(int) record.line() - 1].startsWith(record.text().split("\n")[0]));
        }
    }

    @Test
    void contentTellsTheSourceWhateverTheFileIsCalled() {
        assertTrue(reader().recognises(bytes(), "d/moved/x.txt"));
        assertEquals(reader().source(), Readers.recognise(bytes(), "d/moved/x.txt").orElseThrow().source());
        byte[] wide = ("\uFEFF" + sample()).getBytes(StandardCharsets.UTF_16LE);
        assertEquals(reader().source(), Readers.recognise(wide, "d/moved/x.txt").orElseThrow().source());
        assertFalse(reader().recognises("To whom it may concern\n".getBytes(StandardCharsets.UTF_8), "letter.txt"));
        assertFalse(reader().recognises(new byte[0], "empty.txt"));
    }

    @Test
    void archiveThatHoldsTheLogUnpackedIsNotTheLog() {
        String tar = "x.log" + "\0".repeat(252) + "ustar\00000" + "\0".repeat(247);

        assertFalse(reader().recognises((tar + sample()).getBytes(StandardCharsets.UTF_8), "all.tar"));
        assertFalse(reader().recognises(("PK\3\4" + "\0".repeat(26) + "x" + sample()).getBytes(StandardCharsets.UTF_8),
                "all.zip"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 8, 9, 64, 1000})
    void pieceSizeOfTheStreamNeverChangesTheRecords(int piece) {
        Collected whole = read(sample());
        Collected pieces = Collected.of(reader(), Streams.chunked(bytes(), piece), LineFilter.ALL);

        assertEquals(whole.records, pieces.records);
        assertEquals(whole.facts, pieces.facts);
        assertEquals(whole.skipped, pieces.skipped);
        assertEquals(whole.summary, pieces.summary);
    }

    @Test
    void lineEndsAndByteOrderMarksChangeNothing() {
        List<Collected.Seen> plain = read(sample()).records;
        String crlf = sample().replace("\n", "\r\n");

        assertEquals(plain, withoutReturns(read(crlf).records));
        assertEquals(plain, read("\uFEFF" + sample()).records);
        for (String text : List.of(sample(), crlf)) {
            for (Charset wide : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
                assertEquals(plain, withoutReturns(Collected.of(reader(), ("\uFEFF" + text).getBytes(wide)).records));
                assertEquals(plain, withoutReturns(Collected.of(reader(), text.getBytes(wide)).records));
            }
        }
    }

    /** A line break inside a quoted value is part of the value and stays as it was written. */
    private static List<Collected.Seen> withoutReturns(List<Collected.Seen> records) {
        return records.stream().map(r -> {
            Map<String, String> values = new java.util.LinkedHashMap<>();
            r.values().forEach((k, v) -> values.put(k, v.replace("\r\n", "\n")));
            return new Collected.Seen(r.line(), r.time(), values, r.text().replace("\r\n", "\n"));
        }).toList();
    }

    @Test
    void loneReturnIsNoLineEnd() {
        List<Collected.Seen> records = read(inLastRecord("\r")).records;

        assertEquals(read(sample()).lines(), records.stream().map(Collected.Seen::line).toList());
    }

    @Test
    void fileWithNoOtherLineEndThanReturnIsToldNotPassedOver() {
        Collected read = read(sample().replace("\n", "\r"));

        assertEquals(List.of(), read.records);
        assertFalse(read.skipped.isEmpty());
    }

    @Test
    void logsJoinedEndToEndAreReadWithTheirMarks() {
        Collected twice = read("\uFEFF" + sample() + "\uFEFF" + sample());
        int records = read(sample()).records.size();
        long lines = sample().lines().count();

        assertEquals(List.of(), twice.skipped);
        assertEquals(2 * records, twice.records.size());
        for (int i = 0; i < records; i++) {
            assertEquals(twice.records.get(i).values(), twice.records.get(records + i).values());
            assertEquals(twice.records.get(i).line() + lines, twice.records.get(records + i).line());
        }
    }

    @Test
    void oldCodePageIsReadAndLosesNoLine() {
        Collected read = Collected.of(reader(), inLastRecord("\u00fc").getBytes(Charset.forName("windows-1252")));

        assertEquals(read(sample()).lines(), read.lines());
        assertTrue(read.records.get(read.records.size() - 1).text().contains("\u00fc"));
    }

    @Test
    void fileCutAnywhereGivesTheRecordsBeforeTheCutAndTellsTheLoss() {
        byte[] whole = bytes();
        List<Collected.Seen> all = read(sample()).records;
        TreeMap<Integer, Integer> recordsBefore = ends(all);
        for (int cut = 0; cut < whole.length; cut++) {
            Collected part = Collected.of(reader(), Arrays.copyOf(whole, cut));
            int complete = recordsBefore.floorEntry(cut).getValue();
            assertTrue(part.records.size() >= complete, "cut at " + cut);
            assertEquals(all.subList(0, complete), part.records.subList(0, complete), "cut at " + cut);
            assertTrue(part.records.size() <= complete + 1, "cut at " + cut);
            boolean lost = complete < all.size() && !recordsBefore.containsKey(cut)
                    && lostAColumn(all.get(complete), whole, recordsBefore.floorKey(cut), cut);
            if (lost) {
                assertTrue(part.reasons().contains("cut") || part.reasons().contains("no records"),
                        "cut at " + cut + ": " + part.reasons());
            }
        }
    }

    /** Bytes to the end of each record (its line end not counted) → how many records end there or before. */
    private TreeMap<Integer, Integer> ends(List<Collected.Seen> all) {
        String[] lines = sample().split("\n", -1);
        TreeMap<Integer, Integer> ends = new TreeMap<>(Map.of(0, 0));
        for (int i = 0; i < all.size(); i++) {
            int line = (int) all.get(i).line() - 1;
            int last = line + (int) all.get(i).text().lines().count();
            int bytes = String.join("\n", Arrays.asList(lines).subList(0, last)).getBytes(StandardCharsets.UTF_8).length;
            ends.put(bytes, i + 1);
            ends.put(bytes + 1, i + 1);
        }
        return ends;
    }

    /** True if the cut leaves a begun record without its last column: less than that nobody can see. */
    private boolean lostAColumn(Collected.Seen record, byte[] whole, int from, int cut) {
        String begun = new String(whole, from, cut - from, StandardCharsets.UTF_8);
        int at = begun.indexOf(record.text().substring(0, Math.min(28, record.text().length())));
        return at >= 0 && separators(begun.substring(at)) < separators(record.text());
    }

    private long separators(String record) {
        boolean quoted = false;
        long count = 0;
        for (char c : record.toCharArray()) {
            quoted ^= c == '"';
            count += !quoted && c == separator().charAt(0) ? 1 : 0;
        }
        return count;
    }

    @Test
    void streamThatBreaksOffIsReadAsFarAsItGoes() {
        byte[] whole = bytes();
        List<Collected.Seen> all = read(sample()).records;
        for (int cut = 0; cut < whole.length; cut += 7) {
            Collected part = Collected.of(reader(), Streams.breaking(Arrays.copyOf(whole, cut), "bad sector"),
                    LineFilter.ALL);
            int complete = ends(all).floorEntry(Math.max(0, cut - 1)).getValue();
            assertEquals(all.subList(0, complete), part.records.subList(0, complete), "cut at " + cut);
            assertTrue(part.reasons().contains("bad sector"), part.reasons());
        }
    }

    @Test
    void damagedBytesAreNeverAnException() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] whole = bytes();
        for (int round = 0; round < 400; round++) {
            byte[] damaged = damaged(whole, random);
            try {
                Collected a = Collected.of(reader(), damaged);
                Collected b = Collected.of(reader(), Streams.chunked(damaged, 1 + random.nextInt(50)), LineFilter.ALL);
                assertEquals(a.records, b.records);
                assertEquals(a.skipped, b.skipped);
                assertFalse(a.reasons().contains("threw"));
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    private static byte[] damaged(byte[] whole, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            int next = at + random.nextInt(Math.max(1, whole.length - at));
            out.write(whole, at, next - at);
            at = next;
            switch (random.nextInt(5)) {
                case 0 -> out.write(random.nextInt());
                case 1 -> out.writeBytes(new byte[random.nextInt(40)]);
                case 2 -> at = Math.min(whole.length, at + random.nextInt(200));
                case 3 -> out.write("\",'\n\r# ;%".charAt(random.nextInt(9)));
                default -> out.write(whole, 0, random.nextInt(whole.length));
            }
        }
        out.write(whole, at, whole.length - at);
        return out.toByteArray();
    }

    @Test
    void zerosThatAPowerLossLeftAreToldWhereverTheyStand() {
        byte[] whole = bytes();
        int lastLine = sample().stripTrailing().lastIndexOf('\n') + 1;
        for (int at : List.of(whole.length, lastLine, lastLine + 30)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(whole, 0, at);
            out.writeBytes(new byte[4096]);
            Collected read = Collected.of(reader(), out.toByteArray());

            assertTrue(read.reasons().contains("4096 NUL bytes"), at + ": " + read.reasons());
            int before = at == whole.length ? 0 : 1;
            List<Collected.Seen> all = read(sample()).records;
            assertEquals(all.subList(0, all.size() - before), read.records.subList(0, all.size() - before));
        }
    }

    @Test
    void whatIsWrittenAfterZerosIsRead() {
        String header = sample();
        Collected read = read(header + "\0".repeat(4096) + header);

        assertEquals(2 * read(header).records.size(), read.records.size());
        assertTrue(read.reasons().contains("4096 NUL bytes"), read.reasons());
    }

    @Test
    void endlessLineCostsNeitherMemoryNorItsNeighbours() {
        assertLineOf(64L << 20);
    }

    protected final void assertLineOf(long lineBytes) {
        byte[] before = bytes();
        String again = sample();
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        List<Long> lines = new ArrayList<>();
        Collected told = new Collected();
        RecordSink sink = new RecordSink() {
            @Override
            public void record(Record record) {
                lines.add(record.line());
            }

            @Override
            public void skipped(dev.tidemark.model.Skipped what) {
                told.skipped(what);
            }

            @Override
            public void observed(String fact, String value, java.time.Instant time, dev.tidemark.model.Place place) {}
        };
        try {
            reader().read(Streams.around(before, 'a', lineBytes, ("\n" + again).getBytes(StandardCharsets.UTF_8)),
                    Collected.PATH, LineFilter.ALL, sink);
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }

        List<Long> once = read(sample()).lines();
        long shift = sample().lines().count() + 1;
        assertEquals(once, lines.subList(0, once.size()));
        assertEquals(once.stream().map(line -> line + shift).toList(), lines.subList(lines.size() - once.size(), lines.size()));
        assertTrue(told.reasons().contains("is longer than"), told.reasons());
        assertTrue(threads.getCurrentThreadAllocatedBytes() - allocated < 256L << 20);
    }
}
