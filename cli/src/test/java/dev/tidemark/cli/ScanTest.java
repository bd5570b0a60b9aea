package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.testkit.MadeEvidence;
import dev.tidemark.testkit.MadeEvidence.Layout;
import dev.tidemark.testkit.MadeFile;
import dev.tidemark.testkit.Scenario;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path dir;

    private Path folder(Scenario scenario, Layout layout) throws IOException {
        Path root = dir.resolve(scenario.server());
        scenario.make().writeTo(root, layout);
        return root;
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static String verdict(Path out) throws IOException {
        List<JsonNode> hosts = lines(out.resolve("hosts.jsonl"));
        assertEquals(1, hosts.size(), hosts.toString());
        return hosts.get(0).get("verdict").asText();
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void everyMadeServerGetsItsVerdict(Scenario scenario) throws IOException {
        Cli cli = Cli.run("scan", folder(scenario, Layout.KAPE), "--out", dir.resolve("case"));

        assertEquals(scenario.verdict(), verdict(dir.resolve("case")), cli.out());
        assertEquals(switch (scenario.verdict()) {
            case "compromised", "compromised-suspected" -> 1;
            case "insufficient-evidence" -> 3;
            default -> 0;
        }, cli.status());
        assertTrue(cli.out().startsWith(scenario.server() + " (" + scenario.server() + "): " + scenario.verdict()), cli.out());
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void everyPlantedRecordIsFoundAndNothingElseIsAccused(Scenario scenario) throws IOException {
        Cli.run("scan", folder(scenario, Layout.KAPE), "--out", dir.resolve("case"));

        Set<String> found = new HashSet<>();
        Set<String> accused = new HashSet<>();
        for (JsonNode finding : lines(dir.resolve("case/findings.jsonl"))) {
            if (finding.get("line").isNull()) {
                continue;
            }
            String place = finding.get("path").asText() + ":" + finding.get("line").asLong();
            found.add(place);
            if (Set.of("medium", "high", "critical").contains(finding.get("severity").asText())) {
                accused.add(place);
            }
        }
        Set<String> planted = new HashSet<>();
        scenario.make().planted().forEach(p -> planted.add(p.path() + ":" + p.line()));
        Set<String> missed = new HashSet<>(planted);
        missed.removeAll(found);
        assertEquals(Set.of(), missed);
        accused.removeAll(planted);
        assertEquals(Set.of(), accused);
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void collectorsLayoutChangesNothing(Layout layout) throws IOException {
        Cli.run("scan", folder(Scenario.PROXYLOGON, layout), "--out", dir.resolve("case"));

        JsonNode host = lines(dir.resolve("case/hosts.jsonl")).get(0);
        assertEquals("compromised", host.get("verdict").asText());
        assertEquals("[\"198.18.40.7\",\"203.0.113.45\"]", host.get("attackerIps").toString());
        assertEquals("vulnerable", host.get("patchState").asText());
    }

    @Test
    void archiveInAnArchiveIsReadWhereItLies() throws IOException {
        Path inner = dir.resolve("inner.zip");
        try (OutputStream out = Files.newOutputStream(inner)) {
            Scenario.PROXYSHELL.make().writeZip(out, Layout.VELOCIRAPTOR, "");
        }
        Path outer = dir.resolve("delivery.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(outer))) {
            zip.putNextEntry(new ZipEntry("hand-over/collection.zip"));
            Files.copy(inner, zip);
            zip.closeEntry();
        }

        Cli.run("scan", outer, "--out", dir.resolve("case"));

        assertEquals("compromised", verdict(dir.resolve("case")));
        try (Stream<Path> files = Files.walk(dir)) {
            assertTrue(files.noneMatch(f -> f.getFileName().toString().endsWith(".LOG")), "unpacked to disk");
        }
    }

    @Test
    void severalServersInOneFolderAreTheirOwnHosts() throws IOException {
        Path all = dir.resolve("all");
        Scenario.CLEAN.make().writeTo(all.resolve("first"), Layout.KAPE);
        Scenario.PROXYLOGON.make().writeTo(all.resolve("second"), Layout.IMAGE);
        Files.createDirectories(all);
        try (OutputStream out = Files.newOutputStream(all.resolve("third.zip"))) {
            Scenario.GAP.make().writeZip(out, Layout.VELOCIRAPTOR, "");
        }

        Cli cli = Cli.run("scan", all, "--out", dir.resolve("case"));

        Map<String, String> verdicts = new TreeMap<>();
        lines(dir.resolve("case/hosts.jsonl")).forEach(h -> verdicts.put(h.get("server").asText(), h.get("verdict").asText()));
        assertEquals(Map.of("MX-ALDER", "no-evidence", "MX-CEDAR", "compromised", "MX-HOLLY", "insufficient-evidence"), verdicts);
        assertEquals(1, cli.status());
    }

    @Test
    void singleLogIsEvidence() throws IOException {
        MadeFile log = Scenario.PROXYLOGON.make().files().stream()
                .filter(f -> f.path().contains("/HttpProxy/Ecp/HttpProxy_2021030302")).findFirst().orElseThrow();
        Path file = dir.resolve("HttpProxy_2021030302-1.LOG");
        Files.write(file, log.content());

        assertEquals(1, Cli.run("scan", file, "--out", dir.resolve("case")).status());
        assertEquals("compromised", verdict(dir.resolve("case")));
    }

    @Test
    void threadsAndOrderOfEvidenceChangeNoByte() throws IOException {
        Path first = folder(Scenario.PROXYLOGON, Layout.KAPE);
        Path second = folder(Scenario.PROXYSHELL, Layout.KAPE);
        Cli.run("scan", first, second, "--out", dir.resolve("one"), "--threads", "1");
        Cli.run("scan", second, first, "--out", dir.resolve("two"), "--threads", "4");

        for (String file : List.of("findings.jsonl", "hosts.jsonl", "episodes.jsonl", "timeline.csv")) {
            assertEquals(Files.readString(dir.resolve("one").resolve(file)), Files.readString(dir.resolve("two").resolve(file)));
        }
    }

    @Test
    void boundsInTimeLeaveOtherRecordsOut() throws IOException {
        Path root = folder(Scenario.PROXYLOGON, Layout.KAPE);
        Cli.run("scan", root, "--out", dir.resolve("before"), "--until", "2021-03-03");
        Cli.run("scan", root, "--out", dir.resolve("after"), "--since", "2021-03-03T12:00:00Z");

        assertEquals("no-evidence", verdict(dir.resolve("before")));
        assertTrue(lines(dir.resolve("after/findings.jsonl")).stream()
                .allMatch(f -> f.get("time").asText().compareTo("2021-03-03T12") >= 0));
        assertEquals("[\"198.18.40.7\"]", lines(dir.resolve("after/hosts.jsonl")).get(0).get("attackerIps").toString());
    }

    @Test
    void minimumSeverityLeavesLesserFindingsOut() throws IOException {
        Cli.run("scan", folder(Scenario.CLEAN, Layout.KAPE), "--out", dir.resolve("case"), "--minimum-severity", "medium");

        assertEquals(List.of(), lines(dir.resolve("case/findings.jsonl")));
    }

    @Test
    void scanLeavesTheEvidenceAsItWas() throws IOException {
        Path root = folder(Scenario.PROXYLOGON, Layout.KAPE);
        Map<Path, String> before = state(root);

        Cli.run("scan", root, "--out", dir.resolve("case"));

        assertEquals(before, state(root));
    }

    private static Map<Path, String> state(Path root) throws IOException {
        Map<Path, String> state = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                FileTime time = Files.getLastModifiedTime(path);
                state.put(path, time + (Files.isDirectory(path) ? "" : " " + java.util.Arrays.hashCode(Files.readAllBytes(path))));
            }
        }
        return state;
    }

    @Test
    void caseIsNotWrittenIntoTheEvidence() throws IOException {
        Path root = folder(Scenario.CLEAN, Layout.KAPE);

        Cli cli = Cli.run("scan", root, "--out", root.resolve("case"));

        assertEquals(2, cli.status());
        assertTrue(cli.err().contains("written into the evidence"), cli.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"httpproxy", "w3svc", "/ecp/server", "owa/auth"})
    void oneSourceLessNeverMakesAnEffectSilent(String gone) throws IOException {
        MadeEvidence rest = Scenario.PROXYLOGON.make().without(p -> p.toLowerCase(java.util.Locale.ROOT).contains(gone));
        Path root = dir.resolve("rest");
        rest.writeTo(root, Layout.KAPE);

        Cli.run("scan", root, "--out", dir.resolve("case"));

        assertTrue(Set.of("compromised", "compromised-suspected").contains(verdict(dir.resolve("case"))), verdict(dir.resolve("case")));
    }

    @Test
    void emptyFolderIsNoCleanServer() throws IOException {
        Cli cli = Cli.run("scan", Files.createDirectories(dir.resolve("nothing")), "--out", dir.resolve("case"));

        assertEquals(3, cli.status());
        assertEquals("insufficient-evidence", verdict(dir.resolve("case")));
    }

    @Test
    void wrongUseIsOneSentenceAndStatusTwo() throws IOException {
        Path root = folder(Scenario.CLEAN, Layout.KAPE);
        Path out = dir.resolve("case");
        assertAll(
                () -> wrong("no such evidence", Cli.run("scan", dir.resolve("missing"), "--out", out)),
                () -> wrong("is no time", Cli.run("scan", root, "--out", out, "--since", "yesterday")),
                () -> wrong("is not before", Cli.run("scan", root, "--out", out, "--since", "2021-03-02", "--until", "2021-03-01")),
                () -> wrong("--threads must be at least 1", Cli.run("scan", root, "--out", out, "--threads", "0")),
                () -> wrong("no such rules", Cli.run("scan", root, "--out", out, "--rules", dir.resolve("none"))),
                () -> wrong("there are no rules", Cli.run("scan", root, "--out", out, "--no-bundled-rules")),
                () -> wrong("--out", Cli.run("scan", root)),
                () -> wrong("name a command", Cli.run()));
        assertFalse(Files.exists(out.resolve("run.json")));
    }

    private static void wrong(String said, Cli cli) {
        assertEquals(2, cli.status(), cli.err());
        assertTrue(cli.err().contains(said), cli.err());
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
        assertTrue(lines(dir.resolve("case/findings.jsonl")).stream().allMatch(f -> f.get("rule").asText().equals("mine.yml")));
        assertFalse(lines(dir.resolve("case/findings.jsonl")).isEmpty());

        Files.writeString(rule, Files.readString(rule).replace("contains", "contain"));
        Cli broken = Cli.run("scan", root, "--out", dir.resolve("case"), "--rules", rule);
        assertEquals(2, broken.status());
        assertTrue(broken.err().contains("mine.yml:4: unknown modifier 'contain' (did you mean 'contains'?)"), broken.err());
    }
}
