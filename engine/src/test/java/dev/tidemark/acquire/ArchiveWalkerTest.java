package dev.tidemark.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.compress.archivers.zip.X5455_ExtendedTimestamp;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.params.ParameterizedTest;

class ArchiveWalkerTest {
    private FileSystem fs;

    @BeforeEach
    void makeDisk() {
        fs = Jimfs.newFileSystem(Configuration.windows());
    }

    @AfterEach
    void dropDisk() throws IOException {
        fs.close();
    }

    private Path disk(String name, byte[] content) throws IOException {
        return Archives.write(fs.getPath("C:\\e\\" + name), content);
    }

    /** Bytes that do not compress, so that cuts and bounds lie where the test puts them. */
    private static byte[] noise(int length) {
        byte[] bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @Test
    void rootArchivesOwnNameIsNoPartOfThePaths() throws IOException {
        Path zip = disk("h.zip", Archives.zip("C/b.log", "b", "C/a.log", "a"));
        Path tgz = disk("h.tar.gz", Archives.gzip(Archives.tar("C/a.log", "a", "C/b.log", "b")));
        Path tar = disk("h.tar", Archives.tar("C/a.log", "a", "C/b.log", "b"));

        for (Path root : List.of(zip, tgz, tar)) {
            Walked walked = Walked.walk(root);
            assertEquals(Map.of("C/a.log", "a", "C/b.log", "b"), walked.contents);
            assertEquals(List.of("C/a.log", "C/b.log"), walked.paths());
            assertEquals(Map.of(), walked.skipped);
        }
    }

    @Test
    void archiveInAFolderIsAFileItselfAndIsWalked() throws IOException {
        disk("x/a.zip", Archives.zip("C/u.log", "u"));
        disk("x/u.log.gz", Archives.gzip(Archives.bytes("zipped line")));

        Walked walked = Walked.walk(fs.getPath("C:\\e"));

        assertEquals(List.of("x/a.zip", "x/a.zip!/C/u.log", "x/u.log.gz", "x/u.log.gz!/u.log"), walked.paths());
        assertEquals("zipped line", walked.contents.get("x/u.log.gz!/u.log"));
    }

    @Test
    void zipInZipInTarIsWalked() throws IOException {
        byte[] inner = Archives.zip("u.log", "deep");
        Path root = disk("t.tar", Archives.tar("o.zip", Archives.zip("i.zip", inner), "z.log", "z"));

        Walked walked = Walked.walk(root);

        assertEquals("deep", walked.contents.get("o.zip!/i.zip!/u.log"));
        assertEquals(List.of("o.zip", "o.zip!/i.zip", "o.zip!/i.zip!/u.log", "z.log"), walked.paths());
        assertEquals(Map.of(), walked.skipped);
    }

    @Test
    void nestingEndsAtItsBound() throws IOException {
        byte[] nested = Archives.zip("u.log", "deep");
        for (int i = 0; i < 5; i++) {
            nested = Archives.zip("n.zip", nested);
        }

        Walked walked = Walked.walk(disk("h.zip", nested), Limits.defaults().withNesting(3));

        assertEquals(List.of("n.zip", "n.zip!/n.zip", "n.zip!/n.zip!/n.zip"), walked.paths());
        assertEquals("archives are nested more than 3 deep; this one was not opened",
                walked.skipped.get("n.zip!/n.zip!/n.zip"));
    }

    @Test
    void documentThatIsAZipByNatureIsAFile() throws IOException {
        disk("a.docx", Archives.zip("word/document.xml", "x"));
        disk("a.jar", Archives.zip("A.class", "x"));
        disk("nameless", Archives.zip("u.log", "u"));

        assertEquals(List.of("a.docx", "a.jar", "nameless", "nameless!/u.log"),
                Walked.walk(fs.getPath("C:\\e")).paths());
    }

    @Test
    void entriesCanBeOpenedAgainAndByManyThreads() throws IOException {
        Object[] entries = new Object[80];
        for (int i = 0; i < entries.length; i += 2) {
            entries[i] = "f" + i;
            entries[i + 1] = ("line " + i + "\n").repeat(5000);
        }
        byte[] zip = Archives.zip(entries);
        disk("a.zip", zip);
        disk("b.tar", Archives.tar("in.zip", zip));
        try (Acquisition acquisition = new Acquisition(Limits.defaults())) {
            Walked walked = Walked.walk(fs.getPath("C:\\e"), acquisition);
            assertEquals(2 + 1 + 80, walked.files.size(), walked.skipped.toString());

            boolean same = IntStream.range(0, 4).parallel().allMatch(round -> walked.files.values().parallelStream()
                    .filter(f -> f.path().contains("/f")).allMatch(f -> !f.streamed()
                            && read(f).equals(walked.contents.get(f.path()))));

            assertTrue(same);
        }
    }

    private static String read(EvidenceFile file) {
        try (InputStream in = file.open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void largeEntryOfAStreamIsValidOnlyDuringTheCall() throws IOException {
        byte[] large = noise(5000);
        Path tar = disk("t.tar", Archives.tar("large.bin", large, "next.log", "n", "big.zip", Archives.zip("u.log",
                noise(4000)), "big.tgz", Archives.gzip(Archives.tar("v.log", noise(4000)))));

        Walked walked = Walked.walk(tar, Limits.defaults().withBuffers(1000, 1000));

        assertTrue(walked.files.get("large.bin").streamed());
        assertEquals(new String(large, StandardCharsets.UTF_8), walked.contents.get("large.bin"));
        assertEquals("n", walked.contents.get("next.log"), walked.skipped.toString());
        assertTrue(read(walked.files.get("large.bin")).contains("gone by"));
        assertEquals(new String(noise(4000), StandardCharsets.UTF_8), walked.contents.get("big.zip!/u.log"));
        assertEquals(new String(noise(4000), StandardCharsets.UTF_8), walked.contents.get("big.tgz!/v.log"));
        assertTrue(walked.skipped.get("big.zip").contains("own bytes were not kept"));
    }

    @Test
    void zipBombEndsAtTheRatio(@TempDir Path dir) throws IOException {
        Path zip = dir.resolve("bomb.zip");
        try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(zip)) {
            out.putArchiveEntry(new ZipArchiveEntry("zeros.log"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                out.write(zeros);
            }
            out.closeArchiveEntry();
            out.putArchiveEntry(new ZipArchiveEntry("after.log"));
            out.write('a');
            out.closeArchiveEntry();
        }

        Walked walked = Walked.walk(zip, Limits.defaults().withRatio(100, 1 << 20));

        assertTrue(walked.failures.get("zeros.log").contains("100 times"), walked.failures.toString());
        Walked byEntry = Walked.walk(zip, Limits.defaults().withEntryBytes(1000));
        assertTrue(byEntry.failures.get("zeros.log").contains("more than 1000 bytes"));
        assertEquals("a", byEntry.contents.get("after.log"));
        assertEquals(Map.of(), Walked.walk(zip).failures);
    }

    @Test
    void nestedBombEndsQuickly() throws IOException {
        byte[] bomb = Archives.zip("0", new byte[4 << 20]);
        for (int level = 0; level < 3; level++) {
            Object[] sixteen = new Object[32];
            for (int i = 0; i < 32; i += 2) {
                sixteen[i] = i + ".zip";
                sixteen[i + 1] = bomb;
            }
            bomb = Archives.zip(sixteen); // 16 GiB in all
        }
        Path root = disk("42.zip", bomb);

        long start = System.nanoTime();
        Walked walked = Walked.walk(root, Limits.defaults().withRatio(1000, 1 << 20));

        assertTrue(System.nanoTime() - start < 60_000_000_000L);
        assertTrue(walked.failures.values().stream().anyMatch(why -> why.contains("times its size")));
    }

    @Test
    void moreEntriesThanAllowedAreTold() throws IOException {
        Object[] many = IntStream.range(0, 200).mapToObj(i -> i % 2 == 0 ? "e" + (100 + i) : "x").toArray();
        Path zip = disk("h.zip", Archives.zip(many));
        Path tar = disk("h.tar", Archives.tar(many));

        for (Path root : List.of(zip, tar)) {
            Walked walked = Walked.walk(root, Limits.defaults().withEntries(10));
            assertEquals(10, walked.files.size());
            assertTrue(walked.skipped.toString().contains("more than 10 entries"));
        }
        Walked streamed = Walked.walk(zip, Limits.defaults().withIndexed(20));
        assertEquals(100, streamed.files.size());
        assertTrue(streamed.skipped.get("h.zip").contains("one after the other"));
    }

    @Test
    void namesNeverLeaveTheirArchive() throws IOException {
        Object[] names = {"../../etc/x", "1", "/abs/y", "2", "C:\\inetpub\\z", "3", "a/./b//c", "4", "n\u001b[2Jul", "5",
            "same", "6", "same", "7", "x.zip!/fake", "8"};
        List<String> safe = List.of("%2E%2E/%2E%2E/etc/x", "abs/y", "C:/inetpub/z", "a/b/c", "n%1B[2Jul", "same",
                "same#2", "x.zip%21/fake");

        for (Path root : List.of(disk("h.zip", Archives.zip(names)), disk("h.tar", Archives.tar(names)))) {
            Walked walked = Walked.walk(root);
            assertEquals(safe.stream().sorted().toList(), walked.paths().stream().sorted().toList());
            assertEquals("7", walked.contents.get("same#2"));
        }
        byte[] nul = Archives.zip("a?b.log", "n");
        for (int i = 0; i < nul.length; i++) {
            nul[i] = nul[i] == '?' ? 0 : nul[i];
        }
        assertEquals(Map.of("a%00b.log", "n"), Walked.walk(disk("nul.zip", nul)).contents);
    }

    @Test
    void truncatedZipIsReadAsFarAsItGoes() throws IOException {
        byte[] whole = Archives.zip("a.log", "first", "b.log", noise(3000), "c.log", "never");
        Path root = disk("h.zip", Arrays.copyOf(whole, 2000));

        Walked walked = Walked.walk(root);

        assertEquals("first", walked.contents.get("a.log"));
        assertTrue(walked.failures.containsKey("b.log"));
        assertFalse(walked.contents.get("b.log").isEmpty());
        assertTrue(walked.skipped.get("h.zip").contains("one after the other"));
        assertTrue(walked.skipped.get("h.zip").contains("could not be read to its end"));
    }

    @Test
    void zipWhoseDirectoryIsNotWhereItsEndSaysIsReadAllTheSame() throws IOException {
        byte[] zip = Archives.zip("a.log", "first", "b.log", "second");
        int directory = zip.length - 22 - 2 * (46 + 5);
        byte[] moved = new byte[zip.length + 90];
        System.arraycopy(zip, 0, moved, 0, directory + 60);
        System.arraycopy(zip, directory + 60, moved, directory + 150, zip.length - directory - 60);

        Walked walked = Walked.walk(disk("h.zip", moved));

        assertEquals(Map.of("a.log", "first", "b.log", "second"), walked.contents);
        assertTrue(walked.skipped.get("h.zip").contains("its directory is damaged"), walked.skipped.toString());
    }

    @Test
    void entriesBehindADamagedOneInTheDirectoryAreRead() throws IOException {
        byte[] zip = Archives.zip("a.log", "first", "b.log", "second", "c.log", "third");
        zip[zip.length - 22 - 2 * (46 + 5)] = 'Q';

        Walked walked = Walked.walk(disk("h.zip", zip));

        assertEquals(List.of("a.log", "b.log", "c.log"), walked.paths());
        assertTrue(walked.skipped.get("h.zip").contains("only 1 of its entries"), walked.skipped.toString());
    }

    @Test
    void entriesThatAnEmptyDirectoryHidesAreRead() throws IOException {
        byte[] zip = Archives.zip("a.log", "first", "b.log", "second");
        byte[] empty = Archives.zip();
        byte[] hidden = Arrays.copyOf(zip, zip.length + empty.length);
        System.arraycopy(empty, 0, hidden, zip.length, empty.length);

        Walked walked = Walked.walk(disk("h.zip", hidden));

        assertEquals(Map.of("a.log", "first", "b.log", "second"), walked.contents);
        assertTrue(walked.skipped.get("h.zip").contains("its directory is empty"), walked.skipped.toString());
    }

    @Test
    void fileThatIsNamedAsAFolderIsRead() throws IOException {
        byte[] zip = Archives.zip("a.log", "first", "b_", "second");
        for (int i = 0; i < zip.length; i++) {
            zip[i] = zip[i] == '_' ? (byte) '/' : zip[i];
        }

        assertEquals(Map.of("a.log", "first", "b", "second"), Walked.walk(disk("h.zip", zip)).contents);
        assertEquals(Map.of("a.log", "first", "b", "second"),
                Walked.walk(disk("i.zip", zip), Limits.defaults().withIndexed(1)).contents);
    }

    /** Zstandard, its old number, LZMA, XZ and PPMd. */
    @ParameterizedTest
    @ValueSource(ints = {93, 20, 14, 95, 98})
    void compressionThatNothingOpensIsTold(int method) throws IOException {
        byte[] zip = Archives.zip("a.log", "first", "b.log", "second");
        for (int i = 0; i + 4 < zip.length; i++) {
            boolean local = zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 3 && zip[i + 3] == 4;
            boolean central = zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2;
            int name = local ? i + 30 : i + 46;
            if ((local || central) && zip[name] == 'b') {
                zip[local ? i + 8 : i + 10] = (byte) method;
            }
        }
        Walked walked = Walked.walk(disk("h.zip", zip));
        assertEquals(Map.of("a.log", "first"), walked.contents);
        assertTrue(walked.skipped.get("b.log").contains("compression method " + method), walked.skipped.toString());
        Walked streamed = Walked.walk(disk("i.zip", zip), Limits.defaults().withIndexed(1));
        assertEquals("first", streamed.contents.get("a.log"));
        assertTrue(streamed.skipped.toString().contains("not supported") || streamed.failures.containsKey("b.log"),
                streamed.skipped.toString());
    }

    /** The library opens no stream for such an entry, and then wants to read it to its end. */
    @ParameterizedTest
    @ValueSource(ints = {7, 10, 12, 97, 255})
    void entryOfNoKnownMethodInAStreamIsTold(int method) throws IOException {
        byte[] zip = Archives.zip("a.log", "first", "b.log", "long ".repeat(40), "c.log", "third");
        int second = 30 + 5 + 5;
        zip[second + 8] = (byte) method;

        Walked walked = Walked.walk(disk("h.zip", Arrays.copyOf(zip, zip.length - 30)));

        assertEquals("first", walked.contents.get("a.log"));
        assertTrue(walked.skipped.size() > 1 || walked.failures.containsKey("b.log"), walked.skipped.toString());
    }

    @Test
    void zipCutAnywhereIsNeverAnException() throws IOException {
        byte[] whole = Archives.zip("a.log", "first", "d/b.log", "x".repeat(200), "i.zip", Archives.zip("u", "u"));
        byte[] tgz = Archives.gzip(Archives.tar("a.log", "first", "b.log", noise(700)));
        for (int cut = 0; cut < whole.length; cut++) {
            Walked walked = Walked.walk(disk("h.zip", Arrays.copyOf(whole, cut)));
            assertTrue(!walked.skipped.isEmpty() || !walked.failures.isEmpty() || cut < 4, "cut at " + cut);
        }
        for (int cut = 0; cut < tgz.length; cut++) {
            Walked walked = Walked.walk(disk("h.tgz", Arrays.copyOf(tgz, cut)));
            assertTrue(!walked.skipped.isEmpty() || !walked.failures.isEmpty() || cut < 4, "cut at " + cut);
        }
    }

    @Test
    void damagedBytesAreNeverAnException() throws IOException {
        byte[] zip = Archives.zip("a.log", "x".repeat(300), "b.log", "second");
        byte[] tgz = Archives.gzip(Archives.tar("a.log", "first", "b.log", "x".repeat(300)));
        Random random = new Random(20210302);
        for (int round = 0; round < 1500; round++) {
            byte[] damaged = (round % 2 == 0 ? zip : tgz).clone();
            for (int i = 0; i < 3; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            Walked.walk(disk(round % 2 == 0 ? "h.zip" : "h.tgz", damaged));
        }
    }

    @Test
    void truncatedTarGzGivesWhatCameBeforeTheCut() throws IOException {
        byte[] whole = Archives.gzip(Archives.tar("a.log", "first", "b.log", noise(100_000), "c.log", "never"));
        Path root = disk("h.tar.gz", Arrays.copyOf(whole, 50_000));

        Walked walked = Walked.walk(root);

        assertEquals("first", walked.contents.get("a.log"));
        assertEquals(List.of("a.log", "b.log"), walked.paths());
        assertTrue(walked.failures.containsKey("b.log"));
        assertTrue(walked.skipped.get("h.tar.gz").contains("could not be read to its end"));
    }

    @Test
    void tarCutBetweenTwoEntriesIsTold() throws IOException {
        byte[] whole = Archives.tar("a.log", "first", "b.log", "second");

        Walked walked = Walked.walk(disk("h.tar", Arrays.copyOf(whole, 1024)));

        assertEquals(Map.of("a.log", "first"), walked.contents);
        assertTrue(walked.skipped.get("h.tar").contains("it was cut"));
    }

    @Test
    void entryBehindAPasswordIsTold() throws IOException {
        byte[] zip = Archives.zip("secret.log", "s");
        zip[6] |= 1; // general purpose bit 0 in the local header …
        for (int i = 0; i < zip.length - 10; i++) {
            if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
                zip[i + 8] |= 1; // … and in the directory
            }
        }

        Walked walked = Walked.walk(disk("h.zip", zip));

        assertEquals(Map.of("secret.log", "is protected by a password; it was not opened"), walked.skipped);
        assertEquals(List.of(), walked.paths());
    }

    @Test
    void unixTimeOfAnEntryWinsOverDosTime() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
            ZipArchiveEntry entry = new ZipArchiveEntry("u.log");
            X5455_ExtendedTimestamp stamp = new X5455_ExtendedTimestamp();
            stamp.setModifyFileTime(java.nio.file.attribute.FileTime.from(Instant.parse("2021-03-03T04:05:07Z")));
            stamp.setFlags(X5455_ExtendedTimestamp.MODIFY_TIME_BIT);
            entry.addExtraField(stamp);
            zip.putArchiveEntry(entry);
            zip.write('u');
            zip.closeArchiveEntry();
        }

        Walked walked = Walked.walk(disk("h.zip", out.toByteArray()));

        assertEquals(Optional.of(Instant.parse("2021-03-03T04:05:07Z")), walked.files.get("u.log").modified());
    }

    @Test
    void archiveOfAKindThatNothingOpensIsTold() throws IOException {
        Path root = disk("h.7z", new byte[] {'7', 'z', (byte) 0xBC, (byte) 0xAF, 0x27, 0x1C, 0, 4});

        assertTrue(Walked.walk(root).skipped.get("h.7z").contains("7-Zip"));
        assertTrue(Files.exists(root));
    }

    @Test
    void severalHostsInOneArchiveAndOneFolderAreFound() throws IOException {
        String log = "C/inetpub/logs/LogFiles/W3SVC1/u_ex.log";
        disk("all.zip", Archives.zip("mail01/" + log, "1", "mail02.zip", Archives.zip(log, "2")));
        disk("mail03/uploads/auto/C%3A/inetpub/logs/LogFiles/W3SVC1/u_ex.log", Archives.bytes("3"));

        Walked walked = Walked.walk(fs.getPath("C:\\e"));
        List<HostRoot> hosts = HostFinder.find(walked.paths(), Map.of(), Map.of());

        assertEquals(List.of("all.zip!/mail01/", "all.zip!/mail02.zip!/", "mail03/"),
                hosts.stream().map(HostRoot::prefix).toList());
    }

    /** A ZIP with one stored entry whose directory names it {@code times} times under other names: they overlap. */
    private static byte[] overlapping(int times) throws IOException {
        byte[] one = Archives.zip("e0000", noise(60));
        int directory = 30 + 5 + 60;
        int header = 46 + 5;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(one, 0, directory);
        for (int i = 0; i < times; i++) {
            byte[] entry = Arrays.copyOfRange(one, directory, directory + header);
            byte[] name = String.format("e%04d", i).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(name, 0, entry, 46, name.length);
            out.writeBytes(entry);
        }
        java.nio.ByteBuffer end = java.nio.ByteBuffer.allocate(22).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        end.putInt(0x06054b50).putInt(0).putShort((short) times).putShort((short) times).putInt(times * header)
                .putInt(directory).putShort((short) 0);
        out.writeBytes(end.array());
        return out.toByteArray();
    }

    @Test
    void entriesThatOverlapAreNotReadOverAndOver() throws IOException {
        Walked walked = Walked.walk(disk("h.zip", overlapping(500)));

        assertTrue(walked.files.size() < 430, "it has bytes for that many: " + walked.files.size());
        assertTrue(walked.skipped.get("e0499").contains("they overlap"), walked.skipped.toString());
    }

    @Test
    void entryWithOtherBytesThanItsChecksumSaysIsReadAndTold() throws IOException {
        for (String content : List.of("stored", "deflated ".repeat(40))) {
            byte[] zip = Archives.zip("a.log", content, "b.log", "good");
            int crc = indexOf(zip, new byte[] {'P', 'K', 1, 2}) + 16;
            zip[crc] ^= 1;

            Walked walked = Walked.walk(disk("h.zip", zip));

            assertEquals(content, walked.contents.get("a.log"));
            assertTrue(walked.failures.get("a.log").contains("CRC-32"), walked.failures.toString());
            assertEquals("good", walked.contents.get("b.log"));
            assertEquals(1, walked.failures.size());
        }
    }

    @Test
    void damagedEntryOfAStreamedArchiveDoesNotEndIt() throws IOException {
        byte[] zip = Archives.zip("a.log", "stored", "b.log", "good");
        zip[14] ^= 1; // of the checksum in the first local header

        Walked walked = Walked.walk(disk("h.zip", Arrays.copyOf(zip, indexOf(zip, new byte[] {'P', 'K', 1, 2}))));

        assertEquals(Map.of("a.log", "stored", "b.log", "good"), walked.contents);
        assertTrue(walked.failures.get("a.log").contains("CRC-32"), walked.failures.toString());
        assertTrue(walked.skipped.get("h.zip").contains("its directory could not be read"), walked.skipped.toString());
    }

    @Test
    void entryWithAnotherSizeThanItStatesIsReadAndTold() throws IOException {
        for (int wrong : new int[] {1, 359, 361, Integer.MAX_VALUE}) {
            byte[] zip = Archives.zip("a.log", "deflated ".repeat(40), "b.log", "good");
            int size = indexOf(zip, new byte[] {'P', 'K', 1, 2}) + 24;
            java.nio.ByteBuffer.wrap(zip).order(java.nio.ByteOrder.LITTLE_ENDIAN).putInt(size, wrong);

            Walked walked = Walked.walk(disk("h.zip", zip));

            assertTrue(walked.contents.get("a.log").startsWith("d"), wrong + " " + walked.contents);
            assertTrue(walked.failures.get("a.log").contains("360 bytes where the archive states " + wrong),
                    wrong + " " + walked.failures);
            assertEquals("good", walked.contents.get("b.log"));
        }
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new IllegalArgumentException("not there");
    }

    @Test
    void damagedGzipIsReadAsFarAsItGoesAndTold() throws IOException {
        byte[] gz = Archives.gzip(Archives.bytes("one line\n".repeat(100)));
        gz[gz.length - 5] ^= 1; // of the checksum at its end

        Walked walked = Walked.walk(disk("x/u.log.gz", gz));

        assertEquals("one line\n".repeat(100), walked.contents.get("u.log"));
        assertFalse(walked.failures.get("u.log").isEmpty());
    }

    @Test
    void linksAndDevicesInATarAreToldAndNeverFollowed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var tar = new org.apache.commons.compress.archivers.tar.TarArchiveOutputStream(out)) {
            for (String[] each : new String[][] {{"soft", "2", "../../etc/shadow"}, {"hard", "1", "/etc/shadow"},
                {"pipe", "6", ""}, {"char", "3", ""}, {"block", "4", ""}}) {
                var entry = new org.apache.commons.compress.archivers.tar.TarArchiveEntry(each[0],
                        (byte) each[1].charAt(0));
                entry.setLinkName(each[2]);
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
            var plain = new org.apache.commons.compress.archivers.tar.TarArchiveEntry("plain.log");
            plain.setSize(1);
            tar.putArchiveEntry(plain);
            tar.write('p');
            tar.closeArchiveEntry();
        }

        Walked walked = Walked.walk(disk("h.tar", out.toByteArray()));

        assertEquals(Map.of("plain.log", "p"), walked.contents);
        assertEquals("is a link to '%2E%2E/%2E%2E/etc/shadow', not followed", walked.skipped.get("soft"));
        assertEquals("is a link to 'etc/shadow', not followed", walked.skipped.get("hard"));
        for (String device : List.of("pipe", "char", "block")) {
            assertEquals("is not a plain file of the archive; it was not opened", walked.skipped.get(device));
        }
    }

