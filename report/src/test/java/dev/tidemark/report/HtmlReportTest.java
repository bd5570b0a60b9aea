package dev.tidemark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.model.CaseResult;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Sentence;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Stage;
import dev.tidemark.model.VerdictClass;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    private static final String SMALL = Samples.page(Samples.small());

    private static List<String> all(String page, String regex) {
        List<String> found = new ArrayList<>();
        for (Matcher matcher = Pattern.compile(regex, Pattern.DOTALL).matcher(page); matcher.find();) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static void assertLinked(String page) {
        List<String> ids = all(page, " id=\"([^\"]+)\"");
        Set<String> unique = new HashSet<>(ids);
        assertEquals(ids.size(), unique.size(), "no id twice");
        for (String target : all(page, " href=\"#([^\"]*)\"")) {
            assertTrue(unique.contains(target), "dead link to #" + target);
        }
        for (String target : all(page, " aria-(?:labelledby|describedby)=\"([^\"]+)\"")) {
            assertTrue(unique.contains(target), "no element for " + target);
        }
    }

    @Test
    void everyLinkHasItsTarget() {
        assertLinked(SMALL);
        assertLinked(Samples.page(Hostile.result()));
        assertLinked(Samples.page(Samples.many(5_000)));
    }

    @Test
    void eachClaimLinksToItsRecordsAndEachRecordBack() {
        assertTrue(SMALL.contains("id=\"f-id3\""), "a row for what the sentences rest on");
        String reason = SMALL.substring(SMALL.indexOf("id=\"host-1-why-1\""));
        assertTrue(reason.substring(0, reason.indexOf("</li>")).contains("href=\"#f-id3\""));
        String row = SMALL.substring(SMALL.indexOf("id=\"f-id3\""));
        String record = row.substring(0, row.indexOf("</details>"));
        assertTrue(record.contains("href=\"#host-1-why-1\""), record);
        assertTrue(record.contains("href=\"#host-1-e1-step-3\""), record);
        assertTrue(record.contains("C/<wbr>Logging/<wbr>HttpProxy/<wbr>a.LOG:7"), record);
    }

    @Test
    void theSameCaseGivesTheSamePage() {
        assertEquals(SMALL, Samples.page(Samples.small()));
    }

    @Test
    void thePolicyNamesExactlyTheSheetAndTheScriptOfThePage() throws Exception {
        String policy = all(SMALL, "Content-Security-Policy\" content=\"([^\"]+)\"").get(0).replace("&#39;", "'");
        assertTrue(policy.startsWith("default-src 'none'"), policy);
        assertEquals(1, all(SMALL, "<style>(.*?)</style>").size());
        assertEquals(1, all(SMALL, "<script>(.*?)</script>").size());
        for (String own : List.of(all(SMALL, "<style>(.*?)</style>").get(0),
                all(SMALL, "<script>(.*?)</script>").get(0))) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(own.getBytes(StandardCharsets.UTF_8));
            assertTrue(policy.contains("'sha256-" + Base64.getEncoder().encodeToString(digest) + "'"));
        }
        assertFalse(policy.contains("unsafe"), policy);
        assertFalse(SMALL.matches("(?s).*\\son[a-z]+=\".*"), "no handler in an attribute");
        assertFalse(SMALL.contains(" style=\""), "no style in an attribute");
    }

    @Test
    void theFirstScreenAnswersInWords() {
        String top = SMALL.substring(SMALL.indexOf("<header"), SMALL.indexOf("</header>"));
        assertTrue(top.contains("<h1>Somebody got into 1 of 2 servers</h1>"), top);
        assertTrue(top.contains("4 March 2021, 01:00 UTC, on MAIL01"), top);
        assertTrue(top.contains("Disconnect the server."), top);
        String overview = SMALL.substring(SMALL.indexOf("</header>"), SMALL.indexOf("id=\"host-1\""));
        for (String answer : List.of("MAIL01", "Compromised", "2021-03-04 01:00", "ProxyLogon", "1 web shell: x.aspx",
                "Open")) {
            assertTrue(overview.contains(answer), answer);
        }
    }

    @Test
    void aHeadlineForEveryVerdict() {
        Set<String> headlines = new HashSet<>();
        for (VerdictClass verdict : VerdictClass.values()) {
            HostResult host = Samples.host("web01", "MAIL01", verdict, List.of(Sentence.plain("So it is.")));
            CaseResult one = new CaseResult(List.of(host), List.of(), List.of(), Samples.small().run());
            headlines.add(all(Samples.page(one), "<h1>(.*?)</h1>").get(0));
        }
        assertEquals(VerdictClass.values().length, headlines.size(), headlines.toString());
        assertTrue(headlines.stream().allMatch(h -> h.contains("MAIL01")), headlines.toString());
        String none = Samples.page(new CaseResult(List.of(), List.of(), List.of(), Samples.small().run()));
        assertTrue(none.contains("No Exchange server was found in the evidence"));
    }

    @Test
    void serversOfOneNameAreToldApart() {
        List<HostResult> two = List.of(
                Samples.host("a.zip", "MAIL01", VerdictClass.NO_EVIDENCE, List.of()),
                Samples.host("b.zip", "MAIL01", VerdictClass.COMPROMISED, List.of()));
        String page = Samples.page(new CaseResult(two, List.of(), List.of(), Samples.small().run()));
        assertTrue(page.contains("MAIL01 (a.zip)") && page.contains("MAIL01 (b.zip)"));
        assertTrue(page.indexOf("MAIL01 (b.zip)") < page.indexOf("MAIL01 (a.zip)"), "worst first");
    }

    @Test
    void rulesThatMatchedAreExplainedAndOthersAreNot() {
        assertTrue(SMALL.contains("It matters because it is made up."));
        assertTrue(SMALL.contains("The owner&#39;s own scanner"));
        assertTrue(SMALL.contains("href=\"https://example.org/advisory\""));
        assertFalse(SMALL.contains("href=\"javascript:"), "what is no plain link stays text");
        assertFalse(SMALL.contains("Sign of impact"), "a rule that did not match");
    }

    @Test
    void filesReadAreListedAsSha256sumReadsThem() {
        assertTrue(SMALL.contains("ab".repeat(32) + "  C/Logging/HttpProxy/a.LOG\n"));
        assertTrue(SMALL.contains("# not read to its end: C/Logging/cut.LOG"));
        assertTrue(SMALL.contains("expected a header, found zero bytes"));
    }

    @Test
    void aSampleSaysThatItIsOne() {
        String page = Samples.page(Samples.many(5_000));
        assertTrue(page.contains("Of 5,000 findings, "), "says how many of how many");
        assertTrue(page.contains("more of this kind without a row"));
        assertTrue(page.contains("id=\"f-web01-0\""), "the first");
        assertTrue(page.contains("id=\"f-web01-4999\""), "the last");
    }

    @Test
    void headingsGoDownOneLevelAtATime() {
        int before = 0;
        for (String level : all(SMALL, "<h([1-6])[ >]")) {
            int now = Integer.parseInt(level);
            assertTrue(now <= before + 1, "h" + before + " is followed by h" + now);
            before = now;
        }
    }

    @Test
    void thePageStaysSmallHoweverHostileTheCase() {
        String nasty = "<".repeat(1_900);
        CaseResult many = Samples.many(IntStream.range(0, 300).mapToObj(i -> "web" + i).toList(), 40);
        CaseResult heavy = new CaseResult(many.hosts(), many.findings().stream().map(f -> new dev.tidemark.model.Finding(
                f.id(), f.host(), f.rule(), nasty, nasty, f.severity(), f.stage(), f.outcome(), f.cves(),
                f.techniques(), f.time(), f.source(), f.place(), nasty, nasty, nasty, nasty, f.fields(), f.episode()))
                .toList(), many.episodes(), many.run());
        long bytes = Samples.page(heavy).getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes < HtmlReport.MOST_BYTES, bytes + " bytes");
    }

    @Test
    void severityIsToldByShapeToo() {
        Set<String> shapes = new HashSet<>();
        for (Severity severity : Severity.values()) {
            shapes.add(Plot.shape(severity));
        }
        assertEquals(Severity.values().length, shapes.size());
        assertEquals(Stage.values().length, List.of(Stage.values()).stream().map(Words::stage).distinct().count());
    }
}
