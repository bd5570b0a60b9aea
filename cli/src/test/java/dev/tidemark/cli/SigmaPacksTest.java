package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs of Sigma rules as others write them, from the command line. */
class SigmaPacksTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FAILED = """
            title: Refused
            name: refused
            logsource: {category: webserver}
            detection: {a: {sc-status: 401}, condition: a}
            level: informational
            """;
    private static final String GUESSED = """
            title: Guessing
            id: 0e95725d-7320-415d-80f7-004da920fc11
            correlation: {type: event_count, rules: [refused], group-by: [c-ip], timespan: 10m, condition: {gte: 4}}
            level: high
            tidemark: {sentence: '{c-ip} was refused {count} times.'}
            """;

    @TempDir
    private Path dir;
    private Path logs;
    private Path rules;

    @BeforeEach
    void evidence() throws IOException {
        logs = Files.createDirectories(dir.resolve("EX01/C/inetpub/logs/LogFiles/W3SVC1"));
        rules = Files.createDirectories(dir.resolve("rules"));
        // The log that began later has the name that comes first: files are not read in order of time.
        log("u_ex2.log", "00:05:00 203.0.113.9", "00:06:00 203.0.113.9", "00:05:30 198.51.100.2");
        log("u_ex1.log", "00:07:00 203.0.113.9", "00:08:00 203.0.113.9", "00:09:00 198.51.100.2");
    }

    private void log(String name, String... timesAndClients) throws IOException {
        StringBuilder text = new StringBuilder("#Software: Microsoft Internet Information Services 10.0\n#Version: 1.0\n"
                + "#Date: 2021-03-03 00:00:00\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port"
                + " cs-username c-ip cs(User-Agent) sc-status sc-substatus sc-win32-status time-taken\n");
        for (String each : timesAndClients) {
            String[] parts = each.split(" ");
            text.append(String.format(Locale.ROOT, "2021-03-03 %s 10.0.0.1 POST /owa/auth.owa - 443 - %s Mozilla 401 0 0 1%n",
                    parts[0], parts[1]));
        }
        Files.writeString(logs.resolve(name), text);
    }

    private Cli scan(Object... more) {
        List<Object> words = new ArrayList<>(List.of("scan", dir.resolve("EX01"), "--out", dir.resolve("case"),
                "--rules", rules, "--no-bundled-rules"));
        words.addAll(List.of(more));
        return Cli.run(words.toArray());
    }

    private List<JsonNode> findings() throws IOException {
        List<JsonNode> findings = new ArrayList<>();
        for (String line : Files.readAllLines(dir.resolve("case/findings.jsonl"))) {
            findings.add(JSON.readTree(line));
        }
        return findings;
    }

    @Test
    void correlationJoinsRecordsOfSeveralFilesIntoOneFinding() throws IOException {
        Files.writeString(rules.resolve("guess.yml"), GUESSED + "---\n" + FAILED);

        Cli cli = scan("--minimum-severity", "medium");

        List<JsonNode> findings = findings();
        assertEquals(1, findings.size(), cli.err() + findings);
        JsonNode finding = findings.get(0);
        assertEquals("Guessing", finding.get("title").asText());
        assertEquals("203.0.113.9 was refused 4 times.", finding.get("summary").asText());
        assertEquals("2021-03-03T00:08:00.000Z", finding.get("time").asText());
        assertEquals("203.0.113.9", finding.get("clientIp").asText());
        assertTrue(finding.get("path").asText().endsWith("u_ex1.log"), finding.toString());
        assertEquals(6, finding.get("line").asInt());
        String records = finding.get("fields").get("records").asText();
        assertTrue(records.contains("u_ex2.log:5; ") && records.endsWith("u_ex1.log:6"), records);
        assertEquals("4", finding.get("fields").get("count").asText());
    }

    @Test
    void brokenFileRefusesTheSetUnlessItIsToBeSkippedAndThenIsListed() throws IOException {
        Files.writeString(rules.resolve("refused.yml"), FAILED);
        Files.writeString(rules.resolve("broken.yml"), FAILED.replace("sc-status:", "sc-status|contain:"));

        Cli refused = scan();
        assertEquals(2, refused.status());
        assertTrue(refused.err().contains("broken.yml:4: unknown modifier 'contain' (did you mean 'contains'?)"),
                refused.err());

        Cli skipped = scan("--skip-broken-rules");
        assertEquals(6, findings().size(), skipped.err());
        String run = Files.readString(dir.resolve("case/run.json"));
        assertTrue(run.contains("broken.yml") && run.contains("unknown modifier 'contain'"), run);
    }

    @Test
    void placeholdersAndMappingsComeFromFiles() throws IOException {
        Files.writeString(rules.resolve("p.yml"), """
                title: Own
                logsource: {product: balancer}
                detection: {a: {source|expand: '%Partners%'}, condition: a}
                """);
        Path values = Files.writeString(dir.resolve("values.yml"), "Partners: ['198.51.100.*']\n");
        Path mapping = Files.writeString(dir.resolve("mapping.yml"),
                "logsources:\n  - {product: balancer, sources: [iis], fields: own}\nfields: {own: {iis: {source: c-ip}}}\n");

        scan();
        assertEquals(0, findings().size());
        scan("--placeholders", values, "--mapping", mapping);
        assertEquals(2, findings().size());
        assertEquals(2, scan("--placeholders", dir.resolve("missing.yml")).status());
    }

    @Test
    void lintSaysWhatIsWrongAndWhatIsNotRunWithCounts() throws IOException {
        Files.writeString(rules.resolve("a.yml"), FAILED);
        Files.writeString(rules.resolve("b.yml"), FAILED.replace("category: webserver", "product: linux")
                .replace("name: refused", "name: other"));
        Files.writeString(rules.resolve("c.yml"), FAILED.replace("sc-status: 401", "cs-host|expand: '%Hosts%'")
                .replace("name: refused", "name: third"));

        Cli good = Cli.run("rules", "lint", "--no-bundled-rules", "--rules", rules);
        assertEquals(0, good.status(), good.err());
        assertTrue(good.out().contains("b.yml: not run: no records of product linux"), good.out());
        assertTrue(good.out().contains("c.yml: not run: %Hosts% has no values; name them with --placeholders"), good.out());
        assertTrue(good.out().contains("3 rules and 0 filters; 0 files broken"), good.out());
        assertTrue(good.out().contains("2 rules can be evaluated (66.7 %)"), good.out());
        assertTrue(good.out().contains("1 rules cannot be evaluated: they need values for a placeholder"), good.out());

        Files.writeString(rules.resolve("d.yml"), "title: x\nlogsource: {category: webserver}\ndetection: {a: {b: c}}\n");
        Cli bad = Cli.run("rules", "lint", "--no-bundled-rules", "--rules", rules);
        assertEquals(2, bad.status());
        assertTrue(bad.out().contains("d.yml:3: the detection has no condition"), bad.out());
        assertTrue(bad.out().contains("1 files broken"), bad.out());
    }
}
