package dev.tidemark.correlate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.model.Episode;
import dev.tidemark.model.Finding;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Sentence;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Stage;
import dev.tidemark.testing.Findings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelatorTest {
    private static Correlator.Story story(Findings... findings) {
        return new Correlator().correlate("mail01", Arrays.stream(findings).map(Findings::made).toList());
    }

    /** {@code a b|c}: the findings of each episode in order, episodes divided by a bar. */
    private static String episodes(Findings... findings) {
        return String.join("|", story(findings).episodes().stream().map(e -> String.join(" ", e.findings())).toList());
    }

    private static Findings attempt(String id) {
        return Findings.of(id).outcome(Outcome.ATTEMPTED).severity(Severity.MEDIUM);
    }

    @Test
    void twoActorsOnOneServerAreTwoEpisodes() {
        assertEquals("a c|b", episodes(attempt("a").client("203.0.113.7"),
                attempt("b").client("198.51.100.4").time("2021-03-03T04:00:01Z"),
                attempt("c").client("203.0.113.7").time("2021-03-05T00:00:00Z")));
    }

    @Test
    void sameRequestIdJoinsWhatHttpProxyAndIisWroteOfIt() {
        assertEquals("a b", episodes(attempt("a").client("203.0.113.7").fields(Map.of("RequestId", "AB-1")),
                attempt("b").client("10.0.0.9").time("2021-03-03T09:00:00Z").fields(Map.of("cafeReqId", "ab-1"))));
        assertEquals("a|b", episodes(attempt("a").client("203.0.113.7").fields(Map.of("RequestId", "")),
                attempt("b").client("10.0.0.9").time("2021-03-03T09:00:00Z").fields(Map.of("cafeReqId", ""))));
    }

    @Test
    void whatTheServerWroteOfAPageJoinsItsUseAndAGuessDoesNot() {
        Findings used = Findings.of("used").stage(Stage.WEBSHELL).client("198.51.100.4").time("2021-03-09T04:00:00Z")
                .fields(Map.of("cs-uri-stem", "/owa/auth/help.aspx"));
        Findings came = Findings.of("came").stage(Stage.WEBSHELL).severity(Severity.LOW).outcome(Outcome.UNKNOWN)
                .fields(Map.of("Path", "C:\\FrontEnd\\HttpProxy\\owa\\auth\\help.aspx"));

        assertEquals("came used", episodes(came, used));
        assertEquals("used", episodes(came.client("203.0.113.9"), used));
        assertEquals("", episodes(came));
    }

    @Test
    void pageThatOneWroteAndAnotherUsedJoins() {
        Findings used = Findings.of("used").stage(Stage.WEBSHELL).outcome(Outcome.UNKNOWN).client("198.51.100.4")
                .time("2021-03-09T04:00:00Z").fields(Map.of("cs-uri-stem", "/owa/auth/HELP.aspx"));
        Findings written = Findings.of("written").stage(Stage.WEBSHELL).outcome(Outcome.UNKNOWN)
                .fields(Map.of("Path", "C:\\Exchange\\FrontEnd\\HttpProxy\\owa\\auth\\help.aspx"));

        assertEquals("written used", episodes(used, written));
        assertEquals("written|used", episodes(written,
                used.fields(Map.of("cs-uri-stem", "/owa/auth/other.aspx"))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Parameters  | -FilePath \"\\\\mx\\c$\\inetpub\\auth\\HELP.aspx\" -Name x",
        "CommandLine | cmd /c attrib +h C:\\x\\auth\\help.aspx&whoami",
        "EventData   | S:FILE=C:/x/auth/help.aspx;S:Y=1",
        "CMD         | copy auth\\help.aspx"})
    void pageThatStandsInOtherTextJoins(String field, String text) {
        Findings used = Findings.of("used").stage(Stage.WEBSHELL).outcome(Outcome.UNKNOWN).client("198.51.100.4")
                .time("2021-03-09T04:00:00Z").fields(Map.of("cs-uri-stem", "/owa/auth/help.aspx"));

        assertEquals("written used", episodes(used, Findings.of("written").stage(Stage.WEBSHELL)
                .outcome(Outcome.UNKNOWN).fields(Map.of(field, text))));
    }

    @Test
    void whatTheServerWroteWithinMinutesBelongsToTheAct() {
        Findings act = Findings.of("act").client("203.0.113.7").outcome(Outcome.ATTEMPTED);
        Findings own = Findings.of("own").outcome(Outcome.UNKNOWN);

        assertEquals("act own", episodes(act, own.time("2021-03-03T04:02:59Z")));
        assertEquals("act|own", episodes(act, own.time("2021-03-03T04:03:01Z")));
        assertEquals("early", episodes(Findings.of("early").client("127.0.0.1")));
    }

    @Test
    void whatTheServerWroteBelongsToTheNearerOfTwoActs() {
        assertEquals("a|b own", episodes(attempt("a").client("203.0.113.7").time("2021-03-03T04:00:00Z"),
                attempt("b").client("198.51.100.4").time("2021-03-03T04:02:00Z"),
                attempt("own").time("2021-03-03T04:02:30Z")));
    }

    @Test
    void noiseMakesNoEpisodeButJoinsTheOneOfItsAddress() {
        Findings scan = Findings.of("scan").severity(Severity.LOW).stage(Stage.PROBE).client("203.0.113.7");

        assertEquals("", episodes(scan));
        assertEquals("scan act", episodes(scan, attempt("act").client("203.0.113.7").time("2021-03-03T05:00:00Z")));
        assertEquals(List.of("", "E1"), story(scan.client("192.0.2.1"), attempt("act").client("203.0.113.7")
                .time("2021-03-03T05:00:00Z")).findings().stream().map(Finding::episode).toList());
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.7,URL,x?msExchEcpCanary=other0000&,2021-03-09T00:00:00Z,Inferred: the address also attacked",
        "'',URL,/ecp/DDI?msExchEcpCanary=Zx81kPq0.&schema=x,2021-03-09T00:00:00Z,in the session of an attack",
        "'',AuthenticatedUser,corp\\ann,2021-03-03T04:01:00Z,attacked within minutes"})
    void everydayActWeighsMoreWhereItIsTheIntruders(String client, String field, String value, String time, String why) {
        Findings attack = Findings.of("a").client("203.0.113.7").time("2021-03-03T04:00:00Z").fields(Map.of("URL",
                "/ecp/y?msExchEcpCanary=Zx81kPq0.&schema=x", "AuthenticatedUser", "CORP\\Ann"));
        Findings everyday = Findings.of("b").severity(Severity.INFORMATIONAL).outcome(Outcome.UNKNOWN).client(client)
                .time(time).fields(Map.of(field, value));

        Finding told = story(attack, everyday).findings().get(1);

        assertEquals(Severity.LOW, told.severity());
        assertTrue(told.summary().contains(why), told.summary());
    }

    @Test
    void everydayActOfAnybodyElseStaysWhatItIs() {
        Findings attack = Findings.of("a").client("203.0.113.7").time("2021-03-03T04:00:00Z")
                .fields(Map.of("AuthenticatedUser", "CORP\\Ann"));
        Findings other = Findings.of("b").severity(Severity.INFORMATIONAL).client("198.51.100.4").time("2021-03-03T04:00:01Z");
        Findings later = Findings.of("c").severity(Severity.INFORMATIONAL).client("").time("2021-03-03T05:00:00Z")
                .fields(Map.of("AuthenticatedUser", "CORP\\Ann"));

        story(attack, other, later).findings().stream().skip(1)
                .forEach(f -> assertEquals(Severity.INFORMATIONAL, f.severity(), f.id()));
    }

    @Test
    void whoUsesAWebShellWorksInTheIntrusionThatLeftOne() {
        assertEquals("way-in used", episodes(Findings.of("way-in").client("203.0.113.7"),
                Findings.of("used").stage(Stage.WEBSHELL).client("198.51.100.4").time("2021-03-20T04:00:00Z")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "127.0.0.1", "::1", "fe80::1%6", "0.0.0.0", "::", "not-an-address"})
    void addressThatNamesNobodyJoinsNothing(String address) {
        assertFalse(Addresses.names(address));
        assertEquals("a|b", episodes(attempt("a").client(address),
                attempt("b").client(address).time("2021-03-04T04:00:00Z")));
    }

    @Test
    void episodeTellsItsSpanItsActorsAndItsWorst() {
        Episode episode = story(attempt("a").client("203.0.113.7"),
                Findings.of("b").client("203.0.113.7").time("2021-03-03T06:00:00Z"),
                attempt("c").time("")).episodes().get(0);

        assertEquals("E1", episode.id());
        assertEquals(Severity.CRITICAL, episode.severity());
        assertEquals(List.of("203.0.113.7"), episode.actors());
        assertEquals("2021-03-03T04:00:00Z", episode.from().orElseThrow().toString());
        assertEquals("2021-03-03T06:00:00Z", episode.to().orElseThrow().toString());
        assertEquals(List.of("Summary of a.", "Summary of b."), episode.story().stream().map(s -> s.text()).toList());
    }

    @Test
    void manyLikeActsAreOneSentence() {
        List<Finding> many = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            many.add(attempt("a").client("203.0.113.7").time("2021-03-03T04:00:0" + i + "Z").made());
        }

        assertEquals(List.of("Summary of a. This happened 5 times."), new Correlator().correlate("mail01", many)
                .episodes().get(0).story().stream().map(s -> s.text()).toList());
    }

    @Test
    void whatTwoLogsTellOfTheSameActsIsOneSentence() {
        List<Finding> both = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Finding f = attempt("f" + i).client("203.0.113.7").time("2021-03-03T04:00:0" + i / 2 + "Z").made();
            both.add(new Finding(f.id(), f.host(), i % 2 + ".yml", "", f.title(), f.severity(), f.stage(), f.outcome(), f.cves(),
                    f.techniques(), f.time(), f.source(), f.place(), f.clientIp(), f.user(), "Somebody used a page.", "", f.fields(), ""));
        }

        Sentence told = new Correlator().correlate("mail01", both).episodes().get(0).story().get(0);

        assertEquals("Somebody used a page. This happened 3 times.", told.text());
        assertEquals(6, told.findings().size());
    }

    @Test
    void storySaysWhatItInfers() {
        List<Sentence> story = story(Findings.of("way-in").client("203.0.113.7"),
                Findings.of("own").client("").time("2021-03-03T04:01:00Z"),
                Findings.of("used").stage(Stage.WEBSHELL).client("198.51.100.4").time("2021-03-20T04:00:00Z"),
                Findings.of("task").stage(Stage.PERSISTENCE).client("").time("2021-03-22T04:00:00Z")).episodes().get(0).story();

        List<Sentence> inferred = story.stream().filter(Sentence::inferred).toList();
        assertEquals(story.subList(4, 7), inferred);
        assertEquals(List.of(List.of("own"), List.of("task"), List.of("used")), inferred.stream().map(Sentence::findings).toList());
        assertTrue(inferred.get(0).text().contains("within 3 minutes"), inferred.get(0).text());
        assertTrue(inferred.get(1).text().contains("no other way in is known"), inferred.get(1).text());
        assertTrue(inferred.get(2).text().startsWith("Inferred: 198.51.100.4 belongs"), inferred.get(2).text());
    }

    @Test
    void processesBelongToWhoeverStartedTheFirstOfThem() {
        Map<String, String> shell = Map.of("Image", "C:\\Windows\\System32\\cmd.exe", "ProcessGuid", "{A}", "ParentImage",
                "c:\\windows\\system32\\inetsrv\\w3wp.exe", "ParentProcessGuid", "{W}");
        Map<String, String> child = Map.of("Image", "C:\\Windows\\System32\\rundll32.exe", "ProcessGuid", "{C}", "ParentImage",
                "C:\\Windows\\System32\\cmd.exe", "ParentProcessGuid", "{a}");
        Map<String, String> ofOther = Map.of("Image", "C:\\Windows\\System32\\cmd.exe", "ProcessGuid", "{B}", "ParentImage",
                "c:\\windows\\system32\\inetsrv\\w3wp.exe", "ParentProcessGuid", "{W}");

        assertEquals("one shell child|two other", episodes(Findings.of("one").client("203.0.113.7"),
                Findings.of("shell").stage(Stage.POST_EXPLOITATION).time("2021-03-03T04:00:10Z").fields(shell),
                Findings.of("two").client("198.51.100.4").time("2021-03-03T09:00:00Z"),
                Findings.of("other").stage(Stage.POST_EXPLOITATION).time("2021-03-03T09:00:10Z").fields(ofOther),
                Findings.of("child").stage(Stage.POST_EXPLOITATION).time("2021-03-03T12:00:00Z").fields(child)));
    }

    @Test
    void whatRecordsShareIsNotInferred() {
        Map<String, String> request = Map.of("RequestId", "7b0c4a1e-0000-4000-8000-000000000001");

        assertTrue(story(attempt("a").client("203.0.113.7").fields(request), attempt("b").client("").fields(request))
                .episodes().get(0).story().stream().noneMatch(Sentence::inferred));
    }

    @Test
    void orderInWhichFindingsComeChangesNothing() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            List<Finding> findings = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                findings.add(random("f" + i, random).made());
            }
            Correlator.Story expected = new Correlator().correlate("mail01", findings);
            Collections.shuffle(findings, random);
            assertEquals(expected, new Correlator().correlate("mail01", findings), "seed " + seed);
        }
    }

    @Test
    void everyAccusingFindingIsInExactlyOneEpisode() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            List<Finding> findings = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                findings.add(random("f" + i, random).made());
            }
            Correlator.Story story = new Correlator().correlate("mail01", findings);
            Map<String, Integer> times = new TreeMap<>();
            story.episodes().forEach(e -> e.findings().forEach(f -> times.merge(f, 1, Integer::sum)));
            for (Finding f : story.findings()) {
                assertTrue(!f.severity().accuses() || times.getOrDefault(f.id(), 0) == 1, "seed " + seed);
                assertEquals(times.getOrDefault(f.id(), 0) == 1, !f.episode().isEmpty(), "seed " + seed);
            }
        }
    }

    private static Findings random(String id, Random random) {
        return Findings.of(id).severity(Severity.values()[random.nextInt(5)]).stage(Stage.values()[random.nextInt(9)])
                .outcome(Outcome.values()[random.nextInt(3)])
                .time(random.nextInt(9) == 0 ? "" : "2021-03-03T04:" + (10 + random.nextInt(40)) + ":00Z")
                .client(random.nextBoolean() ? "" : "203.0.113." + random.nextInt(4))
                .fields(random.nextInt(4) > 0 ? Map.of() : Map.of("RequestId", "r" + random.nextInt(3), "cs-uri-stem",
                        "/owa/auth/" + random.nextInt(2) + ".aspx"));
    }

    @Test
    void hostileTextInAFieldCostsItsLengthNotItsSquare() {
        Findings hostile = Findings.of("a").stage(Stage.WEBSHELL).fields(Map.of("CommandLine", "a".repeat(4_000),
                "Parameters", "\\".repeat(4_000), "EventData", "a/".repeat(2_000), "MemberName", "CN=".repeat(1_000)));
        List<Finding> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(hostile.made());
        }

        assertEquals(1, new Correlator().correlate("mail01", many).episodes().size());
    }
}
