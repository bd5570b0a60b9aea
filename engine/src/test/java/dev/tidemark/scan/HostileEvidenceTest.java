package dev.tidemark.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tidemark.detect.FieldMap;
import dev.tidemark.detect.RuleException;
import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.RuleSource;
import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Finding;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.InputFile;
import dev.tidemark.model.VerdictClass;
import dev.tidemark.testing.FaultyDisk;
import dev.tidemark.testing.Packed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole scan on evidence that somebody made to break it, to hide in it, or to change it. */
class HostileEvidenceTest {
    private static final String ATTACK = "2021-03-03 04:05:06 10.0.0.5 POST /owa/auth/x.js - 443 - 203.0.113.7"
            + " python-requests/2.25.1 200\n";

    private FileSystem fs;
    private Path root;

    @BeforeEach
    void makeDisk() {
        fs = Jimfs.newFileSystem(Configuration.unix());
        root = fs.getPath("/ev/mail01");
    }

    @AfterEach
    void dropDisk() throws IOException {
        fs.close();
    }

    /** A server on which somebody got in through the front end. */
    private static Server attacked(Path root) {
        Server server = Server.at(root).all();
        String log = Server.SITE + "u_ex210303.log";
        try {
            return server.write(log, Files.readString(server.path(log)) + ATTACK);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> accusing(CaseResult result) {
        return result.findings().stream().filter(f -> f.severity().accuses()).map(f -> f.place().toString()).distinct()
                .toList();
    }

    @Test
    void attackIsFound() {
        attacked(root);

        CaseResult result = Scans.scan(root);
        assertEquals(List.of(Server.SITE + "u_ex210303.log:147"), accusing(result));
        assertEquals(List.of("203.0.113.7"), result.hosts().get(0).attackerIps());
    }

    @Test
    void zipBombThatCallsItselfALogEndsAtItsBoundAndHidesNothing() throws IOException {
        attacked(root);
        Path archive = fs.getPath("/ev/bomb.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry(Server.SITE + "u_ex210302.log"));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 80; i++) {
                zip.write(zeros);
            }
            zip.putNextEntry(new ZipEntry(Server.SITE + "u_ex210303.log"));
            zip.write(Files.readAllBytes(root.resolve(Server.SITE + "u_ex210303.log")));
        }

        CaseResult result = Scans.scan(archive);

        assertEquals(List.of(Server.SITE + "u_ex210303.log:147"), accusing(result));
        assertTrue(result.run().skipped().toString().contains("u_ex210302.log"), result.run().skipped().toString());
    }

    @Test
    void namesOfAnArchiveNeverBecomePathsOfThisMachine(@TempDir Path dir) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String log = "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent)"
                + " sc-status\n" + ATTACK;
        List<String> names = List.of("../../../../tmp/tidemark-slipped.log", "/tmp/tidemark-slipped.log",
                "C:\\Windows\\tidemark-slipped.log", "\\\\server\\share\\x.log", "a/../../b.log", "con.log", "nul",
                "x.log:stream", "\u202Egol.exe.log", "\u001b]0;title\u0007.log", "line\nbreak.log", "\ud83d\ude00.log",
                "\u0645\u0631\u062d\u0628\u0627.log", "e\u0301.log", "n".repeat(3_000) + ".log", "U.LOG", "u.log", "u.log ");
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(log.getBytes(StandardCharsets.UTF_8));
            }
        }
        Path archive = Files.write(dir.resolve("h.zip"), out.toByteArray());

        CaseResult result = Scans.scan(archive);

        Set<String> paths = new TreeSet<>(result.run().inputs().stream().map(InputFile::path).toList());
        assertEquals(names.size(), paths.size(), paths.toString());
        for (String path : paths) {
            assertFalse(path.startsWith("/") || path.contains("/../") || path.contains("\\"), path);
            assertTrue(path.codePoints().noneMatch(c -> Character.isISOControl(c) || c >= 0x202A && c <= 0x202E), path);
        }
        assertEquals(names.size(), accusing(result).size());
        try (Stream<Path> left = Files.list(dir)) {
            assertEquals(List.of(archive), left.toList());
        }
        assertFalse(Files.exists(Path.of("/tmp/tidemark-slipped.log")));
    }

    @Test
    void evidenceIsLeftAsItWas(@TempDir Path dir) throws IOException {
        Path evidence = dir.resolve("ev");
        attacked(evidence.resolve("mail01"));
        Files.write(evidence.resolve("mail02.zip"), Packed.zipOf(evidence.resolve("mail01")));
        Files.write(evidence.resolve("broken.tar.gz"), new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0});
        Files.createSymbolicLink(evidence.resolve("loop"), evidence);
        Files.createSymbolicLink(evidence.resolve("nowhere"), dir.resolve("gone"));
        try (Stream<Path> all = Files.walk(evidence)) {
            for (Path each : (Iterable<Path>) all.filter(p -> !Files.isSymbolicLink(p))::iterator) {
                Files.setLastModifiedTime(each, FileTime.from(Instant.parse("2021-03-04T05:06:07Z")));
            }
        }
        Map<String, String> before = state(evidence);

        CaseResult result = Scans.scan(evidence);

        assertEquals(before, state(evidence));
        assertEquals(2, result.hosts().stream().filter(h -> !h.attackerIps().isEmpty()).count());
        assertTrue(result.run().skipped().toString().contains("is a link to"), result.run().skipped().toString());
    }

    private static Map<String, String> state(Path folder) throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                if (!Files.isSymbolicLink(path)) {
                    state.put(path.toString(), Files.getLastModifiedTime(path) + " " + (Files.isRegularFile(path)
                            ? Files.size(path) + " " + java.util.Arrays.hashCode(Files.readAllBytes(path)) : ""));
                }
            }
        }
        return state;
    }

    @Test
    void scanNeedsNoMoreThanToRead() {
        attacked(root);

        // this disk refuses every write with an exception
        CaseResult result = Scans.scan(FaultyDisk.around(root, "no such name", FaultyDisk.Fault.DENIED));

        assertEquals(List.of(Server.SITE + "u_ex210303.log:147"), accusing(result));
        assertEquals(List.of(), result.run().skipped());
    }

    @Test
    void logThatGrowsWhileItIsReadIsReadToWhereItIsThen() {
        Server.at(root).all();

        HostResult host = Scans.host(FaultyDisk.around(root, "u_ex210303.log", FaultyDisk.Fault.GROWS));

        assertEquals(List.of(), host.skipped());
        assertEquals(144L + 4 * 144, host.coverage().stream().filter(c -> c.source().equals("iis")).findFirst()
                .orElseThrow().records());
        assertEquals(VerdictClass.NO_EVIDENCE, host.verdict().verdict());
    }

    @Test
    void hundredsOfMegabytesOfNothingHideNothing(@TempDir Path dir) throws IOException {
        attacked(dir);
        Path log = dir.resolve(Server.SITE).resolve("u_ex210303.log");
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
            file.setLength(300L << 20); // a hole: on most disks it takes no room
            file.seek(300L << 20);
            file.write(("\n" + ATTACK).getBytes(StandardCharsets.UTF_8));
        }

        CaseResult result = Scans.scan(dir);

        assertEquals(List.of(Server.SITE + "u_ex210303.log:147", Server.SITE + "u_ex210303.log:149"), accusing(result));
        assertTrue(result.run().skipped().toString().contains("NUL bytes"), result.run().skipped().toString());
    }

    @Test
    void floodOfOneAttackIsToldInNumbers() throws IOException {
        Server server = attacked(root);
        server.write(Server.SITE + "u_ex210303.log", Files.readString(server.path(Server.SITE + "u_ex210303.log"))
                + ATTACK.repeat(11_000));

        CaseResult result = Scans.scan(root);

        assertTrue(result.findings().size() < 11_000, result.findings().size() + "");
        assertTrue(result.run().skipped().toString().contains("matched 11001 records of this file"),
                result.run().skipped().toString());
        assertTrue(result.hosts().get(0).verdict().why().size() < 20);
    }

    @Test
    void valueOfAMegabyteIsKeptByItsBeginning() {
        String huge = "x".repeat(900_000);
        attacked(root).write(Server.SITE + "u_ex210304.log", "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query"
                + " s-port cs-username c-ip cs(User-Agent) sc-status\n2021-03-04 04:05:06 10.0.0.5 POST /owa/auth/x.js "
                + huge + " 443 " + huge + " 203.0.113.7 python-requests/2.25.1 200\n");

        for (Finding finding : Scans.scan(root).findings()) {
            int chars = finding.excerpt().length() + finding.summary().length() + finding.user().length()
                    + finding.fields().values().stream().mapToInt(String::length).sum();
            assertTrue(chars < 40_000, finding.rule() + " " + chars);
        }
    }

    @Test
    void sameEvidenceGivesTheSameCaseWhateverCameFirst() throws IOException {
        attacked(root);
        Path other = fs.getPath("/ev/mail02");
        attacked(other).proxy("Mapi");
        CaseResult first = Scans.scan(fs.getPath("/ev"));
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 4; round++) {
            HostSplitShuffle shuffle = new HostSplitShuffle(random);
            assertEquals(shuffle.hosts(fs.getPath("/ev")), first.hosts(), "seed " + seed);
            assertEquals(shuffle.findings, first.findings(), "seed " + seed);
            assertEquals(shuffle.episodes, first.episodes(), "seed " + seed);
        }
    }

    /** A scan on a disk that lists its folders in an order of its own. */
    private static final class HostSplitShuffle {
        private final Random random;
        private List<Finding> findings = List.of();
        private List<dev.tidemark.model.Episode> episodes = List.of();

        HostSplitShuffle(Random random) {
            this.random = random;
        }

        List<HostResult> hosts(Path path) {
            CaseResult result = Scans.scan(FaultyDisk.shuffled(path, random));
            findings = result.findings();
            episodes = result.episodes();
            return result.hosts();
        }
    }

    @Test
    void expressionThatWouldRunForeverIsGivenUpAndTold() throws IOException, RuleException {
        String rule = """
                title: Backtracks
                logsource: {product: exchange, service: iis}
                detection:
                  bad: {cs-uri-query|re: '^(?!x)(a+)+$'}
                  condition: bad
                level: high
                """;
        RuleSet rules = RuleSet.load(List.of(new RuleSource("bad.yml", rule.getBytes(StandardCharsets.UTF_8))),
                FieldMap.bundled());
        Server.at(root).all().write(Server.SITE + "u_ex210304.log", "#Fields: date time c-ip cs-method cs-uri-query\n"
                + ("2021-03-04 04:05:06 203.0.113.7 GET " + "a".repeat(4_000) + "!\n").repeat(20));

        CaseResult result = Scans.scan(rules, root);

        assertEquals(List.of(), result.findings());
        assertTrue(result.run().skipped().toString().contains("given up"), result.run().skipped().toString());
    }

    @Test
    void manySmallHostsInOneFolderAreKeptApart() {
        List<Path> roots = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Path each = fs.getPath("/ev/h" + i);
            roots.add(each);
            Server.at(each).from("2021-03-02T00:00:00Z", 24).iis();
        }

        List<String> names = Scans.scan(fs.getPath("/ev")).hosts().stream().map(HostResult::host).toList();

        List<String> expected = new ArrayList<>(roots.stream().map(r -> r.getFileName().toString()).toList());
        Collections.sort(expected);
        assertEquals(expected, names);
    }

    @Test
    void emptyEvidenceProvesNothing() throws IOException {
        Files.createDirectories(root);
        assertEquals(VerdictClass.INSUFFICIENT_EVIDENCE, Scans.verdict(root));

        Path empty = Files.write(fs.getPath("/ev/empty.zip"), new byte[0]);
        assertEquals(VerdictClass.INSUFFICIENT_EVIDENCE, Scans.verdict(empty));
        Path hollow = fs.getPath("/ev/hollow.zip");
        try (OutputStream out = Files.newOutputStream(hollow)) {
            new ZipOutputStream(out).close();
        }
        assertEquals(VerdictClass.INSUFFICIENT_EVIDENCE, Scans.verdict(hollow));
    }

    @Test
    void whatNoMachineCanBeCalledIsNoServer() {
        String columns = "DateTime,RequestId,UrlStem,HttpStatus,BackEndStatus,ServerHostName\n";
        String evil = "\"MX9\nmail02: no-evidence\"";
        Server server = Server.at(root).all();
        for (int hour = 10; hour < 20; hour++) {
            for (String protocol : List.of("Ecp", "Owa", "Autodiscover", "Mapi", "Eas", "Ews", "Oab", "Rest", "E4e")) {
                server.write(Server.PROXY + protocol + "/HttpProxy_20210304" + hour + "-1.LOG", columns + "2021-03-04T"
                        + hour + ":00:00Z,r,/x,200,200," + evil + "\n");
            }
        }

        assertEquals("MX1", Scans.host(root).server());
    }
}
