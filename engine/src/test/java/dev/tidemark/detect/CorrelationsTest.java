package dev.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.model.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Correlation rules over matches of the rules a, b and c; times in seconds. */
class CorrelationsTest {
    private static final String RULES = """
            title: A
            name: a
            logsource: {product: windows, service: security}
            detection: {s: {EventID: 1}, condition: s}
            ---
            title: B
            name: b
            logsource: {product: windows, service: security}
            detection: {s: {EventID: 2}, condition: s}
            ---
            title: C
            id: 0e95725d-7320-415d-80f7-004da920fc12
            logsource: {product: windows, service: security}
            detection: {s: {EventID: 3}, condition: s}
            """;
    private final List<Step> steps = new ArrayList<>();
    private RuleSet rules;

    @Test
    void countIsReachedInsideTheTimespanAndAtItsVeryEnd() throws RuleException {
        correlation("type: event_count", "rules: [a]", "timespan: 10s", "condition: {gte: 3}");

        assertEquals(1, found(at(1, 0), at(1, 5), at(1, 10)).size());
        assertEquals(0, found(at(1, 0), at(1, 5), at(1, 10.001)).size());
        assertEquals(0, found(at(1, 0), at(1, 5)).size());
    }

    @Test
    void everyGroupIsCountedAlone() throws RuleException {
        correlation("type: event_count", "rules: [a]", "group-by: [User, Host]", "timespan: 1m", "condition: {gte: 2}");

        assertEquals(0, found(at(1, 0, "User", "ann", "Host", "x"), at(1, 1, "User", "ann", "Host", "y"),
                at(1, 2, "User", "bob", "Host", "x"), at(1, 3, "User", "ann")).size());
        List<Sequence> found = found(at(1, 0, "User", "Ann", "Host", "x"), at(1, 1, "User", "ANN", "Host", "X"));
        assertEquals(Map.of("User", "Ann", "Host", "x"), found.get(0).group());
    }

    @Test
    void stormOfEventsIsOneSequenceThatNamesItsRecords() throws RuleException {
        correlation("type: event_count", "rules: [a]", "timespan: 10s", "condition: {gte: 3}");
        List<Step> storm = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            storm.add(at(1, i));
        }
        storm.addAll(List.of(at(1, 5000), at(1, 5001), at(1, 5002)));

        List<Sequence> found = found(storm.toArray(Step[]::new));

