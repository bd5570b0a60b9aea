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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A case in which every text that a case can carry tries to become markup or script, or to hide. */
final class Hostile {
    /** Whatever part of it came to life would set {@code window.pwned} or leave an element named {@code pwned}. */
    static final List<String> TEXTS = List.of(
            "<script>window.pwned=1</script><pwned>",
            "\"><img src=x onerror=window.pwned=1><pwned a=\"",
            "'><svg onload=window.pwned=1><pwned a='",
            "</script><script>window.pwned=1</script><!--<pwned>",
            "</style><pwned></title></textarea></pre></svg><pwned>",
            "javascript:window.pwned=1//`${window.pwned=1}`",
            "]]>--></noscript><iframe srcdoc='<script>parent.pwned=1</script>'></iframe>",
            "\u202Egnp.exe\u2066\u200B\u0000\u0007\u001B[31m\uFEFF\uD800 &lt;pwned&gt; &#x3c;pwned>");

    private int next;
    private int made;

    private String text() {
        return TEXTS.get(next++ % TEXTS.size()) + " number " + made++;
    }

    private List<String> texts() {
        return List.of(text(), text(), text());
    }

    static CaseResult result() {
        return new Hostile().make();
    }

    private CaseResult make() {
        List<HostResult> hosts = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        List<Episode> episodes = new ArrayList<>();
        for (VerdictClass verdict : VerdictClass.values()) {
            String host = text();
            String episode = text();
            List<Finding> own = new ArrayList<>();
            for (int i = 0; i <= TEXTS.size(); i++) {
                own.add(finding(host, episode, i));
            }
            List<String> ids = own.stream().map(Finding::id).toList();
            findings.addAll(own);
            hosts.add(host(host, verdict, ids));
            episodes.add(new Episode(episode, host, Severity.CRITICAL, Optional.of(Samples.DAY),
                    Optional.of(Samples.DAY.plusSeconds(900)), texts(), ids,
                    ids.stream().map(id -> new Sentence(text(), List.of(id))).toList()));
        }
        List<RuleRef> rules = findings.stream().map(Finding::rule).distinct().map(rule -> new RuleRef(rule, text(),
                text(), Severity.HIGH, text(), text(), texts(), texts())).toList();
        RunInfo run = new RunInfo(text(), Samples.DAY, Samples.DAY.plusSeconds(9), texts(), rules, text(),
                hosts.stream().map(h -> new InputFile(h.host(), text(), text(), 5, text())).toList(),
                List.of(new Skipped(text(), text())));
        return new CaseResult(hosts, findings, episodes, run);
    }

    private Finding finding(String host, String episode, int i) {
        Instant time = Samples.DAY.plusSeconds(i * 60L);
        String value = text();
        return new Finding(text(), host, text(), text(), text(), Severity.values()[i % 5],
                Stage.values()[i % Stage.values().length], Outcome.values()[i % 3], texts(), texts(),
                Optional.of(time), text(), new Place(text(), OptionalLong.of(i), OptionalLong.empty()), text(), text(),
                text() + value, text() + " " + value + " " + text(), Map.of(text(), value, text(), text()),
                i % 3 == 0 ? text() : episode);
    }

    private HostResult host(String host, VerdictClass verdict, List<String> ids) {
        Interval gap = new Interval(Samples.DAY, Samples.DAY.plusSeconds(4_000));
        Posture posture = new Posture(text(), text(), Posture.PatchState.VULNERABLE,
                Optional.of(Samples.DAY.plusSeconds(100)), Optional.of(true),
                Optional.of(new Posture.Exposure(Samples.DAY, Optional.empty(), text())),
                List.of(new Posture.BuildSeen(text(), Samples.DAY, Samples.DAY, Place.ofRecord(text(), 7))));
        Verdict judged = new Verdict(verdict, ids.stream().map(id -> new Sentence(text(), List.of(id))).toList(),
                texts());
        String source = text();
        return new HostResult(host, text(), text(), judged, Optional.of(Samples.DAY), Optional.of(Samples.DAY), texts(),
                texts(), texts(), posture, List.of(new Coverage(source, Optional.of(Samples.DAY),
                Optional.of(Samples.DAY.plusSeconds(86_400)), 1, 2, List.of(gap))),
                List.of(new Gap(source, gap, text()), new Gap(text(), gap, text())),
                List.of(new Skipped(text(), 4, text())));
    }
}
