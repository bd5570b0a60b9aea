package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.testkit.MadeEvidence.Layout;
import dev.tidemark.testkit.Scenario;
import dev.tidemark.testkit.Trace;
import dev.tidemark.testkit.Truth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All made-up servers lie in one folder and are scanned at once; of each has to be said what is true of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScenarioTest {
    private Cli cli;
    private List<JsonNode> hosts;
    private List<JsonNode> findings;

    @BeforeAll
    void scanThemAll(@TempDir Path dir) throws IOException {
        for (Scenario scenario : Scenario.values()) {
            scenario.make().writeTo(dir.resolve("evidence").resolve(scenario.server()), Layout.KAPE);
        }
        cli = Cli.run("scan", dir.resolve("evidence"), "--out", dir.resolve("case"));
        hosts = Cases.lines(dir.resolve("case/hosts.jsonl"));
        findings = Cases.findings(dir.resolve("case"));
    }

    private JsonNode host(Scenario scenario) {
        return hosts.stream().filter(h -> h.get("host").asText().equals(scenario.server())).findFirst().orElseThrow();
    }

    private List<JsonNode> findings(Scenario scenario) {
        return findings.stream().filter(f -> f.get("host").asText().equals(scenario.server())).toList();
    }

    private static Set<String> places(List<Trace> traces) {
        return traces.stream().map(Trace::place).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    @Test
    void eachServerIsAHostOfItsOwn() {
        assertEquals(Scenario.values().length, hosts.size());
        for (Scenario scenario : Scenario.values()) {
            assertEquals(scenario.server(), host(scenario).get("server").asText());
        }
    }

    @Test
    void everyVerdictOfTheContractHasItsServer() {
        assertEquals(Set.of("compromised", "compromised-suspected", "attempted", "no-evidence", "insufficient-evidence"),
                hosts.stream().map(h -> h.get("verdict").asText()).collect(Collectors.toSet()));
    }

    @Test
    void summaryTellsTheWorstFirst() {
        List<String> verdicts = cli.out().lines().filter(l -> l.matches("MX-[A-Z]+: .*"))
                .map(l -> l.substring(l.indexOf(": ") + 2)).distinct().toList();

        assertEquals(List.of("compromised", "compromised-suspected", "attempted", "insufficient-evidence", "no-evidence"),
                verdicts);
        assertTrue(cli.out().startsWith("10 servers: 5 compromised, 1 compromised-suspected, 2 attempted,"), cli.out());
        assertEquals(1, cli.status());
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void serverGetsItsVerdict(Scenario scenario) {
        assertEquals(scenario.verdict(), host(scenario).get("verdict").asText(), host(scenario).get("why").toString());
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void allThatWasPlantedIsFoundAndNothingElseIsAccused(Scenario scenario) {
        Set<String> planted = places(scenario.make().truth().planted());
        Set<String> found = findings(scenario).stream().map(Cases::place).collect(Collectors.toSet());
        Set<String> accused = findings(scenario).stream().filter(Cases::accuses).map(Cases::place)
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> missed = new TreeSet<>(planted);
        missed.removeAll(found);
        assertEquals(Set.of(), missed);
        accused.removeAll(planted);
        assertEquals(Set.of(), accused);
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void lookAlikesAccuseNobody(Scenario scenario) {
        Truth truth = scenario.make().truth();
        Set<String> alike = places(truth.lookAlikes());

        assertTrue(truth.lookAlikes().size() >= 20 || scenario == Scenario.GAP, "look-alikes are in the evidence");
        assertEquals(List.of(), findings(scenario).stream()
                .filter(f -> Cases.accuses(f) && alike.contains(Cases.place(f))).toList());
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void attackersAndTheirPagesAreNamed(Scenario scenario) {
        Truth truth = scenario.make().truth();

        assertEquals(truth.attackers(), texts(host(scenario).get("attackerIps")));
        assertEquals(truth.webShells(), texts(host(scenario).get("webShells")));
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void timeOfTheIntrusionIsThatOfItsFirstRecord(Scenario scenario) {
        List<Trace> planted = scenario.make().truth().planted();

        String first = planted.isEmpty() ? "null" : planted.get(0).time().toString().substring(0, 19);
        String said = host(scenario).get("firstMalicious").asText();
        assertTrue(said.startsWith(first), "expected " + first + ", said " + said);
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void hoursThatAreLostAreTold(Scenario scenario) {
        Set<String> lost = scenario.make().truth().gaps().stream().map(s -> s.from() + " " + s.to())
                .collect(Collectors.toSet());
        Set<String> told = new TreeSet<>();
        host(scenario).get("coverageGaps").forEach(gap -> told.add(gap.get("from").asText().replace(".000Z", "Z") + " "
                + gap.get("to").asText().replace(".000Z", "Z")));

        assertEquals(lost, told);
    }

    @Test
    void oneIntrusionIsOneEpisode() {
        for (Scenario scenario : List.of(Scenario.PROXYLOGON, Scenario.PROXYSHELL, Scenario.OWASSRF)) {
            assertEquals(Set.of("E1"), findings(scenario).stream().filter(Cases::accuses).map(f -> f.get("episode").asText())
                    .collect(Collectors.toSet()), scenario.toString());
        }
    }

    @Test
    void patchThatCameTooLateIsDated() {
        JsonNode late = host(Scenario.PATCHED_TOO_LATE);

        assertEquals("patched", late.get("patchState").asText());
        assertTrue(late.get("patchedAt").asText().startsWith("2021-03-03T20:"), late.toString());
        assertEquals("vulnerable", host(Scenario.PROXYLOGON).get("patchState").asText());
    }

    @Test
    void mitigationIsSeen() {
        assertTrue(host(Scenario.MITIGATED).get("mitigated").asBoolean(), host(Scenario.MITIGATED).toString());
        assertFalse(host(Scenario.CLEAN).get("mitigated").asBoolean(), host(Scenario.CLEAN).toString());
    }
}
