package dev.tidemark.read.ecp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.Collected;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReaderContract;
import dev.tidemark.read.Record;
import dev.tidemark.read.RecordSink;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EcpServerReaderTest extends ReaderContract {
    private static final String HEADER = "#Software: Microsoft Exchange Server\n#Version: 15.0.0.0\n"
            + "#Log-type: ECP Server Log\n#Date: 2021-03-03T04:00:00.001Z\n"
            + "#Fields: TimeStamp,ServerName,EventId,EventData\n";
    private static final String LIST = "2021-03-03T04:00:00.001Z,MX1,ECP.Request,S:TIME=13;S:SID=d2;S:CMD=Get-InboxRule;"
            + "S:URL=/ecp/RulesEditor/InboxRules.svc/GetList?x=1;S:EX=;S:BLD=15.1.2176.2\n";
    private static final String SET = "2021-03-03T04:05:06.789Z,MX1,ECP.Request,\"S:TIME=140;S:SID=d3;"
            + "'S:CMD=Set-OabVirtualDirectory.ExternalUrl=''http://f/<script language=\"\"JScript\"\">x;y</script>''"
            + ".Identity=''aa''';S:URL=/ecp/DDI/DDIService.svc/SetObject?schema=OABVirtualDirectory;S:EX=a\nb;"
            + "S:BLD=15.1.2176.2\"\n";
    private static final String LAST = "2021-03-03T05:00:00.000Z,MX1,ECP.Request,S:TIME=9;S:CMD=;S:BLD=15.1.2176.9;S:Z=\n";

    @Override
    protected LogReader reader() {
        return new EcpServerReader();
    }

    @Override
    protected String sample() {
        return HEADER + LIST + SET + LAST;
    }

    @Override
    protected String separator() {
        return ",";
    }

    /** Values of a field that stands inside {@code EventData}. */
    private List<String> items(String text, String field) {
        List<String> values = new ArrayList<>();
        RecordSink sink = new RecordSink() {
            @Override
            public void record(Record record) {
                values.add(record.value(field).orElse("(absent)"));
            }

            @Override
            public void skipped(Skipped what) {}

            @Override
            public void observed(String fact, String value, Instant time, Place place) {}
        };
        new EcpServerReader().read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Collected.PATH,
                LineFilter.ALL, sink);
        return values;
    }

    @Test
    void itemsOfEventDataAreFields() {
        assertEquals(List.of("Get-InboxRule",
                "Set-OabVirtualDirectory.ExternalUrl='http://f/<script language=\"JScript\">x;y</script>'.Identity='aa'",
                ""), items(sample(), "CMD"));
        assertEquals(List.of("/ecp/RulesEditor/InboxRules.svc/GetList?x=1",
                "/ecp/DDI/DDIService.svc/SetObject?schema=OABVirtualDirectory", "(absent)"), items(sample(), "URL"));
        assertEquals(List.of("", "a\nb", "(absent)"), items(sample(), "ex"));
        assertEquals(List.of("(absent)", "(absent)", "(absent)"), items(sample(), "TIM"));
    }

    @Test
    void quotedItemThatIsCutIsReadToItsEnd() {
        String cut = HEADER + "2021-03-03T04:00:00.001Z,MX1,ECP.Request,S:A=1;'S:CMD=Set-X.Url=''http";

        assertEquals(List.of("Set-X.Url='http"), items(cut, "CMD"));
        assertEquals(List.of("1"), items(cut, "A"));
    }

    @Test
    void buildIsTheOneInTheRecord() {
        assertEquals(List.of("build 15.1.2176.2 6", "build 15.1.2176.9 9"), read(sample()).facts.stream()
                .filter(f -> f.fact().equals(RecordSink.BUILD)).map(f -> "build " + f.value() + " " + f.line()).toList());
    }

    @Test
    void activityLogIsAnotherSource() {
        byte[] activity = sample().replace("ECP Server Log", "ECP Activity Context Log").getBytes(StandardCharsets.UTF_8);

        assertTrue(new EcpActivityReader().recognises(activity, "x"));
        assertFalse(new EcpServerReader().recognises(activity, "x"));
        assertEquals(3, Collected.of(new EcpActivityReader(), activity).records.size());
    }
}
