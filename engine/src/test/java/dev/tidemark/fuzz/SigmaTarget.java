package dev.tidemark.fuzz;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.detect.FieldMap;
import dev.tidemark.detect.Placeholders;
import dev.tidemark.detect.RuleException;
import dev.tidemark.detect.RuleOptions;
import dev.tidemark.detect.RuleSession;
import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.RuleSource;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.Record;
import dev.tidemark.read.RecordSink;
import dev.tidemark.read.evtx.EvtxReader;
import dev.tidemark.read.evtx.MadeLog;
import dev.tidemark.read.iis.IisReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Rules of strangers: loaded, then run on a few records. A rule that sleeps on a record must not match it. */
final class SigmaTarget {
    private static final RuleOptions STRICT = RuleOptions.bundled();
    private static final RuleOptions LENIENT = new RuleOptions(FieldMap.bundled(), Placeholders.NONE, true);
    private static final byte[] EVENTS = new MadeLog().chunk(new MadeLog.Chunk()
            .event(1, Instant.parse("2021-03-03T04:05:06Z"), 1, "C:\\Windows\\cmd.exe", "one", "two")
            .event(2, Instant.parse("2021-03-03T04:05:07Z"), 4688, "powershell.exe -enc QQBB", "")).bytes();
    private static final byte[] REQUESTS = """
            #Fields: date time s-ip cs-method cs-uri-stem cs-uri-query c-ip cs(User-Agent) sc-status
            2021-03-02 07:15:32 10.0.0.5 POST /ecp/%79.js a=%25b 203.0.113.9 python-requests/2.25.1 200
            2021-03-02 07:15:33 10.0.0.5 GET /aspnet_client//cmd.aspx - 203.0.113.9 - 404
            """.getBytes(StandardCharsets.UTF_8);

    private SigmaTarget() {}

    public static void fuzzerTestOneInput(byte[] rule) {
        List<RuleSource> sources = List.of(new RuleSource("rules/made.yml", rule));
        try {
            RuleSet rules = RuleSet.load(sources, LENIENT);
            try {
                RuleSet.load(sources, STRICT);
            } catch (RuleException declared) {
                if (declared.faults().isEmpty() || rules.broken().isEmpty()) {
                    throw new AssertionError("refused without a fault, or not left out");
                }
            }
            run(rules, new EvtxReader(EvtxReader.Depth.SOUND), EVENTS);
            run(rules, new IisReader(), REQUESTS);
        } catch (RuleException e) {
            throw new AssertionError("a broken file is left out, not refused", e);
        }
    }

    private static void run(RuleSet rules, LogReader reader, byte[] log) {
        rules.rules();
        rules.notes();
        rules.unrun();
        rules.partly();
        rules.correlations();
        Both both = new Both(rules, rules.session(reader.source()), new boolean[1]);
        try {
            reader.read(new ByteArrayInputStream(log), "made", both, both);
        } catch (IOException e) {
            throw new AssertionError("the stream is sound", e);
        }
    }

    /** Compares what a session that may sleep finds with what all rules find. */
    private record Both(RuleSet rules, RuleSession session, boolean[] awake) implements LineFilter, RecordSink {
        @Override
        public boolean wakes(byte[] bytes, int from, int to) {
            awake[0] = session.wakes(bytes, from, to);
            return true;
        }

        @Override
        public void shared(byte[] bytes, int from, int to) {
            session.shared(bytes, from, to);
        }

        @Override
        public void record(Record record) {
            List<String> expected = new ArrayList<>();
            rules.evaluate(record, match -> expected.add(match.rule().title()));
            List<String> found = new ArrayList<>();
            if (awake[0]) {
                session.evaluate(record, match -> found.add(match.rule().title()));
            }
            if (!expected.equals(found)) {
                throw new AssertionError("awake " + found + ", all " + expected + " of " + record.text());
            }
        }

        @Override
        public void skipped(Skipped skipped) {}

        @Override
        public void observed(String fact, String value, Instant time, Place place) {}
    }

    static List<byte[]> seeds() {
        return List.of("""
                title: Made
                id: 5b1a3c52-8a0f-4c0e-9c3d-0d1a2b3c4d5e
                status: test
                level: high
                tags: [attack.t1505.003]
                logsource: {product: windows, category: process_creation}
                detection:
                  selection_a:
                    Image|endswith: ['\\cmd.exe', '\\powershell.exe']
                    CommandLine|contains|all: [a, b*c, 'd?e']
                  selection_b:
                    - CommandLine|re|i: 'p.{1,3}w[a-z]+\\b'
                    - CommandLine|base64offset|contains: http
                    - ParentImage|windash|contains: ' -enc'
                    - Hashes|cased|startswith: SHA1=
                    - Data|wide|base64|contains: x
                    - EventID|gte: 4
                  keywords: [one, '|all': [two]]
                  filter: {User|exists: false, IpAddress|cidr: 10.0.0.0/8, A|fieldref: B}
                  condition: (1 of selection_* or keywords) and not filter
                """, """
                title: Web
                name: web
                logsource: {category: webserver}
                detection:
                  selection: {cs-uri-stem|contains: [/ecp/, .aspx], cs-method: POST, sc-status: 200}
                  condition: selection
                ---
                title: Often
                correlation: {type: event_count, rules: [web], group-by: [c-ip], timespan: 5m, condition: {gte: 2}}
                level: high
                ---
                title: Not here
                logsource: {category: webserver}
                filter: {rules: [web], selection: {c-ip: 127.0.0.1}, condition: not selection}
                """, """
                title: Any
                logsource: {product: windows}
                detection: {a: &x {EventID: [1, 4688], Image|contains: cmd}, b: *x, condition: all of them}
                """).stream().map(rule -> rule.getBytes(StandardCharsets.UTF_8)).toList();
    }

    static List<byte[]> real(Path shared) {
        return RealFiles.below(shared.resolve("real").resolve("sigma-rules"), ".yml").filter(rule -> rule.length < 3_000).toList();
    }
}
