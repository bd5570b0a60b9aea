package dev.tidemark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.model.Finding;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Place;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Stage;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExcerptTest {
    private static String write(String record, String sentence, Map<String, String> fields) {
        StringWriter out = new StringWriter();
        Excerpt.write(new Html(out), new Finding("id", "h", "r.yml", "", "t", Severity.HIGH, Stage.EXPLOIT,
                Outcome.UNKNOWN, List.of(), List.of(), Optional.empty(), "iis", Place.ofFile("a"), "", "", sentence,
                record, fields, ""));
        return out.toString();
    }

    private static List<String> parts(String html, String kind) {
        List<String> parts = new ArrayList<>();
        Matcher matcher = Pattern.compile("class=\"" + kind + "\" title=\"[^\"]*\">([^<]*)<").matcher(html);
        while (matcher.find()) {
            parts.add(matcher.group(1));
        }
        return parts;
    }

    @Test
    void marksWhatTheSentenceNamesAndUnderlinesWhatElseTheRuleReads() {
        String html = write("2021-03-04 08:05:46 POST /ecp/y.js - 443 198.51.100.7 python-requests/2.19.1 241 0 0",
                "198.51.100.7 got the answer 241 for /ecp/y.js.", Map.of("c-ip", "198.51.100.7", "cs-uri-stem",
                "/ecp/y.js", "sc-status", "241", "cs(User-Agent)", "python-requests/2.19.1"));
        assertEquals(List.of("/ecp/y.js", "198.51.100.7", "241"), parts(html, "telling"));
        assertEquals(List.of("python-requests/2.19.1"), parts(html, "read"));
        assertTrue(html.contains("title=\"sc-status\""), html);
    }

    @Test
    void aShortValueThatStandsThereTooOftenIsMarkedNowhere() {
        String record = "2021,200,GET,200,15,200";
        assertEquals(List.of(), parts(write(record, "It answered 200.", Map.of("HttpStatus", "200")), "telling"));
        assertEquals(List.of("200", "200"), parts(write("a,200,b,200,c", "It answered 200.",
                Map.of("HttpStatus", "200", "BackEndStatus", "200")), "telling"), "both fields have it");
    }

    @Test
    void aValueInsideALongerWordIsNotIt() {
        assertEquals(List.of(), parts(write("port 2410 and x241", "241", Map.of("sc-status", "241")), "telling"));
    }

    @Test
    void findsAValueWhoseQuotesTheLogDoubled() {
        String html = write("x,\"-FilePath \"\"C:\\a.aspx\"\"\",y,and,much,more,of,the,same,record,so,that,it,is,long",
                "exported: -FilePath \"C:\\a.aspx\"", Map.of("Parameters", "-FilePath \"C:\\a.aspx\""));
        assertEquals(List.of("-FilePath &quot;&quot;C:\\a.aspx&quot;&quot;"), parts(html, "telling"));
    }

    @Test
    void aColumnThatHoldsAllOthersMarksNothing() {
        assertFalse(write("time,S:A=first-value;S:B=second-value", "x", Map.of("EventData",
                "S:A=first-value;S:B=second-value", "A", "first-value", "B", "second-value")).contains("EventData"));
    }

    @Test
    void saysWhereARecordWasCut() {
        assertTrue(write("a".repeat(Finding.EXCERPT_CHARS), "x", Map.of()).contains("cut at 2,000 characters"));
        assertFalse(write("a".repeat(100), "x", Map.of()).contains("cut at"));
    }

    @Test
    void nothingOfTheRecordIsLostOrDoubled() {
        String record = "<a>&b 'c' \"d\" 198.51.100.7 /x/y 198.51.100.7";
        String html = write(record, "198.51.100.7 asked /x/y", Map.of("ip", "198.51.100.7", "path", "/x/y", "part",
                "100.7 /x"));
        String text = html.replaceAll("<[^>]+>", "").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"")
                .replace("&#39;", "'").replace("&amp;", "&");
        assertEquals(record, text.strip());
    }
}
