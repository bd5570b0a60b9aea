package dev.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {
    private static final String FILE = "Servers: [srv*, mail01]\n'%Admins%': ann\n";

    @Test
    void placeholderStandsForEachOfItsValuesWithTheirWildcards() throws RuleException {
        RuleSet rules = load("Host|expand: '%servers%'", FILE);

        assertTrue(SigmaRules.hits(rules, EventRecord.of("Host", "SRV17")));
        assertTrue(SigmaRules.hits(rules, EventRecord.of("Host", "mail01")));
        assertFalse(SigmaRules.hits(rules, EventRecord.of("Host", "pc1")));
    }

    @Test
    void severalInOneValueAndOtherTextAround() throws RuleException {
        RuleSet rules = load("Path|contains|expand: 'of %admins% on %servers%'", FILE);

        assertTrue(SigmaRules.hits(rules, EventRecord.of("Path", "of ann on srv1!")));
        assertFalse(SigmaRules.hits(rules, EventRecord.of("Path", "of bob on srv1!")));
    }

    @Test
    void percentAfterABackslashAndWithoutTheModifierIsItself() throws RuleException {
        assertTrue(SigmaRules.hits(load("F|expand: '\\%plain%admins%'", FILE), EventRecord.of("F", "%plainann")));
        assertTrue(SigmaRules.hits(load("F: '%admins%'", FILE), EventRecord.of("F", "%admins%")));
    }

    @Test
    void ruleWhosePlaceholderHasNoValueIsNotRunAndSaysWhich() throws RuleException {
        RuleSet rules = load("F|expand: '%Workstations%'", FILE);

        assertEquals(List.of(new Obstacle(Obstacle.Kind.PLACEHOLDER,
                "%Workstations% has no values; name them with --placeholders")), rules.unrun().get(0).obstacles());
        assertFalse(SigmaRules.hits(rules, EventRecord.of("F", "%Workstations%")));
    }

    @Test
    void networksMayBePlaceholders() throws RuleException {
        RuleSet rules = load("F|cidr|expand: '%nets%'", "nets: [10.0.0.0/8, 192.0.2.0/24]\n");

        assertTrue(SigmaRules.hits(rules, EventRecord.of("F", "192.0.2.9")));
        assertFalse(SigmaRules.hits(rules, EventRecord.of("F", "192.0.3.9")));
    }

    @Test
    void fileThatIsNoMapOfListsIsRefusedWithItsLine() {
        RuleException e = assertThrows(RuleException.class,
                () -> Placeholders.load(List.of(SigmaRules.file("p.yml", "a: [x]\nb: {c: d}\n"))));

        assertEquals(List.of("rules/p.yml:2: 'b' needs a value or a list of values"), e.faults());
    }

    private static RuleSet load(String test, String placeholders) throws RuleException {
        Placeholders values = Placeholders.load(List.of(SigmaRules.file("p.yml", placeholders)));
        String rule = SigmaRules.rule("a:\n  " + test + "\ncondition: a");
        return RuleSet.load(List.of(SigmaRules.file("t.yml", rule)),
                new RuleOptions(FieldMap.bundled(), values, false));
    }
}
