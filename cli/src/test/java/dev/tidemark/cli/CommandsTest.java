package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.testkit.MadeEvidence.Layout;
import dev.tidemark.testkit.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;

class CommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A case of the intrusion of the demo, which no test changes. */
    @TempDir
    private static Path whole;
    @TempDir
    private Path dir;

    @BeforeAll
    static void scanOnce() throws IOException {
        Scenario.PROXYLOGON.make().writeTo(whole.resolve("evidence/MX-CEDAR"), Layout.KAPE);
        Cli.run("scan", whole.resolve("evidence/MX-CEDAR"), "--out", whole.resolve("case"));
    }

    private Path scanned(Scenario scenario, String name) throws IOException {
        Path root = dir.resolve("evidence-" + name).resolve(scenario.server());
        scenario.make().writeTo(root, Layout.KAPE);
        Path out = dir.resolve(name);
        Cli.run("scan", root, "--out", out);
        return out;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItselfWithAnExample(String command) {
        Cli cli = Cli.run((Object[]) (command + " --help").split(" "));

        assertEquals(0, cli.status());
        assertTrue(cli.out().contains("Example"), cli.out());
        assertTrue(cli.out().contains("  tidemark " + command), cli.out());
        assertTrue(cli.out().contains("--quiet") && cli.out().contains("--verbose") && cli.out().contains("--no-color"),
                cli.out());
    }

    static Stream<String> commands() {
        return Stream.concat(Main.COMMANDS.stream()
                .map(name -> Main.command(name).getAnnotation(Command.class).name()).filter(name -> !name.equals("rules")),
                Stream.of(RulesCommand.class.getDeclaredMethods()).map(m -> m.getAnnotation(Command.class))
                        .filter(c -> c != null).map(c -> "rules " + c.name()));
    }

    @Test
    void helpOfTheProgramListsAllCommands() {
        Cli cli = Cli.run("--help");

        assertEquals(0, cli.status());
        commands().forEach(c -> assertTrue(cli.out().contains("\n  " + c.split(" ")[0] + " "), c));
        assertTrue(cli.out().contains("Exit status: 0 nothing found; 1 a host is compromised"), cli.out());
        assertTrue(Cli.run("--version").out().startsWith("tidemark "));
    }

    @ParameterizedTest
    @CsvSource({"html,<!DOCTYPE html>", "csv,id,", "timesketch,message,datetime,timestamp_desc", "stix,{\"type\":\"bundle\"",
        "ecs,{\"@timestamp\":", "navigator,{\"name\":\"Tidemark\"", "misp,{\"response\":[{\"Event\":", "directive,# Report under"})
    void caseIsRenderedInEveryFormat(String format, String start) throws IOException {
        Cli cli = Cli.run("report", whole.resolve("case"), "--format", format);

        assertEquals(0, cli.status(), cli.err());
        assertTrue(cli.out().strip().toLowerCase(java.util.Locale.ROOT).startsWith(start.toLowerCase(java.util.Locale.ROOT)),
                cli.out().substring(0, Math.min(200, cli.out().length())));
    }

    @Test
    void sharedFormatsNameAttackersAndShell() throws IOException {
        Path out = whole.resolve("case");

        JsonNode stix = JSON.readTree(Cli.run("report", out, "--format", "stix").out());
        Set<String> patterns = new java.util.HashSet<>();
        stix.get("objects").forEach(o -> patterns.add(o.path("pattern").asText()));
        assertTrue(patterns.contains("[ipv4-addr:value = '203.0.113.45']"), patterns.toString());
        assertEquals(Cli.run("report", out, "--format", "stix").out(), Cli.run("report", out, "--format", "stix").out());

        JsonNode misp = JSON.readTree(Cli.run("report", out, "--format", "misp").out()).at("/response/0/Event");
        assertFalse(misp.get("published").asBoolean());
        // MISP core format, section 2.2: present, and texts
        for (String field : List.of("id", "uuid", "info", "date", "threat_level_id", "analysis", "timestamp", "publish_timestamp",
                "org_id", "orgc_id", "attribute_count", "distribution", "sharing_group_id")) {
            assertTrue(misp.path(field).isTextual(), field);
        }
        assertEquals(misp.get("attribute_count").asText(), Integer.toString(misp.get("Attribute").size()));
        Set<String> ids = new java.util.HashSet<>();
        misp.get("Attribute").forEach(a -> assertTrue(ids.add(a.get("uuid").asText()), "no attribute comes twice"));
        assertTrue(misp.get("Tag").toString().contains("misp-galaxy:mitre-attack-pattern=\\\"Web Shell - T1505.003\\\""), misp.get("Tag").toString());
        assertTrue(misp.at("/Org/uuid").isTextual() && misp.at("/Orgc/name").isTextual(), misp.toString());
        assertTrue(misp.get("Attribute").toString().contains("\"value\":\"198.18.40.7\""), misp.toString());

        String directive = Cli.run("report", out, "--format", "directive").out();
        assertTrue(directive.contains("| indicators found | ") && directive.contains("203.0.113.45"), directive);
        assertTrue(directive.contains("| agency | **[to be added by a person]** |"), directive);
    }

    /** Source: Elastic Common Schema 8.17, field reference, and its allowed values of event.kind, category and type. */
    private static final Set<String> ECS = Set.of("@timestamp", "message", "ecs.version", "event.kind", "event.category", "event.type",
            "event.module", "event.dataset", "event.id", "event.severity", "event.original", "rule.name", "rule.id", "rule.category",
            "host.name", "source.address", "source.ip", "user.name", "log.file.path", "threat.framework", "threat.technique.id",
            "vulnerability.id", "vulnerability.enumeration");

    private static void names(JsonNode node, String above, Set<String> into) {
        if (node.isObject()) {
            node.properties().forEach(e -> names(e.getValue(), above.isEmpty() ? e.getKey() : above + "." + e.getKey(), into));
        } else {
            into.add(above);
        }
    }

    @Test
    void ecsEventsHaveFieldsOfTheSchemaAndOursBelowOurName() throws IOException {
        Set<String> used = new java.util.TreeSet<>();
        for (String line : Cli.run("report", whole.resolve("case"), "--format", "ecs").out().lines().toList()) {
            JsonNode event = JSON.readTree(line);
            names(event, "", used);
            assertTrue(Set.of("alert", "event").contains(event.at("/event/kind").asText()), line);
            assertEquals("[\"intrusion_detection\"]", event.at("/event/category").toString());
            assertTrue(Set.of("allowed", "denied", "info").contains(event.at("/event/type/0").asText()), line);
            assertTrue(event.at("/event/severity").isIntegralNumber() && event.at("/threat/technique/id").isArray(), line);
            assertTrue(event.get("@timestamp").asText().matches("\\d{4}-\\d\\d-\\d\\dT.*Z"), line);
        }
        used.removeIf(name -> ECS.contains(name) || name.startsWith("tidemark."));
        assertEquals(Set.of(), used);
    }

    /** Source: ATT&CK Navigator, layers/LAYERFORMATv4_5.md: required properties, and techniqueID's form. */
    @Test
    void navigatorLayerHasWhatItsFormatAsksFor() throws IOException {
        JsonNode layer = JSON.readTree(Cli.run("report", whole.resolve("case"), "--format", "navigator").out());

        assertTrue(layer.path("name").isTextual() && layer.path("domain").asText().equals("enterprise-attack"), layer.toString());
        for (String version : List.of("attack", "navigator", "layer")) {
            assertTrue(layer.path("versions").path(version).isTextual(), version);
        }
        assertEquals("4.5", layer.path("versions").path("layer").asText());
        Set<String> seen = new java.util.HashSet<>();
        layer.get("techniques").forEach(t -> {
            assertTrue(t.get("techniqueID").asText().matches("T\\d{4}(\\.\\d{3})?"), t.toString());
            assertTrue(t.get("score").isNumber() && t.get("comment").isTextual() && t.get("enabled").isBoolean(), t.toString());
            assertTrue(seen.add(t.get("techniqueID").asText()), "a technique comes once");
        });
        assertTrue(seen.contains("T1190"), seen.toString());
    }

    @Test
    void techniquesOfOurRulesHaveNames() throws IOException {
        Set<String> named = new java.util.HashSet<>();
        Files.readAllLines(Path.of("../data/techniques.csv")).forEach(line -> named.add(line.split(",")[0]));
        try (Stream<Path> rules = Files.list(Path.of("../data/rules"))) {
            for (Path rule : rules.filter(r -> r.toString().endsWith(".yml")).toList()) {
                java.util.regex.Matcher tag = java.util.regex.Pattern.compile("attack\\.(t\\d{4}(\\.\\d{3})?)").matcher(Files.readString(rule));
                while (tag.find()) {
                    assertTrue(named.contains(tag.group(1).toUpperCase(Locale.ROOT)), rule + " " + tag.group(1));
                }
            }
        }
    }

    @Test
    void reportOfNoCaseIsRefused() {
        Cli cli = Cli.run("report", dir, "--format", "csv");

        assertEquals(2, cli.status());
        assertTrue(cli.err().contains("no case"), cli.err());
    }

    @Test
    void sqlAnswersOverSeveralCasesAndSeesNoOtherFile() throws IOException {
        Path one = whole.resolve("case");
        Path two = scanned(Scenario.CLEAN, "two");

        Cli verdicts = Cli.run("query", "--format", "csv", one, two, "SELECT caseName, verdict FROM hosts ORDER BY 1");
        assertEquals("caseName,verdict\r\ncase,compromised\r\ntwo,no-evidence\r\n", verdicts.out());

        Cli attackers = Cli.run("query", "--format", "json", one,
                "SELECT clientIp FROM findings WHERE severity = 'critical' AND clientIp LIKE '203.%' GROUP BY 1");
        assertEquals("{\"clientIp\":\"203.0.113.45\"}\n", attackers.out());

        Path secret = Files.writeString(dir.resolve("secret.csv"), "a,b\n1,2\n");
        Cli other = Cli.run("query", one, "SELECT * FROM read_csv('" + secret.toString().replace('\\', '/') + "')");
        assertEquals(2, other.status());
        assertFalse(other.out().contains("1"), other.out());
        assertEquals(2, Cli.run("query", one, "SELEC 1").status());
    }

    @Test
    void diffTellsWhatIsNewSinceTheLastScan() throws IOException {
        Path monday = dir.resolve("monday");
        Path friday = whole.resolve("case");
        Cli.run("scan", whole.resolve("evidence/MX-CEDAR"), "--out", monday, "--until", "2021-03-03");

        Cli news = Cli.run("diff", monday, friday);
        assertEquals(1, news.status());
        assertTrue(news.out().startsWith("MX-CEDAR: no-evidence before, compromised now\n"), news.out());
        assertTrue(news.out().contains("  + 2021-03-03T02:17:23.210Z  critical  203.0.113.45 made the server send"), news.out());

        Cli same = Cli.run("diff", friday, friday);
        assertEquals(0, same.status());
        assertEquals("MX-CEDAR: unchanged, compromised\n", same.out());
    }

    @Test
    void dumpWritesRecordsAsTheyAre() throws IOException {
        Path root = dir.resolve("server");
        Scenario.CLEAN.make().writeTo(root, Layout.KAPE);
        Path iis = root.resolve("C/inetpub/logs/LogFiles/W3SVC1/u_ex210301.log");

        Cli cli = Cli.run("dump", iis);
        JsonNode first = JSON.readTree(cli.out().lines().findFirst().orElseThrow());
        assertEquals(0, cli.status(), cli.err());
        assertEquals("iis", first.get("source").asText());
        assertEquals(5, first.get("line").asInt());
        assertTrue(first.get("fields").has("cs-uri-stem"), first.toString());
        assertEquals(Files.readAllLines(iis).stream().filter(l -> !l.startsWith("#")).count(), cli.out().lines().count());
        assertTrue(Cli.run("dump", iis, "--format", "csv").out().startsWith("\"file\",\"line\",\"time\",\"date\""));
        assertTrue(Cli.run("dump", iis, "--format", "xml").out().endsWith("</records>\n"));
    }

    @Test
    void dumpOfManyLogsIsThoseOfEachInTheirOrder() throws IOException {
        Path logs = dir.resolve("logs");
        Scenario.PROXYLOGON.make().writeTo(logs, Layout.KAPE);
        String line = "2021-03-01 00:00:00 10.0.0.1 GET /owa/ - 443 - 192.0.2.1 x 200 0 0 1\n";
        Files.writeString(logs.resolve("u_ex210301.log"), "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port"
                + " cs-username c-ip cs(User-Agent) sc-status sc-substatus sc-win32-status time-taken\n"
                + line.repeat((12 << 20) / line.length()));
        List<Path> files;
        try (Stream<Path> all = Files.walk(logs)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".log")) {
                Files.delete(file);
            }
        }

        Cli together = Cli.run("dump", logs);
        Map<String, String> each = new TreeMap<>();
        for (Path file : files) {
            if (Files.exists(file)) {
                each.put(file.toString().replace('\\', '/'), Cli.run("dump", file).out());
            }
        }
        assertEquals(0, together.status(), together.err());
        assertTrue(each.size() > 5 && each.values().stream().anyMatch(text -> text.length() > 30 << 20), "one is large");
        List<String> order = new ArrayList<>();
        StringBuilder joined = new StringBuilder();
        together.out().lines().map(l -> l.substring(9, l.indexOf('"', 9))).forEach(name -> {
            if (order.isEmpty() || !order.get(order.size() - 1).equals(name)) {
                order.add(name);
                joined.append(each.get(name));
            }
        });
        assertEquals(each.size(), order.size(), "a log is torn apart, or missing");
        assertTrue(together.out().contentEquals(joined), "something of a log is missing or changed");
    }

    @Test
    void dumpSaysWhatItCannotRead() throws IOException {
        Path text = Files.writeString(dir.resolve("notes.txt"), "hello\n");

        Cli cli = Cli.run("dump", text);

        assertEquals(3, cli.status());
        assertTrue(cli.err().contains("none of the logs that can be read"), cli.err());
        assertEquals(2, Cli.run("dump", dir.resolve("missing.evtx")).status());
    }

    @ParameterizedTest
    @CsvSource({"0,(0 rows)", "1,(1 row)", "999,(999 rows)", "2500,(2500 rows)"})
    void tableEndsWithTheNumberOfItsRows(int rows, String end) {
        String out = Cli.run("query", whole.resolve("case"), "SELECT range AS n, '\u202E' AS hidden FROM range(" + rows + ")").out();

        assertTrue(out.strip().endsWith(end), out.substring(Math.max(0, out.length() - 100)));
        assertEquals(rows > 0, out.contains("\\u202e"));
    }

    @Test
    void mergedCaseHoldsTheServersOfAllAndEachOnce() throws IOException {
        Path one = whole.resolve("case");
        Path two = scanned(Scenario.CLEAN, "two");
        Path again = dir.resolve("again");
        assertEquals(1, Cli.run("scan", whole.resolve("evidence/MX-CEDAR"), "--out", again).status());
        // the same server's name, and only a part of its records
        Path part = dir.resolve("part");
        Scenario.PROXYLOGON.make().writeTo(part.resolve("MX-CEDAR"), Layout.KAPE);
        Files.delete(part.resolve("MX-CEDAR/C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log"));
        assertEquals(1, Cli.run("scan", part.resolve("MX-CEDAR"), "--out", dir.resolve("other")).status());
        Path all = dir.resolve("all");

        Cli cli = Cli.run("merge", one, two, again, dir.resolve("other"), "--out", all);

        assertEquals(1, cli.status(), cli.err());
        assertEquals("host,verdict\r\nMX-ALDER,no-evidence\r\nMX-CEDAR (again),compromised\r\nMX-CEDAR (other),compromised\r\n",
                Cli.run("query", "--format", "csv", all, "SELECT host, verdict FROM hosts ORDER BY 1").out());
        assertEquals("0\r\n", Cli.run("query", "--format", "csv", all, "SELECT count(*) - count(DISTINCT id) FROM findings").out()
                .replaceFirst(".*\r\n", ""));
        assertEquals("0\r\n", Cli.run("query", "--format", "csv", all, "SELECT count(*) FROM (SELECT unnest(findings) AS id FROM"
                + " episodes) WHERE id NOT IN (SELECT id FROM findings)").out().replaceFirst(".*\r\n", ""));
        assertTrue(Files.readString(all.resolve("report.html")).contains("MX-CEDAR (other)"));
        assertEquals(2, Cli.run("merge", one, "--out", one).status());
        assertEquals(2, Cli.run("merge", one, dir, "--out", dir.resolve("x")).status());
    }

    @Test
    void bundledRulesPassTheirExamples() {
        Cli cli = Cli.run("rules", "test");

        assertEquals(0, cli.status(), cli.out());
        assertTrue(cli.out().strip().endsWith(": 0 rules failed"), cli.out());
    }

    @Test
    void rulesAreListedShownAndChecked() {
        assertTrue(Cli.run("rules", "list").out().contains("proxylogon-ssrf-answered.yml"));
        assertTrue(Cli.run("rules", "show", "proxylogon-ssrf-answered").out().contains("ServerInfo~"));
        assertEquals(2, Cli.run("rules", "show", "no-such-rule").status());
        assertTrue(Cli.run("rules", "lint").out().contains("0 files broken"));
        assertEquals("tidemark: say which: rules list, show, lint or test\n", Cli.run("rules").err().replace("\r\n", "\n"));
    }

    @Test
    void ruleThatFailsItsExampleEndsTheTestWithOne() throws IOException {
        Path rules = Files.createDirectories(dir.resolve("rules"));
        Files.writeString(rules.resolve("phones.yml"), """
                title: Phones
                logsource: {product: exchange, service: iis}
                detection: {phone: {cs-uri-query|contains: DeviceType=Phone}, condition: phone}
                level: low
                """);
        Files.writeString(rules.resolve("phones.test.yml"), """
                hit:
                  - {why: a phone, cs-uri-query: 'Cmd=Sync&DeviceType=Phone'}
                miss:
                  - {why: a tablet that calls itself a phone, cs-uri-query: 'DeviceType=Phone&Model=Tablet'}
                """);

        Cli cli = Cli.run("rules", "test", "--no-bundled-rules", "--rules", rules);

        assertEquals(1, cli.status(), cli.err());
        assertTrue(cli.out().contains("a tablet that calls itself a phone"), cli.out());
        assertTrue(cli.out().strip().endsWith("1 rules, 1 examples that must match, 1 that must not: 1 rules failed"), cli.out());
    }
}
