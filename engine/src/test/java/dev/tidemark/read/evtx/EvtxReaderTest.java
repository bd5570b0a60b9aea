package dev.tidemark.read.evtx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.Record;
import dev.tidemark.read.RecordSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class EvtxReaderTest {
    private static final Instant TIME = Instant.parse("2021-03-03T04:05:06.789Z");

    /** What a reader handed out: each event as its text, and what was lost or observed. */
    private static class Seen implements RecordSink {
        private final List<String> events = new ArrayList<>();
        private final List<String> lost = new ArrayList<>();
        private final List<String> observed = new ArrayList<>();

        @Override
        public void record(Record record) {
            // every way to ask has to stand whatever the bytes are
            record.fields().forEach(f -> record.spellings(f).forEach(String::length));
            ((EvtxEvent) record).xml();
            events.add(record.recordId().orElseThrow() + " " + record.text());
        }

        @Override
        public void skipped(Skipped skipped) {
            lost.add(skipped.why());
        }

        @Override
        public void observed(String fact, String value, Instant time, Place place) {
            observed.add(fact + " " + value);
        }
    }

    private static Seen read(byte[] log, EvtxReader.Depth depth) {
        Seen seen = new Seen();
        new EvtxReader(depth).read(new ByteArrayInputStream(log), "Made.evtx", LineFilter.ALL, seen);
        return seen;
    }

    private static byte[] threeEvents() {
        return new MadeLog().chunk(new MadeLog.Chunk().event(41, TIME, 1, "C:\\a.exe", "one", "two")
                .event(42, TIME.plusSeconds(1), 1, "C:\\b & <b>.exe").event(43, TIME.plusSeconds(2), 11, "")).bytes();
    }

    @Test
    void eventTellsItsFieldsByTheirNames() {
        List<Record> records = new ArrayList<>();
        Seen seen = new Seen() {
            @Override
            public void record(Record record) {
                records.add(record);
                assertEquals("1", record.value("EventID").orElseThrow());
                assertEquals("Made", record.value("provider_name").orElseThrow());
                assertEquals("Made/Operational", record.value("Channel").orElseThrow());
                assertEquals("C:\\a.exe", record.value("Image").orElseThrow());
                assertEquals(List.of("one", "two", "one\ntwo"), record.spellings("Data"));
                assertEquals("two", record.value("Data[1]").orElseThrow());
                assertTrue(record.value("Data[2]").isEmpty());
                assertTrue(record.value("CommandLine").isEmpty(), "not logged is not empty");
                assertEquals(TIME, record.time().orElseThrow());
                assertEquals("Made.evtx record 41", record.place("Made.evtx").toString());
                assertEquals("2021-03-03T04:05:06.7890000Z", ((EvtxEvent) record).timeCreated());
            }
        };
        byte[] log = new MadeLog().chunk(new MadeLog.Chunk().event(41, TIME, 1, "C:\\a.exe", "one", "two")).bytes();
        ReadSummary summary = new EvtxReader(EvtxReader.Depth.SOUND)
                .read(new ByteArrayInputStream(log), "Made.evtx", LineFilter.ALL, seen);

        assertEquals(1, records.size());
        assertEquals(1, summary.records());
        assertEquals(List.of("server mx1"), seen.observed);
        assertEquals(List.of(), seen.lost);
    }

    @Test
    void xmlIsEscapedAndAnArrayIsAnElementEach() {
        List<String> xml = new ArrayList<>();
        byte[] log = new MadeLog().chunk(new MadeLog.Chunk().event(1, TIME, 7, "a<b>&\u0007", "x", "y")).bytes();
        new EvtxReader(EvtxReader.Depth.SOUND).read(new ByteArrayInputStream(log), "m", LineFilter.ALL, new Seen() {
            @Override
            public void record(Record record) {
                xml.add(((EvtxEvent) record).xml());
            }
        });

        assertEquals(List.of("<Event><System><Provider Name=\"Made\"/><EventID>7</EventID>"
                + "<TimeCreated SystemTime=\"2021-03-03T04:05:06.7890000Z\"/><EventRecordID>1</EventRecordID>"
                + "<Channel>Made/Operational</Channel><Computer>mx1.made.example</Computer></System><EventData>"
                + "<Data Name=\"Image\">a&lt;b&gt;&amp;\uFFFD</Data><Data>x</Data><Data>y</Data></EventData></Event>"), xml);
    }

    @Test
    void eventsThatDoNotWakeAreCountedAllTheSame() {
        Seen seen = new Seen();
        ReadSummary summary = new EvtxReader(EvtxReader.Depth.SOUND).read(new ByteArrayInputStream(threeEvents()), "m",
                (bytes, from, to) -> false, seen);

        assertEquals(List.of(), seen.events);
        assertEquals(3, summary.records());
        assertEquals(TIME, summary.first().orElseThrow());
    }

    @Test
    void idsThatAreLeftOutAreTold() {
        byte[] log = new MadeLog().chunk(new MadeLog.Chunk().event(10, TIME, 1, "a").event(15, TIME.plusSeconds(60), 1, "b")).bytes();

        assertTrue(read(log, EvtxReader.Depth.SOUND).observed.contains("record-gap 11-14 " + TIME));
    }

    @Test
    void zerosBetweenChunksAreALossAndThoseAtTheEndAreNone() {
        byte[] zeros = new byte[EvtxReader.CHUNK];
        byte[] log = new MadeLog().chunk(new MadeLog.Chunk().event(1, TIME, 1, "a")).raw(zeros)
                .chunk(new MadeLog.Chunk().event(2, TIME, 1, "b")).raw(zeros).bytes();
        Seen seen = read(log, EvtxReader.Depth.SOUND);

        assertEquals(2, seen.events.size());
        assertEquals(List.of("65536 bytes of zeros stand before the chunk at byte 135168 (0x21000); the events that lay there"
                + " are lost"), seen.lost);
    }

    @Test
    void damagedRecordIsToldAndCarvingReadsBehindIt() {
        byte[] log = threeEvents();
        int second = 4096 + 512 + (log[4096 + 516] & 0xFF | (log[4096 + 517] & 0xFF) << 8);
        log[second] = 0;

        Seen sound = read(log, EvtxReader.Depth.SOUND);
        assertEquals(1, sound.events.size());
        assertTrue(sound.lost.get(0).startsWith("expected a record at byte "), sound.lost.toString());

        Seen carved = read(log, EvtxReader.Depth.CARVED);
        assertEquals(List.of("41", "43"), carved.events.stream().map(e -> e.split(" ")[0]).toList());
        assertEquals(1, carved.lost.size());
    }

    @Test
    void eventsThatWereChangedAfterWindowsWroteThemAreReadAndTold() {
        byte[] sound = new MadeLog.Chunk().event(1, TIME, 1, "C:\\a.exe").sealed();
        byte[] changed = sound.clone();
        int drive = 512;
        while (changed[drive] != 'C' || changed[drive + 2] != ':') {
            drive++;
        }
        changed[drive] = 'D';
        byte[] otherNames = sound.clone();
        otherNames[128] = 1;

        assertEquals(List.of(), read(new MadeLog().raw(sound).bytes(), EvtxReader.Depth.SOUND).lost);
        Seen seen = read(new MadeLog().raw(sound).raw(changed).raw(changed).raw(otherNames).bytes(), EvtxReader.Depth.SOUND);
        assertEquals(4, seen.events.size());
        assertTrue(seen.events.get(1).contains("D:\\a.exe"));
        assertEquals(List.of("the checksum of the events does not hold in 2 chunks, the first at byte 69632 (0x11000): it was"
                + " changed after Windows wrote it, or damaged; the events were read as far as they hold",
                "the checksum of the head does not hold in 1 chunk, at byte 200704 (0x31000): it was changed after Windows wrote"
                + " it, or damaged; the events were read as far as they hold"), seen.lost);
    }

    @Test
    void logThatKeepsNoChecksumsIsNotSuspected() {
        byte[] chunk = new MadeLog.Chunk().event(1, TIME, 1, "a").sealed();
        chunk[52] ^= 1;
        chunk[124] ^= 1;
        chunk[120] = 4;
        assertEquals(List.of(), read(new MadeLog().raw(chunk).bytes(), EvtxReader.Depth.SOUND).lost);

        chunk[120] = 0;
        byte[] log = new MadeLog().raw(chunk).bytes();
        log[120] = 4;
        assertEquals(List.of(), read(log, EvtxReader.Depth.SOUND).lost);
        log[120] = 0;
        log[124] = 9;
        assertTrue(read(log, EvtxReader.Depth.SOUND).lost.get(0).startsWith("the checksum of the file's head does not hold"));
    }

    @Test
    void eventThatWouldGrowBeyondAllMeasureIsToldAndTheNextIsRead() {
        byte[] log = new MadeLog().chunk(new MadeLog.Chunk().repeating(1, TIME, 3, "a".repeat(9_000))
                .repeating(2, TIME, 4_000, "b".repeat(9_000)).event(3, TIME, 1, "c")).bytes();
        Seen seen = read(log, EvtxReader.Depth.SOUND);

        assertEquals(List.of("1", "3"), seen.events.stream().map(e -> e.split(" ")[0]).toList());
        assertTrue(seen.lost.get(0).startsWith("record 2 cannot be read: its template would write its values so often"
                + " that they fill 72004001 bytes"), seen.lost.toString());
    }

    @Test
    void valueOfXmlThatCannotBeReadIsTold() {
        byte[] log = threeEvents();
        // the type of the value Image: from text to a piece of binary XML, which it is not
        int image = 4096 + 512;
        while (log[image] != 16 || log[image + 2] != 1 || log[image + 4] != 16) {
            image++;
        }
        log[image + 2] = 0x21;
        Seen seen = read(log, EvtxReader.Depth.SOUND);

        assertEquals(3, seen.events.size());
        assertTrue(seen.lost.get(0).startsWith("a value of record 41 cannot be read: unknown token"), seen.lost.toString());
    }

    @Test
    void chunkAnywhereInAFileIsCarved() {
        byte[] chunk = new MadeLog.Chunk().event(5, TIME, 1, "a").bytes();
        byte[] image = new byte[100_000 + chunk.length];
        Arrays.fill(image, (byte) 'x');
        System.arraycopy(chunk, 0, image, 70_001, chunk.length);

        assertEquals(1, read(image, EvtxReader.Depth.CARVED).events.size());
        assertEquals(0, read(image, EvtxReader.Depth.SOUND).events.size());
    }

    @Test
    void fileCutAnywhereKeepsWhatStoodBefore() {
        byte[] whole = threeEvents();
        List<String> all = read(whole, EvtxReader.Depth.SOUND).events;
        int used = 4096 + 512 + 3_000;
        for (int cut = 0; cut < used; cut += cut < 4096 ? 97 : 1) {
            Seen seen = read(Arrays.copyOf(whole, cut), EvtxReader.Depth.SOUND);
            assertEquals(all.subList(0, seen.events.size()), seen.events, "cut at " + cut);
            assertTrue(seen.events.size() == all.size() || !seen.lost.isEmpty() || cut == 4096 || cut == 0, "cut at " + cut);
        }
    }

    @Test
    void noBytesBringItDown() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] whole = threeEvents();
        for (int round = 0; round < 3_000; round++) {
            byte[] log = whole.clone();
            for (int i = random.nextInt(8); i >= 0; i--) {
                log[4096 + random.nextInt(4_000)] = (byte) random.nextInt();
            }
            try {
                read(log, random.nextBoolean() ? EvtxReader.Depth.SOUND : EvtxReader.Depth.CARVED);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    @Test
    void realLogsWithWrongBytesBringNothingDown() throws IOException {
        Path real = Stream.of(System.getenv().getOrDefault("TIDEMARK_SHARED", "../../shared"), "../../../shared")
                .map(p -> Path.of(p, "real", "samples")).filter(Files::isDirectory).findFirst().orElse(null);
        Assumptions.assumeTrue(real != null, "the real logs are not here");
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (Stream<Path> files = Files.list(real)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".evtx")).sorted().limit(40).toList()) {
                byte[] log = Arrays.copyOf(Files.readAllBytes(file), 4096 + 65_536);
                assertTrue(!read(log, EvtxReader.Depth.SOUND).events.isEmpty(), file.toString());
                for (int round = 0; round < 8; round++) {
                    byte[] wrong = log.clone();
                    for (int i = 0; i < 40; i++) {
                        wrong[4096 + random.nextInt(65_536)] = (byte) random.nextInt();
                    }
                    try {
                        read(wrong, EvtxReader.Depth.CARVED);
                    } catch (RuntimeException | StackOverflowError e) {
                        throw new AssertionError(file + ", seed " + seed + ", round " + round, e);
                    }
                }
            }
        }
    }
}
