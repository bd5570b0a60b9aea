package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.content.ContentRules;
import dev.tidemark.model.Severity;
import dev.tidemark.scan.EvidenceRoot;
import dev.tidemark.scan.Progress;
import dev.tidemark.scan.Scan;
import dev.tidemark.scan.ScanOptions;
import dev.tidemark.store.ScanJournal;
import dev.tidemark.testkit.MadeEvidence.Layout;
import dev.tidemark.testkit.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was stopped goes on where it was. */
class ResumeTest {
    private static final int DONE = 40;

    @TempDir
    private Path dir;
    private Path evidence;
    private Path out;

    @BeforeEach
    void evidence() throws IOException {
        evidence = dir.resolve("server");
        out = dir.resolve("case");
        Scenario.PROXYLOGON.make().writeTo(evidence, Layout.KAPE);
    }

    /** Scans as the command does, and breaks off once {@link #DONE} files are done. */
    private void stopHalfWay() throws IOException {
        RulePacks packs = new RulePacks();
        RuleSet rules = packs.load();
        ContentRules yara = packs.yara();
        ScanOptions options = new ScanOptions(List.of(EvidenceRoot.of(evidence)), Optional.empty(), Optional.empty(), 1,
                Severity.INFORMATIONAL, List.of(), Version.text());
        try (ScanJournal journal = ScanJournal.open(out, false, CaseRun.kind(rules, yara, options))) {
            assertThrows(IllegalStateException.class, () -> new Scan(rules, yara, options, new Stop(), journal).run());
        }
    }

    /** Ends the run as a power cut would: without a word to anybody. */
    private static final class Stop implements Progress {
        private final AtomicInteger files = new AtomicInteger();

        @Override
        public void found(long bytes) {}

        @Override
        public void done(String path, long bytes) {
            if (files.incrementAndGet() > DONE) {
                throw new IllegalStateException("stopped");
            }
        }
    }

    private Cli resume(Object... more) {
        Object[] words = Arrays.copyOf(new Object[] {"scan", evidence, "--out", out, "--resume"}, 5 + more.length);
        System.arraycopy(more, 0, words, 5, more.length);
        return Cli.run(words);
    }

    @Test
    void caseIsTheSameAsIfNothingHadHappened() throws IOException {
        Cli.run("scan", evidence, "--out", dir.resolve("whole"));
        stopHalfWay();
        assertFalse(Files.exists(out.resolve("run.json")), "a case that is not whole looks whole");

        Cli cli = resume();

        assertEquals(1, cli.status(), cli.err());
        assertTrue(cli.err().matches("(?s)\\d+ files were read by the run before; going on\\.\\R"), cli.err());
        assertEquals(Cases.results(dir.resolve("whole")), Cases.results(out));
        assertFalse(Files.exists(out.resolve("unfinished.jsonl")));
    }

    /** Proven by a change that nobody can see: same size, same time. */
    @Test
    void fileThatWasReadIsNotReadAgain() throws IOException {
        Cli.run("scan", evidence, "--out", dir.resolve("whole"));
        stopHalfWay();
        for (String line : Files.readAllLines(out.resolve("unfinished.jsonl"))) {
            Path read = evidence.resolve(line.replaceAll(".*\"path\":\"([^\"]+)\",\"source\".*", "$1"));
            if (line.contains("\"source\":\"httpproxy\"") && Files.exists(read)) {
                FileTime time = Files.getLastModifiedTime(read);
                Files.write(read, " ".repeat((int) Files.size(read)).getBytes(StandardCharsets.US_ASCII));
                Files.setLastModifiedTime(read, time);
            }
        }

        resume();

        assertEquals(Cases.results(dir.resolve("whole")), Cases.results(out));
    }

    @Test
    void lineThatWasCutIsReadAgain() throws IOException {
        Cli.run("scan", evidence, "--out", dir.resolve("whole"));
        stopHalfWay();
        Path notes = out.resolve("unfinished.jsonl");
        byte[] all = Files.readAllBytes(notes);
        Files.write(notes, Arrays.copyOf(all, all.length - 100), StandardOpenOption.TRUNCATE_EXISTING);

        assertEquals(1, resume().status());
        assertEquals(Cases.results(dir.resolve("whole")), Cases.results(out));
    }

    @Test
    void runOfAnotherKindIsNotGoneOnWith() throws IOException {
        stopHalfWay();

        Cli cli = resume("--since", "2021-03-03");

        assertTrue(cli.err().startsWith("There is no unfinished run of this kind"), cli.err());
        assertEquals(1, cli.status());
    }

    @Test
    void finishedCaseIsScannedAnew() throws IOException {
        Cli.run("scan", evidence, "--out", out);
        String before = Cases.results(out);

        assertTrue(resume().err().startsWith("There is no unfinished run of this kind"));
        assertEquals(before, Cases.results(out));
    }
}