        assertEquals(2, found.size());
        assertEquals(1000, found.get(0).count());
        assertEquals(Sequence.MOST_STEPS, found.get(0).steps().size());
        assertEquals(Instant.ofEpochSecond(999), found.get(0).last().time());
        assertEquals("Security.evtx record 1001; Security.evtx record 1002; Security.evtx record 1003",
                found.get(1).fields().get("records"));
    }

    @Test
    void boundsFromAboveAreAskedOfWholeTimespans() throws RuleException {
        correlation("type: event_count", "rules: [a]", "timespan: 10s", "condition: {gt: 1, lte: 3}");

        assertEquals(1, found(at(1, 0), at(1, 5), at(1, 10)).size());
        assertEquals(0, found(at(1, 0), at(1, 5), at(1, 6), at(1, 10)).size());
        assertEquals(0, found(at(1, 0), at(1, 11)).size());
    }

    @Test
    void exactlySoManyOrAnyOtherNumber() throws RuleException {
        correlation("type: event_count", "rules: [a]", "timespan: 10s", "condition: {eq: 2}");
        assertEquals(1, found(at(1, 0), at(1, 5)).size());
        assertEquals(0, found(at(1, 0), at(1, 5), at(1, 6)).size());

        correlation("type: event_count", "rules: [a]", "timespan: 10s", "condition: {neq: 2}");
        assertEquals(0, found(at(1, 0), at(1, 5)).size());
        assertEquals(1, found(at(1, 0), at(1, 5), at(1, 6)).size());
    }

    @Test
    void differentValuesAreCountedAndTheSameOneOnce() throws RuleException {
        correlation("type: value_count", "rules: [a]", "group-by: [Host]", "timespan: 1m",
                "condition: {field: User, gte: 3}");

        assertEquals(0, found(at(1, 0, "Host", "x", "User", "ann"), at(1, 1, "Host", "x", "User", "ANN"),
                at(1, 2, "Host", "x", "User", "bob"), at(1, 3, "Host", "x")).size());
        assertEquals(1, found(at(1, 0, "Host", "x", "User", "ann"), at(1, 1, "Host", "x", "User", "bob"),
                at(1, 60, "Host", "x", "User", "eve")).size());
        assertEquals(0, found(at(1, 0, "Host", "x", "User", "ann"), at(1, 1, "Host", "x", "User", "bob"),
                at(1, 61, "Host", "x", "User", "eve")).size());
    }

    @Test
    void severalFieldsAreCountedTogether() throws RuleException {
        correlation("type: value_count", "rules: [a]", "timespan: 1m", "condition: {field: [User, Host], gte: 3}");

        assertEquals(1, found(at(1, 0, "User", "a", "Host", "x"), at(1, 1, "User", "a", "Host", "y"),
                at(1, 2, "User", "b", "Host", "x")).size());
        assertEquals(0, found(at(1, 0, "User", "a", "Host", "x"), at(1, 1, "User", "a", "Host", "y"),
                at(1, 2, "User", "a", "Host", "x")).size());
    }

    @Test
    void allRulesInAnyOrder() throws RuleException {
        correlation("type: temporal", "rules: [a, b, 0e95725d-7320-415d-80f7-004da920fc12]", "timespan: 5m");

        assertEquals(1, found(at(3, 0), at(1, 100), at(2, 300)).size());
        assertEquals(0, found(at(3, 0), at(1, 100), at(2, 301)).size());
        assertEquals(0, found(at(3, 0), at(1, 100), at(1, 200)).size());
    }

    @Test
    void someOfTheRulesByNumberOrByLogic() throws RuleException {
        correlation("type: temporal", "rules: [a, b, 0e95725d-7320-415d-80f7-004da920fc12]", "timespan: 10s",
                "condition: {gte: 2}");
        assertEquals(1, found(at(1, 0), at(2, 5)).size());
        assertEquals(0, found(at(1, 0), at(1, 5)).size());

        correlation("type: temporal", "rules: [a, b]", "timespan: 10s", "condition: a and not b");
        assertEquals(1, found(at(1, 0), at(2, 11)).size());
        assertEquals(0, found(at(1, 0), at(2, 10)).size());
    }

    @Test
    void rulesInTheirOrderOnly() throws RuleException {
        correlation("type: temporal_ordered", "rules: [a, b, 0e95725d-7320-415d-80f7-004da920fc12]", "timespan: 10s");

        assertEquals(1, found(at(1, 0), at(2, 5), at(3, 10)).size());
        assertEquals(0, found(at(1, 0), at(2, 5), at(3, 10.5)).size());
        assertEquals(0, found(at(2, 0), at(1, 5), at(3, 10)).size());
        assertEquals(1, found(at(1, 0), at(1, 8), at(2, 9), at(2, 11), at(3, 12)).size());
        assertEquals(1, found(at(3, 7), at(2, 7), at(1, 7)).size(), "a log that counts in seconds has no order in one");
    }

    @Test
    void orderedChainIsFoundThoughAnEarlierBeginningIsTooOld() throws RuleException {
        correlation("type: temporal_ordered", "rules: [a, b]", "timespan: 10s");

        List<Sequence> found = found(at(1, 0), at(1, 20), at(2, 25));

        assertEquals(1, found.size());
        assertEquals(Instant.ofEpochSecond(20), found.get(0).steps().get(0).time());
    }

    @Test
    void sumsAveragesMediansAndPercentilesOfNumbers() throws RuleException {
        correlation("type: value_sum", "rules: [a]", "timespan: 10s", "condition: {field: Bytes, gt: 1000}");
        assertEquals(1, found(at(1, 0, "Bytes", "600"), at(1, 5, "Bytes", "401")).size());
        assertEquals(0, found(at(1, 0, "Bytes", "600"), at(1, 11, "Bytes", "401")).size());
        assertEquals(0, found(at(1, 0, "Bytes", "600"), at(1, 5, "Bytes", "many")).size());

        correlation("type: value_avg", "rules: [a]", "timespan: 10s", "condition: {field: Bytes, gt: 500}");
        assertEquals(1, found(at(1, 0, "Bytes", "100"), at(1, 5, "Bytes", "901")).size());
        assertEquals(0, found(at(1, 0, "Bytes", "900"), at(1, 5, "Bytes", "100")).size());

        correlation("type: value_median", "rules: [a]", "timespan: 10s", "condition: {field: Bytes, gte: 50}");
        assertEquals(1, found(at(1, 0, "Bytes", "1"), at(1, 1, "Bytes", "50"), at(1, 2, "Bytes", "60")).size());
        assertEquals(0, found(at(1, 0, "Bytes", "1"), at(1, 1, "Bytes", "49"), at(1, 2, "Bytes", "60")).size());

        correlation("type: value_percentile", "rules: [a]", "timespan: 10s",
                "condition: {field: Bytes, percentile: 100, gte: 60}");
        assertEquals(1, found(at(1, 0, "Bytes", "1"), at(1, 1, "Bytes", "60")).size());
        assertEquals(0, found(at(1, 0, "Bytes", "1"), at(1, 1, "Bytes", "59")).size());
    }

    @Test
    void rareValueAmongMany() throws RuleException {
        correlation("type: value_percentile", "rules: [a]", "timespan: 24h", "condition: {field: Image, lte: 1}");
        List<Step> many = new ArrayList<>();
        for (int i = 0; i < 99; i++) {
            many.add(at(1, i, "Image", "often.exe"));
        }
        many.add(at(1, 99, "Image", "once.exe"));

        List<Sequence> found = found(many.toArray(Step[]::new));

        assertEquals(1, found.size());
        assertEquals(Instant.ofEpochSecond(99), found.get(0).last().time());
    }

    @Test
    void aliasesNameOneThingThatTwoRulesCallDifferently() throws RuleException {
        correlation("type: temporal", "rules: [a, b]", "group-by: [ip]", "timespan: 10s",
                "aliases: {ip: {a: SourceIp, b: DestinationIp}}");

        assertEquals(1, found(at(1, 0, "SourceIp", "10.0.0.1"), at(2, 5, "DestinationIp", "10.0.0.1")).size());
        assertEquals(0, found(at(1, 0, "SourceIp", "10.0.0.1"), at(2, 5, "SourceIp", "10.0.0.1")).size());
        assertEquals(0, found(at(1, 0, "SourceIp", "10.0.0.1"), at(2, 5, "DestinationIp", "10.0.0.2")).size());
    }

    @Test
    void correlationMayRestOnCorrelations() throws RuleException {
        rules = SigmaRules.load(RULES + """
                ---
                title: Guessed
                correlation: {type: temporal_ordered, rules: [failures, b], group-by: [User], timespan: 10s}
                level: high
                ---
                title: Failures
                name: failures
                correlation: {type: event_count, rules: [a], group-by: [Host], timespan: 10s, condition: {gte: 3}}
                """);

        List<Sequence> found = found(at(1, 0, "User", "ann", "Host", "x"), at(1, 1, "User", "ann", "Host", "x"),
                at(1, 2, "User", "ann", "Host", "x"), at(1, 3, "User", "ann", "Host", "x"), at(2, 13, "User", "ann"));

        assertEquals(List.of("Guessed"), found.stream().map(s -> s.rule().title()).toList());
        assertEquals(5, found.get(0).count());
        assertEquals(0, found(at(1, 0, "User", "ann", "Host", "x"), at(1, 1, "User", "ann", "Host", "x"),
                at(1, 2, "User", "ann", "Host", "x"), at(2, 13, "User", "ann")).size(), "ended 11 s before");
        assertEquals(0, found(at(1, 0, "User", "ann", "Host", "x"), at(1, 1, "User", "ann", "Host", "x"),
                at(1, 2, "User", "ann", "Host", "x"), at(2, 5, "User", "bob")).size(), "another user");
    }

    @Test
    void rulesBelowAreFindingsOfTheirOwnOnlyIfTheCorrelationSaysSo() throws RuleException {
        correlation("type: event_count", "rules: [a]", "timespan: 10s", "condition: {gte: 3}");
        assertFalse(match(1).stands());
        assertTrue(match(1).feed().isPresent());
        assertTrue(match(2).stands());
        assertTrue(match(2).feed().isEmpty());

        correlation("type: event_count", "rules: [a]", "timespan: 10s", "condition: {gte: 3}", "generate: true");
        assertTrue(match(1).stands());
    }

    @Test
    void matchCarriesWhatCorrelationsGroupByUnderTheNamesOfItsOwnRule() throws RuleException {
        rules = SigmaRules.load("""
                title: Start
                name: start
                logsource: {product: windows, category: process_creation, service: security}
                detection: {s: {Image: 'c:\\x.exe'}, condition: s}
                ---
                title: Twice
                correlation: {type: event_count, rules: [start], group-by: [ParentImage, IntegrityLevel], timespan: 10s,
                  condition: {gte: 2}}
                """);
        List<Match> matches = new ArrayList<>();
        rules.evaluate(EventRecord.of("Channel", "Security", "EventID", "4688", "NewProcessName", "c:\\x.exe",
                "ParentProcessName", "c:\\p.exe", "MandatoryLabel", "S-1-16-12288"), matches::add);

        assertEquals(Map.of("ParentImage", "c:\\p.exe", "IntegrityLevel", "High"),
                matches.get(0).feed().get().values());
    }

    @Test
    void orderInWhichTheMatchesComeDoesNotMatter() throws RuleException {
        correlation("type: temporal_ordered", "rules: [a, b]", "group-by: [User]", "timespan: 30s");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Step> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            all.add(at(1 + random.nextInt(2), random.nextInt(2000), "User", "u" + random.nextInt(5)));
        }
        List<Sequence> expected = rules.correlations().find(all);

        Collections.shuffle(all, random);

        assertEquals(expected, rules.correlations().find(all), "seed " + seed);
        assertFalse(expected.isEmpty(), "seed " + seed);
    }

    @Test
    void slidingCountsAreThoseOfAPlainLoop() throws RuleException {
        correlation("type: event_count", "rules: [a]", "timespan: 20s", "condition: {gte: 4}");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            List<Step> all = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                all.add(at(1, random.nextInt(200)));
            }
            boolean any = all.stream().anyMatch(first -> all.stream().filter(other -> !other.time().isBefore(first.time())
                    && !other.time().isAfter(first.time().plusSeconds(20))).count() >= 4);

            assertEquals(any, !rules.correlations().find(all).isEmpty(), "seed " + seed);
        }
    }

    @Test
    void whatIsWrongWithACorrelationIsSaidWithItsLine() {
        assertTrue(fault("type: many", "rules: [a]", "timespan: 1m").contains("no known 'type'"));
        assertTrue(fault("type: event_count", "rules: [a]", "timespan: soon", "condition: {gte: 1}").contains("'timespan'"));
        assertTrue(fault("type: event_count", "rules: [a]", "timespan: 1m").contains("needs a 'condition'"));
        assertTrue(fault("type: value_count", "rules: [a]", "timespan: 1m", "condition: {gte: 1}").contains("'field'"));
        assertTrue(fault("type: event_count", "rules: [a]", "timespan: 1m", "condition: {over: 1}").contains("'over'"));
        assertTrue(fault("type: event_count", "rule: [a]", "timespan: 1m", "condition: {gte: 1}")
                .contains("unknown key 'correlation.rule' (did you mean 'rules'?)"));
    }

    @Test
    void correlationThatRestsOnItselfIsAFault() {
        List<String> faults = SigmaRules.faults("""
                title: One
                name: one
                correlation: {type: event_count, rules: [two], timespan: 1m, condition: {gte: 1}}
                ---
                title: Two
                name: two
                correlation: {type: event_count, rules: [one], timespan: 1m, condition: {gte: 1}}
                """);

        assertTrue(faults.get(0).contains("rests on itself"), faults.toString());
    }

    @Test
    void correlationOverARuleThatIsNotThereIsNotRunAndSaysWhich() throws RuleException {
        correlation("type: temporal", "rules: [a, missing]", "timespan: 1m");

        assertEquals(List.of(new Obstacle(Obstacle.Kind.REFERENCE, "no rule runs that is called missing")),
                rules.unrun().get(0).obstacles());
    }

    private void correlation(String... lines) throws RuleException {
        rules = SigmaRules.load(RULES + "---\ntitle: Many\nname: many\ncorrelation:\n"
                + String.join("\n", lines).indent(2));
    }

    private static String fault(String... lines) {
        return SigmaRules.faults(RULES + "---\ntitle: Many\ncorrelation:\n" + String.join("\n", lines).indent(2)).get(0);
    }

    private Match match(int eventId) {
        List<Match> matches = new ArrayList<>();
        rules.evaluate(EventRecord.of("Channel", "Security", "EventID", String.valueOf(eventId)), matches::add);
        return matches.get(0);
    }

    private List<Sequence> found(Step... some) {
        return rules.correlations().find(List.of(some));
    }

    /** A match of the rule with that event id. */
    private Step at(int eventId, double second, String... namesAndValues) {
        String rule = List.of("rules/t.yml#0", "rules/t.yml#1", "0e95725d-7320-415d-80f7-004da920fc12").get(eventId - 1);
        Map<String, String> values = new java.util.HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        Step step = new Step(rule, "t", Instant.ofEpochMilli(Math.round(second * 1000)),
                Place.ofRecord("Security.evtx", steps.size() + 1), "event-log", "", "", values);
        steps.add(step);
        return step;
    }
}