    @Test
    void namesThatDifferOnlyInCaseOrFormStayApart() throws IOException {
        Object[] names = {"Logs/U.log", "1", "logs/u.log", "2", "logs/\u00e9", "3", "logs/e\u0301", "4",
            "logs/\ud83d\ude00.log", "5", "logs/\u0645\u0631\u062d\u0628\u0627.log", "6", "x".repeat(5_000) + ".log", "7"};

        for (Path root : List.of(disk("h.zip", Archives.zip(names)), disk("h.tar", Archives.tar(names)))) {
            Walked walked = Walked.walk(root);
            assertEquals(7, walked.contents.size(), walked.paths().toString());
            assertEquals("2", walked.contents.get("logs/u.log"));
            assertEquals("4", walked.contents.get("logs/e\u0301"));
            assertEquals(Map.of(), walked.skipped);
        }
    }

    @Test
    void nameBeyondAllReasonIsTold() throws IOException {
        Path zip = disk("h.zip", Archives.zip("y".repeat(40_000), "1", "z.log", "2"));

        Walked walked = Walked.walk(zip);

        assertEquals(List.of("z.log"), walked.paths());
        assertTrue(walked.skipped.toString().contains("its name has 40000 characters"), walked.skipped.toString());
    }

    @Test
    void manyEntriesOfTheSameNameAreNumberedWithoutWaiting() throws IOException {
        Object[] many = new Object[4_000];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = "same";
            many[i + 1] = "";
        }

        assertEquals(2_000, Walked.walk(disk("h.tar", Archives.tar(many))).contents.size());
    }
}
