package dev.tidemark.collect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.detect.FieldMap;
import dev.tidemark.detect.RuleException;
import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.content.ContentRules;
import dev.tidemark.scan.Progress;
import dev.tidemark.scan.Telling;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectTest {
    private static final Instant NOW = Instant.parse("2021-03-10T12:00:00Z");
    private static final String PROXY = "C/Exchange/V15/Logging/HttpProxy/Ecp/HttpProxy_20210303";
    private static final String MOVED = "C/Moved/somewhere.txt";
    private static final String IIS = "#Software: IIS\n#Fields: date time cs-method cs-uri-stem sc-status\n"
            + "2021-03-03 00:00:01 GET /owa/ 200\n";

    @TempDir
    private Path dir;

    private Path source;
    private final List<String> opened = new ArrayList<>();
    private Collector.Opener opener = Files::newInputStream;

    @BeforeEach
    void makeSource() throws IOException {
        source = dir.resolve("mail01");
        write("C/inetpub/wwwroot/web.config", "<configuration/>", "2021-03-01T00:00:00.1234567Z");
        write(PROXY + "01-1.LOG", "old ".repeat(500), "2021-03-03T01:59:00Z");
        write(PROXY + "05-1.LOG", "new ".repeat(500), "2021-03-03T05:59:00Z");
        write("C/Windows/System32/winevt/Logs/Security.evtx", "evtx", "2021-03-04T00:00:00Z");
        write("C/Program Files/Other/readme.txt", "nobody reads this", "2021-03-05T00:00:00Z");
        write(MOVED, IIS, "2021-03-05T00:00:00Z");
        write("C/Windows/WinSxS/x/a.aspx", "a copy of Windows", "2021-03-05T00:00:00Z");
        write("C/inetpub/wwwroot/empty.aspx", "", "2021-03-05T00:00:00Z");
    }

    private void write(String name, String text, String time) throws IOException {
        Path file = source.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse(time)));
    }

    private static Telling telling() {
        try {
            return new Telling(RuleSet.load(List.of(), FieldMap.bundled()), ContentRules.NONE);
        } catch (RuleException e) {
            throw new IllegalStateException(e);
        }
    }

    private CollectOptions options() {
        return new CollectOptions(List.of(new CollectOptions.Source(source, "")), dir.resolve("out.zip"), 1L << 30,
                Optional.empty(), Optional.empty(), false, "test");
    }

    private Collector.Result collect(CollectOptions options) throws IOException, CollectException {
        return new Collector(options, telling(), Progress.NONE, () -> NOW, file -> {
            opened.add(file.getFileName().toString());
            return opener.open(file);
        }).run();
    }

    private static TreeMap<String, String> entries(Path zip) throws IOException {
        TreeMap<String, String> entries = new TreeMap<>();
        try (ZipFile file = new ZipFile(zip.toFile())) {
            for (ZipEntry e : file.stream().map(e -> (ZipEntry) e).toList()) {
                entries.put(e.getName(), new String(file.getInputStream(e).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }

    private static TreeMap<String, String> withoutManifest(Path zip) throws IOException {
        TreeMap<String, String> entries = entries(zip);
        entries.remove(Manifest.NAME);
        return entries;
    }

    private static JsonNode manifest(Path zip) throws IOException {
        return new ObjectMapper().readTree(entries(zip).get(Manifest.NAME));
    }

    @Test
    void bundleHoldsWhatAScanReadsAndNothingElse() throws IOException, CollectException {
        Collector.Result result = collect(options());

        TreeMap<String, String> entries = entries(dir.resolve("out.zip"));
        assertEquals(List.of(PROXY + "01-1.LOG", PROXY + "05-1.LOG", MOVED, "C/Windows/System32/winevt/Logs/Security.evtx",
                "C/inetpub/wwwroot/empty.aspx", "C/inetpub/wwwroot/web.config", "manifest.json"), List.copyOf(entries.keySet()));
        assertEquals(IIS, entries.get(MOVED));
        assertEquals(6, result.files());
        assertEquals(List.of(), result.left());
        assertFalse(Files.exists(dir.resolve("out.zip.part")) || Files.exists(dir.resolve("out.zip.part.jsonl")));
    }

    @Test
    void mostTellingComesFirstAndOfThatTheNewest() throws IOException, CollectException {
        collect(options());

        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(dir.resolve("out.zip")))) {
            List<String> names = new ArrayList<>();
            for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
                names.add(e.getName());
            }
            assertEquals(List.of("C/inetpub/wwwroot/web.config", "C/inetpub/wwwroot/empty.aspx", PROXY + "05-1.LOG",
                    PROXY + "01-1.LOG", "C/Windows/System32/winevt/Logs/Security.evtx", MOVED, "manifest.json"), names);
        }
    }

    @Test
    void manifestHasHashSizeAndTheTimesOfTheSource() throws IOException, CollectException {
        collect(options());

        JsonNode first = manifest(dir.resolve("out.zip")).get("files").get(0);
        assertEquals("C/inetpub/wwwroot/web.config", first.get("path").asText());
        assertEquals(16, first.get("size").asLong());
        assertEquals("2021-03-01T00:00:00.123456700Z", first.get("modified").asText());
        assertEquals(64, first.get("sha256").asText().length());
        assertEquals("live", first.get("from").asText());
        try (ZipFile zip = new ZipFile(dir.resolve("out.zip").toFile())) {
            assertEquals(Instant.parse("2021-03-01T00:00:00.123456Z"), // Java cuts what it reads
                    zip.getEntry("C/inetpub/wwwroot/web.config").getLastModifiedTime().toInstant());
        }
    }

    @Test
    void sourceStaysAsItWas() throws IOException, CollectException {
        List<String> before = state();
        collect(options());
        assertEquals(before, state());
    }

    private List<String> state() throws IOException {
        try (Stream<Path> all = Files.walk(source)) {
            List<String> state = new ArrayList<>();
            for (Path each : all.sorted().toList()) {
                state.add(each + " " + Files.getLastModifiedTime(each) + " " + (Files.isRegularFile(each) ? Files.size(each) : 0));
            }
            return state;
        }
    }

    @Test
    void whatDoesNotFitIsLeftAndTold() throws IOException, CollectException {
        write("C/inetpub/wwwroot/small.aspx", "x", "2021-03-01T00:00:00Z");
        CollectOptions o = options();
        Collector.Result result = collect(new CollectOptions(o.sources(), o.out(), 1500, o.shadow(), o.recipient(), false, "test"));

        assertEquals(List.of(PROXY + "05-1.LOG", PROXY + "01-1.LOG"), result.left().stream().map(Left::path).toList());
        assertTrue(entries(dir.resolve("out.zip")).containsKey("C/inetpub/wwwroot/small.aspx"));
        JsonNode left = manifest(dir.resolve("out.zip")).get("left");
        assertEquals(2000, left.get(0).get("size").asLong());
        assertTrue(left.get(0).get("why").asText().contains("the front end's logs"), left.toString());
    }

    @Test
    void lockedFileIsTriedAgainAndThenTakenFromTheShadowCopy() throws IOException, CollectException {
        Path shadow = dir.resolve("shadow");
        Files.createDirectories(shadow.resolve("C/Windows/System32/winevt/Logs"));
        Files.writeString(shadow.resolve("C/Windows/System32/winevt/Logs/Security.evtx"), "from the shadow");
        opener = file -> {
            if (file.endsWith("Security.evtx") && file.startsWith(source)
                    || file.endsWith("web.config") && opened.stream().filter("web.config"::equals).count() == 1) {
                throw new IOException("used by another process");
            }
            return Files.newInputStream(file);
        };
        CollectOptions o = options();
        Collector.Result result = collect(new CollectOptions(o.sources(), o.out(), o.maxBytes(), Optional.of(shadow),
                o.recipient(), false, "test"));

        assertEquals(List.of(), result.left());
        TreeMap<String, String> entries = entries(dir.resolve("out.zip"));
        assertEquals("from the shadow", entries.get("C/Windows/System32/winevt/Logs/Security.evtx"));
        assertEquals("<configuration/>", entries.get("C/inetpub/wwwroot/web.config"));
        assertTrue(entries.get(Manifest.NAME).contains("\"from\":\"shadow\""));
    }

    @Test
    void fileThatStaysLockedIsTold() throws IOException, CollectException {
        opener = file -> {
            if (file.endsWith("Security.evtx")) {
                throw new IOException("used by another process");
            }
            return Files.newInputStream(file);
        };
        Collector.Result result = collect(options());

        assertEquals("could not be opened: used by another process", result.left().get(0).why());
        assertEquals(4, result.left().get(0).bytes());
    }

    @Test
    void fileThatBreaksOffIsTakenAsFarAsItGoes() throws IOException, CollectException {
        opener = file -> !file.endsWith("HttpProxy_2021030305-1.LOG") ? Files.newInputStream(file)
                : new SequenceInputStream(new ByteArrayInputStream("begun".getBytes(StandardCharsets.UTF_8)), new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("bad sector");
                    }
                });
        Collector.Result result = collect(options());

        assertEquals("begun", entries(dir.resolve("out.zip")).get(PROXY + "05-1.LOG"));
        assertTrue(result.left().get(0).why().contains("from byte 5 on: bad sector"), result.left().toString());
        assertEquals(1995, result.left().get(0).bytes());
    }

    /** Ends the run as a kill does: nothing after it happens. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private CollectOptions resumed() {
        CollectOptions o = options();
        return new CollectOptions(o.sources(), o.out(), o.maxBytes(), o.shadow(), o.recipient(), true, "test");
    }

    private void killAt(String name) {
        opener = file -> {
            if (file.getFileName().toString().equals(name)) {
                throw new Killed();
            }
            return Files.newInputStream(file);
        };
        assertThrows(Killed.class, () -> collect(options()));
        opener = Files::newInputStream;
        opened.clear();
    }

    @Test
    void stoppedCollectionGoesOnWithoutReadingAgain() throws IOException, CollectException {
        killAt("Security.evtx");
        Files.write(dir.resolve("out.zip.part"), "half an entry".getBytes(StandardCharsets.UTF_8),
                java.nio.file.StandardOpenOption.APPEND);
        Collector.Result result = collect(resumed());

        assertEquals(List.of("Security.evtx", "somewhere.txt"), opened);
        assertEquals(4, result.resumed());
        Path whole = Files.move(dir.resolve("out.zip"), dir.resolve("resumed.zip"));
        collect(options());
        assertEquals(withoutManifest(dir.resolve("out.zip")), withoutManifest(whole));
        assertEquals(6, manifest(whole).get("files").size());
    }

    @Test
    void fileThatChangedMeanwhileIsTakenAgain() throws IOException, CollectException {
        killAt("Security.evtx");
        write("C/inetpub/wwwroot/web.config", "<configuration>2</configuration>", "2021-03-09T00:00:00Z");
        collect(resumed());

        assertEquals("<configuration>2</configuration>", entries(dir.resolve("out.zip")).get("C/inetpub/wwwroot/web.config"));
        assertEquals(6, manifest(dir.resolve("out.zip")).get("files").size());
    }

    @Test
    void collectionOfOtherSourcesIsNotGoneOnWith() throws IOException, CollectException {
        killAt("Security.evtx");
        Path other = dir.resolve("mail02");
        Files.createDirectories(other.resolve("C/inetpub/wwwroot"));
        Files.writeString(other.resolve("C/inetpub/wwwroot/a.aspx"), "a");
        Collector.Result result = collect(new CollectOptions(List.of(new CollectOptions.Source(other, "")), options().out(),
                1L << 30, Optional.empty(), Optional.empty(), true, "test"));

        assertEquals(0, result.resumed());
        assertEquals(List.of("C/inetpub/wwwroot/a.aspx", "manifest.json"), List.copyOf(entries(dir.resolve("out.zip")).keySet()));
    }

    @Test
    void severalDrivesKeepTheirLetters() throws IOException, CollectException {
        CollectOptions o = options();
        collect(new CollectOptions(List.of(new CollectOptions.Source(source.resolve("C"), "C/"),
                new CollectOptions.Source(source.resolve("C/Moved"), "D/")), o.out(), o.maxBytes(), o.shadow(), o.recipient(), false,
                "test"));

        assertTrue(entries(o.out()).keySet().containsAll(List.of("C/inetpub/wwwroot/web.config", "D/somewhere.txt")));
    }

    @Test
    void bundleIsNeverWrittenIntoTheSourceOrOverAFile() throws IOException {
        CollectOptions o = options();
        assertRefused(new CollectOptions(o.sources(), source.resolve("C/out.zip"), o.maxBytes(), o.shadow(), o.recipient(), false,
                "test"), "into the source");
        Files.writeString(o.out(), "mine");
        assertRefused(o, "is there already");
        assertEquals("mine", Files.readString(o.out()));
        assertRefused(new CollectOptions(List.of(new CollectOptions.Source(dir.resolve("no"), "")), dir.resolve("b.zip"), 1,
                o.shadow(), o.recipient(), false, "test"), "no such folder");
        assertRefused(new CollectOptions(o.sources(), dir.resolve("b.zip"), 1L << 30, o.shadow(), Optional.of("age1nonsense"), false,
                "test"), "is no recipient");
        assertRefused(new CollectOptions(o.sources(), dir.resolve("b.zip"), 1L << 30, o.shadow(), Optional.of("age1x"), true,
                "test"), "cannot be gone on with");
    }

    private void assertRefused(CollectOptions options, String reason) {
        CollectException refused = assertThrows(CollectException.class, () -> collect(options));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    @Test
    void encryptedBundleOpensWithItsIdentityOnly() throws IOException, CollectException, GeneralSecurityException {
        KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
        String recipient = new String(pair.getPublic().getEncoded(), StandardCharsets.US_ASCII);
        Path identity = Files.writeString(dir.resolve("key.txt"), "# made for a test\n"
                + new String(pair.getPrivate().getEncoded(), StandardCharsets.US_ASCII) + "\n");
        Path other = Files.write(dir.resolve("other.txt"), new X25519KeyPairGenerator().generateKeyPair().getPrivate().getEncoded());
        CollectOptions o = options();
        Path bundle = dir.resolve("out.zip.age");
        collect(new CollectOptions(o.sources(), bundle, o.maxBytes(), o.shadow(), Optional.of(recipient), false, "test"));

        assertTrue(Encryption.encrypted(bundle));
        Encryption.decrypt(bundle, identity, dir.resolve("plain.zip"));
        collect(o);
        assertEquals(withoutManifest(o.out()), withoutManifest(dir.resolve("plain.zip")));
        assertThrows(CollectException.class, () -> Encryption.decrypt(bundle, other, dir.resolve("b.zip")));
        byte[] changed = Files.readAllBytes(bundle);
        changed[changed.length - 40] ^= 1;
        Files.write(bundle, changed);
        assertThrows(Exception.class, () -> Encryption.decrypt(bundle, identity, dir.resolve("c.zip")));
        assertFalse(Files.exists(dir.resolve("c.zip")), "nothing plain is left of a bundle that was changed");
    }

    @Test
    void linksAreNotFollowed() throws IOException, CollectException {
        Files.writeString(dir.resolve("secret.aspx"), "outside");
        Files.createSymbolicLink(source.resolve("C/inetpub/wwwroot/link.aspx"), dir.resolve("secret.aspx"));
        Collector.Result result = collect(options());

        assertEquals(0, result.left().get(0).bytes());
        assertFalse(entries(dir.resolve("out.zip")).toString().contains("outside"));
    }

    @Test
    void strangeNamesAreMadeSafe() throws IOException, CollectException {
        write("C/inetpub/wwwroot/a\u001b[31m\\..\\b.aspx", "x", "2021-03-01T00:00:00Z");
        collect(options());

        assertTrue(entries(dir.resolve("out.zip")).containsKey("C/inetpub/wwwroot/a%1B[31m%5C..%5Cb.aspx"),
                entries(dir.resolve("out.zip")).keySet().toString());
    }

    @Test
    void bundleMayHaveMoreEntriesThanAnOldZip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BundleZip zip = new BundleZip(bytes, 0);
        List<Taken> entries = new ArrayList<>();
        for (int i = 0; i < 66_000; i++) {
            entries.add(zip.add("f" + i, new byte[] {(byte) i}, NOW));
        }
        zip.finish(entries);
        Path file = Files.write(dir.resolve("many.zip"), bytes.toByteArray());
        try (ZipFile many = new ZipFile(file.toFile())) {
            assertEquals(66_000, many.size());
            assertArrayEquals(new byte[] {(byte) 65_999}, many.getInputStream(many.getEntry("f65999")).readAllBytes());
        }
    }
}
