package dev.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTestsTest {
    @Test
    void exampleOfAnEventNeedNotNameWhatTheLogsourceSays() throws RuleException {
        List<String> failures = run("""
                title: t
                logsource: {category: process_creation, product: windows}
                detection: {a: {Image|endswith: '\\x.exe'}, condition: a}
                """, """
                hit:
                  - {why: by Sysmon, Image: 'c:\\x.exe'}
                  - {why: by Windows, Channel: Security, EventID: 4688, NewProcessName: 'c:\\x.exe'}
                miss:
                  - {why: another event, EventID: 5, Image: 'c:\\x.exe'}
                """);

        assertEquals(List.of(), failures);
    }

    @Test
    void fieldMayHaveSeveralValues() throws RuleException {
        assertEquals(List.of(), run("""
                title: t
                logsource: {service: msexchange-management, product: windows}
                detection: {a: {Data|contains|all: [New-Mailbox, ann]}, condition: a}
                """, """
                hit: [{why: both, Data: [New-MailboxExportRequest, ann]}]
                miss: [{why: one, Data: [New-MailboxExportRequest, bob]}]
                """));
    }

    @Test
    void correlationIsTestedWithSequencesOfRecords() throws RuleException {
        String rule = """
                title: Failed
                name: failed
                logsource: {service: security, product: windows}
                detection: {a: {EventID: 4625}, condition: a}
                ---
                title: Guessed
                correlation: {type: event_count, rules: [failed], group-by: [User], timespan: 1m, condition: {gte: 2}}
                """;

        assertEquals(List.of(), run(rule, """
                hit:
                  - why: twice in a minute
                    records:
                      - {time: '2021-03-03T00:00:00Z', User: ann}
                      - {time: '2021-03-03T00:01:00Z', User: ANN}
                miss:
                  - why: too slow
                    records:
                      - {time: '2021-03-03T00:00:00Z', User: ann}
                      - {time: '2021-03-03T00:01:01Z', User: ann}
                  - why: one alone is no finding
                    User: ann
                """));
    }

    @Test
    void exampleThatDoesNotComeOutAsWrittenIsNamedWithItsLine() throws RuleException {
        List<String> failures = run("""
                title: t
                logsource: {service: security, product: windows}
                detection: {a: {EventID: 1102}, condition: a}
                """, """
                hit:
                  - {why: another, EventID: 1}
                miss:
                  - {why: the very one, EventID: 1102}
                """);

        assertEquals(List.of("rules/t.test.yml:2: another: the rule does not match",
                "rules/t.test.yml:4: the very one: the rule matches"), failures);
    }

    @Test
    void ruleWithoutExamplesFails() throws RuleException {
        String rule = "title: t\nlogsource: {service: security, product: windows}\n"
                + "detection: {a: {EventID: 1102}, condition: a}\n";

        List<RuleTests.Result> results = new RuleTests(RuleOptions.bundled())
                .run(List.of(SigmaRules.file("t.yml", rule)), List.of());

        assertTrue(results.get(0).failures().get(0).contains("no test file"));
    }

    private static List<String> run(String rule, String test) throws RuleException {
        return new RuleTests(RuleOptions.bundled()).run(List.of(SigmaRules.file("t.yml", rule)),
                List.of(SigmaRules.file("t.test.yml", test))).get(0).failures();
    }
}
