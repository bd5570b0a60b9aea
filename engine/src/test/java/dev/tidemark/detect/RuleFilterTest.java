package dev.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleFilterTest {
    private static final String RULE = """
            title: Shell
            id: 6f3e2987-db24-4c78-a860-b4f4095a7095
            name: shell
            logsource: {category: process_creation, product: windows}
            detection:
              selection: {Image|endswith: '\\cmd.exe'}
              condition: selection
            """;
    private static final EventRecord BY_ADMINISTRATOR = event("adm_ann");
    private static final EventRecord BY_OTHER = event("bob");

    @Test
    void ruleThatIsNamedByIdIsQuietedAndOnlyWhereTheFilterSays() throws RuleException {
        RuleSet rules = load("product: windows, category: process_creation", "[6f3e2987-db24-4c78-a860-b4f4095a7095]");

        assertFalse(SigmaRules.hits(rules, BY_ADMINISTRATOR));
        assertTrue(SigmaRules.hits(rules, BY_OTHER));
        assertEquals(1, rules.infos().size());
        assertEquals(1, rules.filters());
    }

    @Test
    void ruleMayBeNamedByItsNameOrMeantWithAnyOther() throws RuleException {
        assertFalse(SigmaRules.hits(load("product: windows", "[shell]"), BY_ADMINISTRATOR));
        assertFalse(SigmaRules.hits(load("product: windows", "any"), BY_ADMINISTRATOR));
        assertFalse(SigmaRules.hits(load("product: windows", "shell"), BY_ADMINISTRATOR));
    }

    @Test
    void filterForOtherRulesOrOtherLogsourcesChangesNothing() throws RuleException {
        assertTrue(SigmaRules.hits(load("product: windows", "[another]"), BY_ADMINISTRATOR));
        assertTrue(SigmaRules.hits(load("product: windows, service: security", "any"), BY_ADMINISTRATOR));
        assertTrue(SigmaRules.hits(load("product: windows, category: image_load", "any"), BY_ADMINISTRATOR));
    }

    @Test
    void conditionIsAddedAsItStandsAndLintSaysWhenItTakesNothingAway() throws RuleException {
        RuleSet rules = RuleSet.load(List.of(SigmaRules.file("r.yml", RULE), SigmaRules.file("f.yml",
                filter("product: windows", "any").replace("not selection", "selection"))), FieldMap.bundled());

        assertTrue(SigmaRules.hits(rules, BY_ADMINISTRATOR));
        assertFalse(SigmaRules.hits(rules, BY_OTHER));
        assertTrue(rules.notes().get(0).contains("has no 'not'"), rules.notes().toString());
    }

    @Test
    void filterWithoutRulesIsAFault() {
        String broken = filter("product: windows", "any").replace("  rules: any\n", "");

        assertTrue(SigmaRules.faults(broken).get(0).contains("which 'rules'"));
    }

    private static RuleSet load(String logsource, String rules) throws RuleException {
        return RuleSet.load(List.of(SigmaRules.file("r.yml", RULE), SigmaRules.file("f.yml", filter(logsource, rules))),
                FieldMap.bundled());
    }

    private static String filter(String logsource, String rules) {
        return """
                title: Administrators
                logsource: {%s}
                filter:
                  rules: %s
                  selection: {User|startswith: adm_}
                  condition: not selection
                """.formatted(logsource, rules);
    }

    private static EventRecord event(String user) {
        return EventRecord.of("Channel", "Microsoft-Windows-Sysmon/Operational", "EventID", "1",
                "Image", "C:\\Windows\\System32\\cmd.exe", "User", user);
    }
}
