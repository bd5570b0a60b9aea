package dev.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.Record;
import dev.tidemark.read.RecordSink;
import dev.tidemark.read.iis.IisReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleSessionTest {
    private static final String HEADER = "#Fields: date time cs-method cs-uri-stem c-ip sc-status\n";

    private static RuleSet rules(String... detections) throws RuleException {
        List<RuleSource> sources = new ArrayList<>();
        for (int i = 0; i < detections.length; i++) {
            String text = "title: Rule " + i + "\nlogsource: {product: exchange, service: iis}\n"
                    + "detection:\n  s: " + detections[i] + "\n  condition: s\nlevel: high\n";
            sources.add(new RuleSource("rules/" + i + ".yml", text.getBytes(StandardCharsets.UTF_8)));
        }
        return RuleSet.load(sources, FieldMap.bundled());
    }

    private static List<String> found(RuleSet rules, String log) {
        RuleSession session = rules.session("iis");
        List<String> found = new ArrayList<>();
        new IisReader().read(new ByteArrayInputStream(log.getBytes(StandardCharsets.UTF_8)), "u_ex.log", session,
                new RecordSink() {
                    @Override
                    public void record(Record record) {
                        session.evaluate(record, m -> found.add(record.line() + " " + m.rule().title()));
                    }

                    @Override
                    public void skipped(Skipped what) {}

                    @Override
                    public void observed(String fact, String value, Instant time, Place place) {}
                });
        return found;
    }

    @Test
    void eachLineWakesTheRulesWhoseLiteralItHoldsAndOnlyThose() throws RuleException {
        RuleSet rules = rules("{cs-uri-stem|contains: shell}", "{cs-uri-stem|endswith: .aspx}", "{sc-status: 404}");

        assertEquals(List.of("2 Rule 0", "2 Rule 1", "3 Rule 1", "5 Rule 0", "5 Rule 1", "5 Rule 2"),
                found(rules, HEADER
                        + "2021-03-03 07:00:00 GET /shell.aspx 192.0.2.1 200\n"
                        + "2021-03-03 07:00:01 GET /LOGON.ASPX 192.0.2.1 200\n"
                        + "2021-03-03 07:00:02 GET /img.png 192.0.2.1 200\n"
                        + "2021-03-03 07:00:03 GET /%73hell.as%70x 192.0.2.1 404\n"));
    }

    @Test
    void ruleWithoutALiteralIsAwakeOnEveryLine() throws RuleException {
        RuleSet rules = rules("{sc-status: 50}", "{c-ip|cidr: 192.0.2.0/24}");

        assertEquals(List.of("2 Rule 1"), found(rules, HEADER + "2021-03-03 07:00:00 GET / 192.0.2.1 500\n"));
    }

    @Test
    void sourceThatNoRuleLooksAtWakesNothing() throws RuleException {
        RuleSet rules = rules("{cs-uri-stem|contains: shell}");

        assertTrue(rules.wakes("iis", "/shell"));
        assertFalse(rules.wakes("ews", "/shell"));
    }
}
