package dev.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventKeyTest {
    private static final String SYSMON = "microsoft-windows-sysmon/operational";

    @Test
    void processCreationIsToldBySysmonAndByWindowsItself() throws RuleException {
        List<CompiledRule> forms = forms("{category: process_creation, product: windows}", "{Image: x.exe}");

        assertEquals(List.of(key(SYSMON, 1), key("security", 4688)), forms.stream().map(CompiledRule::events).toList());
    }

    @Test
    void serviceIsNarrowedByTheEventIdsOfTheRule() throws RuleException {
        List<CompiledRule> forms = forms("{product: windows, service: security}", "{EventID: [4624, 4625], LogonType: 3}");

        assertEquals(List.of(new EventKey(Set.of("security"), Set.of(4624, 4625), false)),
                forms.stream().map(CompiledRule::events).toList());
    }

    @Test
    void categoryWithServiceIsOnlyThatServicesPart() throws RuleException {
        List<CompiledRule> forms =
                forms("{category: process_creation, product: windows, service: security}", "{Image: x.exe}");

        assertEquals(List.of(key("security", 4688)), forms.stream().map(CompiledRule::events).toList());
    }

    @Test
    void windowsAloneIsAnyChannel() throws RuleException {
        assertEquals(List.of(EventKey.ANY),
                forms("{product: windows}", "{Data: x}").stream().map(CompiledRule::events).toList());
    }

    @Test
    void idsThatTheLogsourceExcludesMatchNothing() throws RuleException {
        assertTrue(forms("{category: image_load, product: windows}", "{EventID: 1}").get(0).events().never());
    }

    private static EventKey key(String channel, int id) {
        return new EventKey(Set.of(channel), Set.of(id), false);
    }

    private static List<CompiledRule> forms(String logsource, String selection) throws RuleException {
        String rule = "title: t\nlogsource: " + logsource + "\ndetection:\n  a: " + selection + "\n  condition: a\n";
        RuleSource source = new RuleSource("t.yml", rule.getBytes(StandardCharsets.UTF_8));
        return RuleSet.load(List.of(source), FieldMap.bundled()).forms();
    }
}
