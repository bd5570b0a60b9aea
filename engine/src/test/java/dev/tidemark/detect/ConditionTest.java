package dev.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conditions over the selections sel_a, sel_b, filter_c and _d, which look for A, B, C and D. */
class ConditionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sel_a                               | A    | B
            sel_a and sel_b                     | AB   | A
            sel_a or sel_b                      | B    | C
            sel_a and not sel_b                 | A    | AB
            not sel_a                           | B    | A
            not not sel_a                       | A    | B
            sel_a or sel_b and filter_c         | A    | B
            (sel_a or sel_b) and filter_c       | BC   | A
            ((sel_a) or (sel_b and filter_c))   | BC   | C
            not (sel_a or sel_b)                | C    | B
            1 of them                           | C    | D
            any of them                         | B    | D
            all of them                         | ABC  | ABD
            1 of sel*                           | B    | C
            1 of sel_*                          | A    | C
            any of sel_*                        | A    | D
            all of sel_*                        | AB   | AC
            1 of *_c                            | C    | A
            all of sel_* and not 1 of filter_*  | AB   | ABC
            not 1 of sel_*                      | C    | A
            not all of sel_*                    | A    | AB
            1 of _*                             | D    | ABC
            sel_a AND NOT sel_b                 | A    | AB
            """)
    void holdsForTheOneAndNotForTheOther(String condition, String hit, String miss) throws RuleException {
        RuleSet rules = SigmaRules.load(rule(condition));

        assertTrue(SigmaRules.hits(rules, event(hit)), hit);
        assertFalse(SigmaRules.hits(rules, event(miss)), miss);
    }

    @Test
    void listOfConditionsIsAnyOfThem() throws RuleException {
        RuleSet rules = SigmaRules.load(rule("[sel_a, sel_b and filter_c]"));

        assertTrue(SigmaRules.hits(rules, event("A")));
        assertTrue(SigmaRules.hits(rules, event("BC")));
        assertFalse(SigmaRules.hits(rules, event("B")));
    }

    @Test
    void keywordsAreLookedForInTheWholeRecord() throws RuleException {
        RuleSet either = SigmaRules.load(SigmaRules.rule("k:\n  - 'EVIL*one'\n  - 4711\ncondition: k"));
        RuleSet both = SigmaRules.load(SigmaRules.rule("k:\n  '|all':\n    - OabVirtual\n    - ' -ExternalUrl '\ncondition: k"));
        RuleSet pattern = SigmaRules.load(SigmaRules.rule("k:\n  '|re': 'evil[0-9]'\ncondition: k"));
        RuleSet single = SigmaRules.load(SigmaRules.rule("k: evil\ncondition: k"));

        assertTrue(SigmaRules.hits(either, EventRecord.of("X", "an evil two, one")));
        assertTrue(SigmaRules.hits(either, EventRecord.of("X", "nr 4711")));
        assertFalse(SigmaRules.hits(either, EventRecord.of("X", "evil")));
        assertTrue(SigmaRules.hits(both, EventRecord.of("A", "Set-OabVirtualDirectory", "B", "x -ExternalUrl y")));
        assertFalse(SigmaRules.hits(both, EventRecord.of("A", "Set-OabVirtualDirectory")));
        assertTrue(SigmaRules.hits(pattern, EventRecord.of("X", "evil7")));
        assertTrue(SigmaRules.hits(single, EventRecord.of("X", "so Evil")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x MIMIKATZ y", "sekurlsa::", "a sekurlsa::b", "privilege::debu", "PRIVILEGE::Debug", "mimi katz",
        "Mimi\u212Aatz", "mimi\u0137atz", "\u00FCber mimikatz", "\u00FCber mimi", "\uD83D\uDE00 privilege::debug"})
    void manyKeywordsLookedForAtOnceFindWhatEachFinds(String value) throws RuleException {
        List<String> words = List.of("mimikatz", "sekurlsa::", "privilege::debug");
        boolean expected = false;
        for (String word : words) {
            expected |= SigmaRules.hits(SigmaRules.load(SigmaRules.rule("k: '" + word + "'\ncondition: k")), EventRecord.of("X", value));
        }

        RuleSet together = SigmaRules.load(SigmaRules.rule("k: ['" + String.join("', '", words) + "']\ncondition: k"));

        assertEquals(expected, SigmaRules.hits(together, EventRecord.of("X", value)));
    }

    @Test
    void listOfMapsIsAnyOfThemAndMayHoldKeywords() throws RuleException {
        RuleSet rules = SigmaRules.load(SigmaRules.rule("""
                s:
                  - Image|endswith: '\\example.exe'
                    User: ann
                  - Description|contains: Test
                  - loose words
                condition: s"""));

        assertTrue(SigmaRules.hits(rules, EventRecord.of("Image", "c:\\example.exe", "User", "ann")));
        assertFalse(SigmaRules.hits(rules, EventRecord.of("Image", "c:\\example.exe", "User", "bob")));
        assertTrue(SigmaRules.hits(rules, EventRecord.of("Description", "a test")));
        assertTrue(SigmaRules.hits(rules, EventRecord.of("Other", "some loose words here")));
    }

    @Test
    void brokenConditionsSayWhatWasExpected() {
        assertTrue(fault("sel_a and").contains("expected a name, found the end"));
        assertTrue(fault("(sel_a").contains("a '(' is not closed"));
        assertTrue(fault("sel_x").contains("nothing is called 'sel_x' (did you mean 'sel_a'?)"));
        assertTrue(fault("1 of nothing*").contains("nothing is called 'nothing*'"));
        assertTrue(fault("sel_a sel_b").contains("expected 'and', 'or' or the end"));
        assertTrue(fault("2 of sel_*").contains("expected '1 of', 'any of' or 'all of'"));
    }

    @Test
    void countingOfOldRulesIsSaidAndIsNoFault() throws RuleException {
        RuleSet rules = SigmaRules.load(rule("sel_a | count() by User > 5\ntimeframe: 5m"));

        assertEquals(List.of(Obstacle.Kind.OLD_SYNTAX),
                rules.unrun().get(0).obstacles().stream().map(Obstacle::kind).distinct().toList());
    }

    private static String fault(String condition) {
        return SigmaRules.faults(rule(condition)).get(0);
    }

    private static String rule(String condition) {
        return SigmaRules.rule("sel_a: {A: x}\nsel_b: {B: x}\nfilter_c: {C: x}\n_d: {D: x}\ncondition: " + condition);
    }

    private static EventRecord event(String letters) {
        String[] fields = letters.chars().mapToObj(c -> new String[] {String.valueOf((char) c), "x"})
                .flatMap(java.util.Arrays::stream).toArray(String[]::new);
        return EventRecord.of(fields);
    }
}
