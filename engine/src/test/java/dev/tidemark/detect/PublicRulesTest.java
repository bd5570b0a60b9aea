package dev.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The public rule set of SigmaHQ, where it is at hand. */
class PublicRulesTest {
    private static RuleSet rules;

    @BeforeAll
    static void load() throws IOException, RuleException {
        assumeTrue(PublicRules.real().isPresent(), "the public rules are not beside the checkout");
        rules = RuleSet.load(RuleSource.rulesBelow(PublicRules.real().get().resolve("sigma-rules")), FieldMap.bundled());
    }

    @Test
    void everyRuleIsReadAndNinetyNineInAHundredCanBeEvaluated() {
        int all = rules.infos().size();
        Map<String, Long> reasons = new TreeMap<>(rules.unrun().stream().collect(Collectors.groupingBy(
                rule -> rule.obstacles().get(0).kind().toString(), Collectors.counting())));
        long impossible = rules.unrun().stream().filter(rule -> rule.obstacles().stream()
                .anyMatch(o -> o.kind() != Obstacle.Kind.NO_SOURCE)).count();
        assertTrue(all > 3000, all + " rules");
        assertTrue(impossible * 100 <= all, impossible + " of " + all + " cannot be evaluated: " + reasons);
    }

    @Test
    void everyLogsourceOfWindowsHasRecords() {
        Set<String> without = rules.unrun().stream().flatMap(rule -> rule.obstacles().stream())
                .filter(o -> o.kind() == Obstacle.Kind.NO_SOURCE).map(Obstacle::text)
                .filter(text -> text.contains("windows")).collect(Collectors.toSet());

        // Windows writes no event for a renamed file: only tools that follow its kernel provider see one.
        assertEquals(Set.of("no records of category file_rename, product windows"), without);
    }

    @Test
    void everyRuleHitsTheEventsThatItsAuthorsRecorded() throws IOException {
        Path real = PublicRules.real().orElseThrow();
        List<String> missed = new ArrayList<>();
        int cases = 0;
        for (String line : Files.readAllLines(real.resolve("regression.jsonl"))) {
            Yaml.Mapping expected = mapping(line);
            String id = expected.text("ruleId").orElseThrow();
            Path json = real.resolve("regression").resolve(id + ".json");
            if (Files.exists(json)) {
                cases++;
                long hits = hits(id, json);
                // The authors' count is of those that they looked for: one case has three alike and counts one.
                if (hits < expected.text("matches").map(Long::parseLong).orElse(1L)) {
                    missed.add(id + " " + expected.text("rule").orElse("") + ": " + hits);
                }
            }
        }
        assertTrue(cases > 0);
        assertEquals(List.of(), missed);
    }

    private static long hits(String id, Path json) throws IOException {
        List<String> hits = new ArrayList<>();
        // Several objects stand one behind the other.
        String documents = Files.readString(json).replace("\n}\n{", "\n}\n---\n{");
        for (Yaml document : Yaml.documents("json", documents, new Faults())) {
            EventRecord event = EventRecord.ofJson(((Yaml.Mapping) document).map("Event").orElseThrow());
            rules.evaluate(event, match -> hits.add(match.rule().id()));
        }
        return hits.stream().filter(id::equals).count();
    }

    private static Yaml.Mapping mapping(String json) {
        return (Yaml.Mapping) Yaml.documents("json", json, new Faults()).get(0);
    }
}
