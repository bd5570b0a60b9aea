package dev.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;

class BundledRulesTest {
    private final FieldMap fieldMap = FieldMap.bundled();

    @Test
    void everyRuleHitsWhatItsExamplesSayAndLeavesTheLookAlikes() throws RuleException {
        List<RuleTests.Result> results =
                new RuleTests(RuleOptions.bundled()).run(RuleSource.bundledRules(), RuleSource.bundledTests());

        assertFalse(results.isEmpty());
        assertEquals(List.of(), results.stream().flatMap(r -> r.failures().stream()).toList());
    }

    @Test
    void noRuleKeepsEveryLineAwake() throws RuleException {
        RuleSet rules = RuleSet.load(RuleSource.bundledRules(), fieldMap);

        assertEquals(List.of(), rules.alwaysAwake());
        assertEquals(List.of(), rules.unrun());
        assertEquals(List.of(), rules.notes());
    }
}
