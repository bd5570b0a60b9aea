package dev.tidemark.report;

import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Coverage;
import dev.tidemark.model.Episode;
import dev.tidemark.model.Finding;
import dev.tidemark.model.Gap;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.InputFile;
import dev.tidemark.model.Interval;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Place;
import dev.tidemark.model.Posture;
import dev.tidemark.model.RuleRef;
import dev.tidemark.model.RunInfo;
import dev.tidemark.model.Sentence;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Skipped;
import dev.tidemark.model.Stage;
import dev.tidemark.model.Verdict;
import dev.tidemark.model.VerdictClass;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Made-up cases, made from as little as a test has to say. */
final class Samples {
    static final Instant DAY = Instant.parse("2021-03-04T00:00:00Z");
    static final String ATTACKER = "198.51.100.7";

    private Samples() {}

    static String page(CaseResult result) {
        StringWriter page = new StringWriter();
        try {
            HtmlReport.write(result, page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.toString();
    }

    static Finding finding(String id, String host, Severity severity, Stage stage, Instant time) {
        return new Finding(id, host, stage.word() + ".yml", "", "Sign of " + stage.word(), severity, stage,
                severity.accuses() ? Outcome.SUCCEEDED : Outcome.ATTEMPTED, List.of("CVE-2021-26855"),
                List.of("T1190"), Optional.of(time), "httpproxy", Place.ofLine("C/Logging/HttpProxy/a.LOG", 7),
                ATTACKER, "", ATTACKER + " asked for /ecp/y.js.",
                time + ",Ecp,/ecp/y.js," + ATTACKER + ",200,241", Map.of("UrlStem", "/ecp/y.js", "ClientIpAddress",
                ATTACKER, "HttpStatus", "200"), "E1");
    }

    static Finding withEpisode(Finding finding, String episode) {
        return finding.inEpisode(episode);
    }

    static RuleRef rule(Stage stage, Severity level) {
        return new RuleRef(stage.word() + ".yml", "id-of-" + stage.word(), "Sign of " + stage.word(), level, "ab12",
                "It matters because it is made up.", List.of("The owner's own scanner"),
                List.of("https://example.org/advisory", "javascript:alert(1)"));
    }

    static RunInfo run(List<RuleRef> rules, List<InputFile> inputs) {
        return new RunInfo("0.1.0", DAY, DAY.plusSeconds(60), List.of("scan", "evidence"), rules, "c0ffee", inputs,
                List.of());
    }

    static Coverage coverage(String source, Instant from, Instant to) {
        return new Coverage(source, Optional.of(from), Optional.of(to), 12, 3_400, List.of());
    }

    static Posture vulnerable() {
        return new Posture("Exchange Server 2016 CU19", "15.1.2176.2", Posture.PatchState.VULNERABLE,
                Optional.empty(), Optional.of(false), Optional.of(new Posture.Exposure(DAY.minusSeconds(86_400),
                Optional.empty(), "It lacked the fix.")), List.of(new Posture.BuildSeen("15.1.2176.2", DAY,
                DAY.plusSeconds(80_000), Place.ofLine("C/Logging/HttpProxy/a.LOG", 3))));
    }

    static HostResult host(String name, String server, VerdictClass verdict, List<Sentence> why) {
        boolean attacked = verdict.compareTo(VerdictClass.ATTEMPTED) <= 0;
        Instant from = DAY.minusSeconds(86_400);
        Instant to = DAY.plusSeconds(8 * 86_400);
        return new HostResult(name, server, "", new Verdict(verdict, why,
                List.of("Disconnect the server.", "Keep the evidence.")),
                attacked ? Optional.of(DAY.plusSeconds(3_600)) : Optional.empty(),
                attacked ? Optional.of(DAY.plusSeconds(7_200)) : Optional.empty(),
                attacked ? List.of(ATTACKER) : List.of(),
                verdict == VerdictClass.COMPROMISED ? List.of("C/inetpub/wwwroot/aspnet_client/x.aspx") : List.of(),
                List.of(), vulnerable(), List.of(coverage("httpproxy", from, to), coverage("iis", from, to)),
                List.of(new Gap("iis", new Interval(DAY.plusSeconds(86_400), DAY.plusSeconds(100_000)),
                        "The source otherwise writes every hour.")),
                List.of(new Skipped("C/Logging/broken.LOG", 4_096, "expected a header, found zero bytes")));
    }

    /** One compromised server with a short intrusion, one on which nothing was seen. */
    static CaseResult small() {
        List<Finding> findings = new ArrayList<>();
        Stage[] stages = {Stage.PROBE, Stage.EXPLOIT, Stage.EXPLOIT, Stage.WEBSHELL, Stage.WEBSHELL};
        for (int i = 0; i < stages.length; i++) {
            Severity severity = i == 0 ? Severity.LOW : i == 1 ? Severity.HIGH : Severity.CRITICAL;
            findings.add(finding("id" + i, "web01", severity, stages[i], DAY.plusSeconds(3_600 + 30L * i * i)));
        }
        List<Sentence> why = List.of(new Sentence("At least one act took effect.", List.of("id2", "id3")),
                Sentence.plain("The records reach over three days."));
        List<Sentence> story = List.of(new Sentence(ATTACKER + " looked round.", List.of("id0")),
                new Sentence(ATTACKER + " forged requests.", List.of("id1", "id2")),
                new Sentence(ATTACKER + " wrote a web shell.", List.of("id3", "id4")));
        Episode episode = new Episode("E1", "web01", Severity.CRITICAL, findings.get(0).time(),
                findings.get(4).time(), List.of(ATTACKER), findings.stream().map(Finding::id).toList(), story);
        return new CaseResult(List.of(host("web01", "MAIL01", VerdictClass.COMPROMISED, why),
                host("web02", "MAIL02", VerdictClass.NO_EVIDENCE, List.of(Sentence.plain("Nothing was found.")))),
                findings, List.of(episode), run(List.of(rule(Stage.PROBE, Severity.LOW),
                rule(Stage.EXPLOIT, Severity.CRITICAL), rule(Stage.WEBSHELL, Severity.CRITICAL),
                rule(Stage.IMPACT, Severity.HIGH)),
                List.of(new InputFile("web01", "C/Logging/HttpProxy/a.LOG", "httpproxy", 900, "ab".repeat(32)),
                        new InputFile("web01", "C/Logging/cut.LOG", "", 10, ""))));
    }

    /** The small case with commands that the web server ran. */
    static CaseResult withProcesses() {
        CaseResult small = small();
        List<Finding> findings = new ArrayList<>(small.findings());
        String[][] runs = {{"C:\\Windows\\System32\\inetsrv\\w3wp.exe", "w3wp.exe -ap \"MSExchangeOWAAppPool\"",
            "C:\\Windows\\System32\\cmd.exe", "cmd /c \"cd /d C:\\inetpub & whoami & echo <done>\""},
            {"C:\\Windows\\System32\\cmd.exe", "cmd /c \"cd /d C:\\inetpub & whoami & echo <done>\"",
                "C:\\Windows\\System32\\whoami.exe", "whoami"}};
        for (String[] run : runs) {
            Finding f = finding("run" + findings.size(), "web01", Severity.CRITICAL, Stage.POST_EXPLOITATION,
                    DAY.plusSeconds(7_000 + findings.size()));
            findings.add(new Finding(f.id(), f.host(), f.rule(), "", f.title(), f.severity(), f.stage(), f.outcome(),
                    List.of(), f.techniques(), f.time(), "event-log", Place.ofRecord("Security.evtx", 4_711), "",
                    "IIS APPPOOL\\MSExchangeOWAAppPool", "The web server process ran a command: " + run[3],
                    "4688 " + run[2] + " " + run[3] + " " + run[0], Map.of("ParentImage", run[0], "ParentCommandLine",
                    run[1], "Image", run[2], "CommandLine", run[3]), "E1"));
        }
        return new CaseResult(small.hosts(), findings, small.episodes(), small.run());
    }

    /** One server with {@code count} findings over a week: two stages, two sources, many addresses. */
    static CaseResult many(int count) {
        return many(List.of("web01"), count);
    }

    static CaseResult many(List<String> hosts, int countEach) {
        List<Finding> findings = new ArrayList<>(hosts.size() * countEach);
        List<HostResult> results = new ArrayList<>();
        for (String host : hosts) {
            for (int i = 0; i < countEach; i++) {
                boolean shell = i % 10 == 0;
                findings.add(new Finding(host + "-" + i, host, shell ? "shell.yml" : "ssrf.yml", "",
                        shell ? "Web shell used" : "Request forged", shell ? Severity.CRITICAL : Severity.MEDIUM,
                        shell ? Stage.WEBSHELL : Stage.EXPLOIT, Outcome.SUCCEEDED, List.of("CVE-2021-26855"),
                        List.of(), Optional.of(DAY.plusMillis(604_800_000L * i / countEach)),
                        i % 4 == 0 ? "iis" : "httpproxy", Place.ofLine("C/a.LOG", i + 1), "10.0." + i % 90 + ".1", "",
                        "A request was forged.", "2021-03-04 GET /ecp/y.js 200", Map.of("cs-uri-stem", "/ecp/y.js"),
                        "E1"));
            }
            results.add(host(host, "", VerdictClass.COMPROMISED,
                    List.of(new Sentence("An act took effect.", List.of(host + "-0")))));
        }
        List<Episode> episodes = hosts.stream().map(host -> new Episode("E1", host, Severity.CRITICAL,
                Optional.of(DAY), Optional.of(DAY.plusSeconds(604_800)), List.of(), List.of(host + "-0"),
                List.of(new Sentence("It happened.", List.of(host + "-0"))))).toList();
        return new CaseResult(results, findings, episodes, run(List.of(), List.of()));
    }
}
