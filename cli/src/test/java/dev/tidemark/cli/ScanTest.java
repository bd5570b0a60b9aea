package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.testkit.MadeEvidence;
import dev.tidemark.testkit.MadeEvidence.Layout;
import dev.tidemark.testkit.MadeFile;
import dev.tidemark.testkit.Scenario;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code scan} as a user calls it: in what form evidence comes, what each option does, how it ends. */
class ScanTest {
    @TempDir
    private Path dir;

    private Path folder(Scenario scenario, Layout layout) throws IOException {
        Path root = dir.resolve(scenario.server());
        scenario.make().writeTo(root, layout);
        return root;
    }

    private static byte[] zip(MadeEvidence made, Layout layout) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        made.writeZip(bytes, layout, "");
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"CLEAN,0", "PROBED,0", "PROXYLOGON,1", "SUSPECTED,1", "GAP,3"})
    void statusTellsWhatHasToBeDone(Scenario scenario, int status) throws IOException {
        Cli cli = Cli.run("scan", folder(scenario, Layout.KAPE), "--out", dir.resolve("case"));

        assertEquals(status, cli.status(), cli.out());
        assertTrue(cli.out().startsWith(scenario.server() + ": " + scenario.verdict() + "\n"), cli.out());
        assertTrue(cli.out().endsWith("Report: " + dir.resolve("case/report.html") + "\n"), cli.out());
    }

    @Test
    void compromisedServerOutweighsAMissingLog() throws IOException {
        assertEquals(1, Cli.run("scan", folder(Scenario.GAP, Layout.KAPE), folder(Scenario.PROXYSHELL, Layout.KAPE), "--out",
                dir.resolve("case")).status());
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void collectorsLayoutChangesNothing(Layout layout) throws IOException {
        Cli.run("scan", folder(Scenario.PROXYLOGON, layout), "--out", dir.resolve("case"));

        assertTold(layout.place("C/"));
    }

    private void assertTold(String drive) throws IOException {
        JsonNode host = Cases.host(dir.resolve("case"));
        assertEquals("compromised", host.get("verdict").asText());
        assertEquals("[\"198.18.40.7\",\"203.0.113.45\"]", host.get("attackerIps").toString());
        assertEquals("vulnerable", host.get("patchState").asText());
        List<String> places = Cases.findings(dir.resolve("case")).stream().map(Cases::place).toList();
        Scenario.PROXYLOGON.make().truth().planted().forEach(p ->
                assertTrue(places.contains(drive + p.place().substring("C/".length())), p.toString()));
    }

    @Test
    void zipIsReadAsItIs() throws IOException {
        Path zip = Files.write(dir.resolve("collection.zip"), zip(Scenario.PROXYLOGON.make(), Layout.VELOCIRAPTOR));

        assertEquals(1, Cli.run("scan", zip, "--out", dir.resolve("case")).status());
        assertTold("uploads/auto/C%3A/");
    }

    @Test
    void tarGzIsReadAsItIs() throws IOException {
        Path tar = dir.resolve("collection.tar.gz");
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(tar)))) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (MadeFile file : Scenario.PROXYLOGON.make().files()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.path());
                entry.setSize(file.content().length);
                out.putArchiveEntry(entry);
                out.write(file.content());
                out.closeArchiveEntry();
            }
        }

        assertEquals(1, Cli.run("scan", tar, "--out", dir.resolve("case")).status());
        assertTold("C/");
    }

    @Test
    void archiveInAnArchiveIsReadWhereItLies() throws IOException {
        Path outer = dir.resolve("delivery.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(outer))) {
            zip.putNextEntry(new ZipEntry("hand-over/collection.zip"));
            zip.write(zip(Scenario.PROXYSHELL.make(), Layout.KAPE));
            zip.closeEntry();
        }

        Cli.run("scan", outer, "--out", dir.resolve("case"));

        assertEquals("compromised", Cases.verdict(dir.resolve("case")));
        assertTrue(Cases.findings(dir.resolve("case")).stream()
                .anyMatch(f -> f.get("path").asText().startsWith("hand-over/collection.zip!/C/inetpub/")));
        try (Stream<Path> files = Files.walk(dir)) {
            assertTrue(files.noneMatch(f -> f.getFileName().toString().endsWith(".LOG")), "unpacked to disk");
        }
    }

    @Test
    void severalServersInOneFolderAreTheirOwnHosts() throws IOException {
        Path all = dir.resolve("all");
        Scenario.CLEAN.make().writeTo(all.resolve("first"), Layout.KAPE);
        Scenario.PROXYLOGON.make().writeTo(all.resolve("second"), Layout.IMAGE);
        Files.write(all.resolve("third.zip"), zip(Scenario.GAP.make(), Layout.VELOCIRAPTOR));

        Cli cli = Cli.run("scan", all, "--out", dir.resolve("case"));

        assertEquals(Map.of("first", "no-evidence", "second", "compromised", "third.zip", "insufficient-evidence"),
                Cases.verdicts(dir.resolve("case")));
        assertEquals(1, cli.status());
    }

    @Test
    void severalServersInOneArchiveAreTheirOwnHosts() throws IOException {
        Path all = dir.resolve("all.zip");
        try (OutputStream out = Files.newOutputStream(all); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Scenario scenario : List.of(Scenario.CLEAN, Scenario.PROXYSHELL)) {
                for (MadeFile file : scenario.make().files()) {
                    zip.putNextEntry(new ZipEntry(scenario.name() + "/" + file.path()));
                    zip.write(file.content());
                    zip.closeEntry();
                }
            }
        }

        Cli.run("scan", all, "--out", dir.resolve("case"));

        assertEquals(Map.of("CLEAN", "no-evidence", "PROXYSHELL", "compromised"), Cases.verdicts(dir.resolve("case")));
    }

    @Test
    void singleLogIsEvidence() throws IOException {
        MadeFile log = Scenario.PROXYLOGON.make().files().stream()
                .filter(f -> f.path().contains("/HttpProxy/Ecp/HttpProxy_2021030302")).findFirst().orElseThrow();
        Path file = Files.write(dir.resolve("HttpProxy_2021030302-1.LOG"), log.content());

        assertEquals(1, Cli.run("scan", file, "--out", dir.resolve("case")).status());
        assertEquals("compromised", Cases.verdict(dir.resolve("case")));
    }

    @Test
    void threadsAndOrderOfEvidenceChangeNoByte() throws IOException {
        Path first = folder(Scenario.PROXYLOGON, Layout.KAPE);
        Path second = folder(Scenario.PROXYSHELL, Layout.KAPE);
        Cli.run("scan", first, second, "--out", dir.resolve("one"), "--threads", "1");
        Cli.run("scan", second, first, "--out", dir.resolve("two"), "--threads", "4");

        assertEquals(Cases.results(dir.resolve("one")), Cases.results(dir.resolve("two")));
    }

    @Test
    void boundsInTimeLeaveOtherRecordsOut() throws IOException {
        Path root = folder(Scenario.PROXYLOGON, Layout.KAPE);
        Cli.run("scan", root, "--out", dir.resolve("before"), "--until", "2021-03-03");
        Cli.run("scan", root, "--out", dir.resolve("after"), "--since", "2021-03-03T12:00:00Z");

        assertEquals("no-evidence", Cases.verdict(dir.resolve("before")));
        assertTrue(Cases.findings(dir.resolve("after")).stream().filter(f -> !f.get("source").asText().endsWith("file"))
                .allMatch(f -> f.get("time").asText().compareTo("2021-03-03T12") >= 0));
        assertEquals("[\"198.18.40.7\"]", Cases.host(dir.resolve("after")).get("attackerIps").toString());
    }

    @Test
    void webShellThatLiesThereIsFoundWhateverTimeIsAskedFor() throws IOException {
        Path root = folder(Scenario.PROXYLOGON, Layout.KAPE);
        Cli.run("scan", root, "--out", dir.resolve("later"), "--since", "2023-01-01");
        Cli.run("scan", root, "--out", dir.resolve("earlier"), "--until", "2021-03-03");

        assertEquals("compromised", Cases.verdict(dir.resolve("later")));
        assertEquals("no-evidence", Cases.verdict(dir.resolve("earlier")));
    }

    @ParameterizedTest
    @CsvSource({"--since,2022-01-01", "--until,2020-01-01T06:00:00+02:00"})
    void timeWithoutRecordsIsNotCleared(String bound, String time) throws IOException {
        Cli cli = Cli.run("scan", folder(Scenario.CLEAN, Layout.KAPE), "--out", dir.resolve("case"), bound, time);

        assertEquals("insufficient-evidence", Cases.verdict(dir.resolve("case")));
        assertTrue(cli.out().contains("for the time in"), cli.out());
        assertEquals(3, cli.status());
    }

    @Test
    void gapOutsideOfTheTimeThatWasAskedForDoesNotCount() throws IOException {
        Path root = folder(Scenario.GAP, Layout.KAPE);
        Cli.run("scan", root, "--out", dir.resolve("before"), "--until", "2021-03-03");
        Cli.run("scan", root, "--out", dir.resolve("during"), "--since", "2021-03-03", "--until", "2021-03-04");

        assertEquals("no-evidence", Cases.verdict(dir.resolve("before")));
        assertEquals("insufficient-evidence", Cases.verdict(dir.resolve("during")));
    }

    @ParameterizedTest
    @CsvSource({"PROBED,high", "SUSPECTED,critical", "PROXYLOGON,critical"})
    void leastSeverityIsAMatterOfTheListNotOfTheVerdict(Scenario scenario, String least) throws IOException {
        Path out = dir.resolve("case");
        Cli.run("scan", folder(scenario, Layout.KAPE), "--out", out, "--minimum-severity", least);

        assertEquals(scenario.verdict(), Cases.verdict(out));
        assertEquals(scenario == Scenario.PROXYLOGON, !Cases.findings(out).isEmpty());
        List<String> ids = Cases.findings(out).stream().map(f -> f.get("id").asText()).toList();
        assertTrue(Cases.findings(out).stream().allMatch(f -> f.get("severity").asText().equals(least)));
        Cases.host(out).get("reasons").forEach(reason -> reason.get("findings").forEach(id ->
                assertTrue(ids.contains(id.asText()), "a reason rests on a finding that is not there")));
        for (JsonNode episode : Cases.lines(out.resolve("episodes.jsonl"))) {
            episode.get("findings").forEach(id -> assertTrue(ids.contains(id.asText()), episode.toString()));
        }
    }

    @Test
    void scanLeavesTheEvidenceAsItWas() throws IOException {
        Path root = folder(Scenario.PROXYLOGON, Layout.KAPE);
        Path zip = Files.write(dir.resolve("collection.zip"), zip(Scenario.CLEAN.make(), Layout.KAPE));
        Map<Path, String> before = state(root, zip);

        Cli.run("scan", root, zip, "--out", dir.resolve("case"));

        assertEquals(before, state(root, zip));
    }

    private static Map<Path, String> state(Path... roots) throws IOException {
        Map<Path, String> state = new TreeMap<>();
        for (Path root : roots) {
            try (Stream<Path> paths = Files.walk(root)) {
                for (Path path : (Iterable<Path>) paths::iterator) {
                    FileTime time = Files.getLastModifiedTime(path);
                    state.put(path, time + (Files.isDirectory(path) ? "" : " " + Arrays.hashCode(Files.readAllBytes(path))));
                }
            }
        }
        return state;
    }

    @Test
    void caseIsNotWrittenIntoTheEvidence() throws IOException {
        Path root = folder(Scenario.CLEAN, Layout.KAPE);
        Path alias = Files.createSymbolicLink(dir.resolve("alias"), root);

        for (Path out : List.of(root, root.resolve("case"), root.resolve("C/../case"), alias.resolve("case"))) {
            Cli cli = Cli.run("scan", root, "--out", out);

            assertEquals(2, cli.status(), out.toString());
            assertTrue(cli.err().contains("written into the evidence"), cli.err());
        }
        assertFalse(Files.exists(root.resolve("case")));
    }

    @Test
    void emptyFolderIsNoCleanServer() throws IOException {
        Cli cli = Cli.run("scan", Files.createDirectories(dir.resolve("nothing")), "--out", dir.resolve("case"));

        assertEquals(3, cli.status());
        assertEquals("insufficient-evidence", Cases.verdict(dir.resolve("case")));
    }

    @Test
    void wrongUseIsOneSentenceAndStatusTwo() throws IOException {
        Path root = folder(Scenario.CLEAN, Layout.KAPE);
        Path out = dir.resolve("case");
        Path file = Files.writeString(dir.resolve("file"), "");
        assertAll(
                () -> wrong("no such evidence", Cli.run("scan", dir.resolve("missing"), "--out", out)),
                () -> wrong("is no time", Cli.run("scan", root, "--out", out, "--since", "yesterday")),
                () -> wrong("is not before", Cli.run("scan", root, "--out", out, "--since", "2021-03-02", "--until", "2021-03-01")),
                () -> wrong("--threads must be at least 1", Cli.run("scan", root, "--out", out, "--threads", "0")),
                () -> wrong("'many' is not", Cli.run("scan", root, "--out", out, "--threads", "many")),
                () -> wrong("'loud'", Cli.run("scan", root, "--out", out, "--minimum-severity", "loud")),
                () -> wrong("no such rules", Cli.run("scan", root, "--out", out, "--rules", dir.resolve("none"))),
                () -> wrong("there are no rules", Cli.run("scan", root, "--out", out, "--no-bundled-rules")),
                () -> wrong("there are no rules (*.yml", Cli.run("scan", root, "--out", out, "--rules", file)),
                () -> wrong("there are no YARA rules", Cli.run("scan", root, "--out", out, "--yara", file)),
                () -> wrong("cannot write the case", Cli.run("scan", root, "--out", file)),
                () -> wrong("--out", Cli.run("scan", root)),
                () -> wrong("--colour", Cli.run("scan", root, "--out", out, "--colour")),
                () -> wrong("name the evidence", Cli.run("scan", "--out", out)),
                () -> wrong("scna", Cli.run("scna")),
                () -> wrong("name a command", Cli.run()));
        assertFalse(Files.exists(out.resolve("run.json")));
    }

    private static void wrong(String said, Cli cli) {
        assertEquals(2, cli.status(), cli.err());
        assertEquals("", cli.out());
        assertTrue(cli.err().startsWith("tidemark: ") && cli.err().lines().findFirst().orElse("").contains(said), cli.err());
        assertTrue(cli.err().lines().count() <= 3, cli.err());
        assertFalse(cli.err().contains("Exception"), cli.err());
    }

    @Test
    void ruleOfTheUserIsRunAndABrokenOneIsToldWithItsLine() throws IOException {
        Path root = folder(Scenario.CLEAN, Layout.KAPE);
        Path rule = dir.resolve("mine.yml");
        Files.writeString(rule, """
                title: Phones
                logsource: {product: exchange, service: iis}
                detection:
                  phone: {cs-uri-query|contains: DeviceType=Phone}
                  condition: phone
                level: low
                """);
        Cli.run("scan", root, "--out", dir.resolve("case"), "--no-bundled-rules", "--rules", rule);
        assertTrue(Cases.findings(dir.resolve("case")).stream().allMatch(f -> f.get("rule").asText().equals("mine.yml")));
        assertFalse(Cases.findings(dir.resolve("case")).isEmpty());

        Files.writeString(rule, Files.readString(rule).replace("contains", "contain"));
        Cli broken = Cli.run("scan", root, "--out", dir.resolve("case"), "--rules", rule);
        assertEquals(2, broken.status());
        assertTrue(broken.err().contains("mine.yml:4: unknown modifier 'contain' (did you mean 'contains'?)"), broken.err());
    }
}
