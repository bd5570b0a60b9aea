package dev.tidemark.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Finding;
import dev.tidemark.model.HostResult;
import dev.tidemark.testing.FaultyDisk;
import dev.tidemark.testing.Packed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same server as each collector, image and hand lays it out: the same is found at the place it has there. */
class LayoutsTest {
    private static final String ATTACK = "2021-03-03 04:05:06 10.0.0.5 POST /owa/auth/x.js - 443 - 203.0.113.7"
            + " python-requests/2.25.1 200\n";
    private static final String LOG = Server.SITE + "u_ex210303.log";

    private FileSystem fs;

    @BeforeEach
    void makeDisk() {
        fs = Jimfs.newFileSystem(Configuration.unix());
    }

    @AfterEach
    void dropDisk() throws IOException {
        fs.close();
    }

    /** Writes an attacked server below the root, each path changed by {@code layout}. */
    private Path laidOut(String root, UnaryOperator<String> layout) {
        Path plain = fs.getPath("/plain");
        Path target = fs.getPath(root);
        try {
            Server server = Server.at(plain).from("2021-03-03T00:00:00Z", 24).all();
            server.write(LOG, Files.readString(server.path(LOG)) + ATTACK);
            try (Stream<Path> all = Files.walk(plain)) {
                for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                    Path to = target.resolve(layout.apply(plain.relativize(file).toString()));
                    Files.createDirectories(to.getParent());
                    Files.copy(file, to);
                }
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertFound(Path root, String host, String place) {
        CaseResult result = Scans.scan(root);
        assertEquals(List.of(host), result.hosts().stream().map(HostResult::host).toList());
        assertTrue(result.hosts().get(0).attackerIps().contains("203.0.113.7"));
        assertEquals("MX1", result.hosts().get(0).server());
        assertEquals(List.of(), result.hosts().get(0).coverageGaps());
        assertEquals(List.of(place + ":147"), result.findings().stream().filter(f -> f.severity().accuses())
                .map(Finding::place).map(Object::toString).distinct().toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "CyLR, KAPE's target    | C/              | C/",
        "lower case             | c/              | c/",
        "Velociraptor           | uploads/auto/C%3A/                  | uploads/auto/C%3A/",
        "Velociraptor, raw NTFS | uploads/ntfs/%5C%5C.%5CC%3A/        | uploads/ntfs/%5C%5C.%5CC%3A/",
        "mounted image          | ''              | ''",
        "folder in a folder     | 2021-03/mx/C/   | 2021-03/mx/C/"})
    void collectorsAndImagesAreUnderstood(String name, String drive, String found) {
        Path root = laidOut("/ev/mail01", path -> drive + path.substring(2));

        assertFound(root, "mail01", found + LOG.substring(2));
    }

    @Test
    void caseOfNamesDoesNotMatter() {
        assertFound(laidOut("/ev/mail01", path -> path.toUpperCase(Locale.ROOT)), "mail01", LOG.toUpperCase(Locale.ROOT));
    }

    @Test
    void notesOfACollectorBesideTheTreeBelongToTheHost() throws IOException {
        Path root = laidOut("/ev/mail01", path -> path);
        Files.writeString(root.resolve("2021-03-06T020304_ConsoleLog.txt"), "KAPE\n");
        Files.writeString(root.resolve("2021-03-06T020304_CopyLog.csv"), "CopiedTimestamp,SourceFile\n");
        Files.writeString(root.resolve("uploads.json"), "{}\n");

        assertFound(root, "mail01", LOG);
    }

    @Test
    void logsThatWereMovedAreFoundByWhatTheyHold() {
        Path root = laidOut("/ev/mail01", path -> path.contains("W3SVC1") ? "D/ExchLogs/web/" + path.substring(path.length() - 10)
                : "E/" + path.replace('/', '_') + ".txt");

        assertFound(root, "mail01", "D/ExchLogs/web/210303.log");
    }

    @Test
    void archivesOfEachKindHoldTheSame() throws IOException {
        Path root = laidOut("/ev/mail01", path -> path);
        ByteArrayOutputStream tgz = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(tgz)) {
            gzip.write(Packed.tarOf(root));
        }
        Files.createDirectories(fs.getPath("/in"));

        assertFound(Files.write(fs.getPath("/in/mail01.zip"), Packed.zipOf(root)), "mail01.zip", LOG);
        assertFound(Files.write(fs.getPath("/in/mail01.tar"), Packed.tarOf(root)), "mail01.tar", LOG);
        assertFound(Files.write(fs.getPath("/in/mail01.tar.gz"), tgz.toByteArray()), "mail01.tar.gz", LOG);
        assertFound(Files.write(fs.getPath("/in/noname"), Packed.zipOf(root)), "noname", LOG);

        Path outer = Files.createDirectories(fs.getPath("/outer"));
        Files.write(outer.resolve("collection.zip"), Packed.zipOf(root));
        assertFound(Files.write(fs.getPath("/in/delivery.zip"), Packed.zipOf(outer)), "delivery.zip", "collection.zip!/" + LOG);
    }

    @Test
    void severalHostsUnderOneRootAndInOneArchive() throws IOException {
        laidOut("/ev/mail01", path -> path);
        Server.at(fs.getPath("/ev/mail02")).from("2021-03-03T00:00:00Z", 24).all();
        Files.write(fs.getPath("/ev/mail03.zip"), Packed.zipOf(fs.getPath("/ev/mail01")));
        Path archive = Files.write(fs.getPath("/all.tar"), Packed.tarOf(fs.getPath("/ev")));

        for (Path root : List.of(fs.getPath("/ev"), archive)) {
            CaseResult result = Scans.scan(root);
            assertEquals(List.of("mail01", "mail02", "mail03.zip"),
                    result.hosts().stream().map(HostResult::host).sorted().toList());
            assertEquals(List.of("mail01", "mail03.zip"), result.findings().stream().filter(f -> f.severity().accuses())
                    .map(Finding::host).distinct().sorted().toList());
            assertTrue(result.findings().stream().filter(f -> f.severity().accuses())
                    .allMatch(f -> f.place().toString().equals(LOG + ":147")));
        }
    }

    @Test
    void singleLogIsEvidence() {
        Path root = laidOut("/ev/mail01", path -> path);

        CaseResult result = Scans.scan(root.resolve(LOG));

        assertEquals(List.of("u_ex210303.log:147"), result.findings().stream().filter(f -> f.severity().accuses())
                .map(f -> f.place().toString()).distinct().toList());
        assertEquals(List.of("203.0.113.7"), result.hosts().get(0).attackerIps());
    }

    @Test
    void windowsDriveWithALockedLogIsReadRoundIt() throws IOException {
        try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
            Path drive = windows.getPath("C:\\");
            Server server = Server.at(drive.resolve("EV")).all();
            server.write(LOG, Files.readString(server.path(LOG)) + ATTACK);
            Path root = FaultyDisk.around(windows.getPath("c:\\ev"), "u_ex210302.log", FaultyDisk.Fault.LOCKED);

            CaseResult result = Scans.scan(root);

            assertEquals(List.of(LOG + ":147"), result.findings().stream().filter(f -> f.severity().accuses())
                    .map(f -> f.place().toString()).distinct().toList());
            assertEquals(List.of(Server.SITE + "u_ex210302.log: cannot be read: The process cannot access the file because"
                    + " it is being used by another process."),
                    result.hosts().get(0).skipped().stream().map(s -> s.path() + ": " + s.why()).toList());
            assertTrue(Scans.why(result.hosts().get(0)).contains("u_ex210302.log"));
        }
    }
}
