package dev.tidemark.cli;

import dev.tidemark.detect.RuleSet;
import dev.tidemark.model.CaseResult;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Severity;
import dev.tidemark.model.VerdictClass;
import dev.tidemark.report.TimelineCsv;
import dev.tidemark.scan.Progress;
import dev.tidemark.scan.Scan;
import dev.tidemark.scan.ScanOptions;
import dev.tidemark.store.CaseWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code scan}: everything, from evidence to a case with its report. */
@Command(name = "scan", description = "Finds the hosts in the evidence, reads, detects, correlates and judges; writes the"
        + " case and its report.", footer = {"", "Example:", "  tidemark scan /mnt/image collection.zip --out case"})
final class ScanCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Mixin
    private RulePacks packs;

    @Parameters(paramLabel = "EVIDENCE", arity = "1..*", description = "A folder, a mounted image, a ZIP or tar.gz of a"
            + " collector, or a single log.")
    private List<Path> evidence;

    @Option(names = "--out", paramLabel = "CASE", required = true, description = "Folder for the results.")
    private Path out;

    @Option(names = "--since", paramLabel = "TIME", description = "Leave out records before it, e.g."
            + " 2021-03-01T00:00:00Z.")
    private Instant since;

    @Option(names = "--until", paramLabel = "TIME", description = "Leave out records from it on.")
    private Instant until;

    @Option(names = "--threads", description = "Files read at once; as many as the machine has cores if not given.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--minimum-severity", paramLabel = "LEVEL", description = "Leave out findings below it:"
            + " ${COMPLETION-CANDIDATES}.")
    private Severity minimum = Severity.INFORMATIONAL;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        for (Path root : evidence) {
            if (!Files.exists(root)) {
                throw new Usage("no such evidence: " + root);
            }
        }
        if (threads < 1) {
            throw new Usage("--threads must be at least 1, not " + threads);
        }
        RuleSet rules = packs.load();
        ScanOptions options = new ScanOptions(evidence, Optional.ofNullable(since), Optional.ofNullable(until), threads,
                minimum, spec.commandLine().getParent().getParseResult().originalArgs(), Version.text());
        CaseResult result = new Scan(rules, options, Progress.NONE).run();
        write(result);
        PrintWriter print = spec.commandLine().getOut();
        result.hosts().forEach(host -> Summary.print(print, host));
        print.println("Results: " + Console.plain(out.toString()));
        print.flush();
        return status(result.hosts());
    }

    private void write(CaseResult result) {
        try {
            Files.createDirectories(out);
            CaseWriter.write(result, out);
            try (Writer timeline = Files.newBufferedWriter(out.resolve("timeline.csv"))) {
                TimelineCsv.write(result, timeline);
            }
        } catch (IOException e) {
            throw new Usage("cannot write the case to " + out + ": " + e.getMessage());
        }
    }

    static int status(List<HostResult> hosts) {
        List<VerdictClass> verdicts = hosts.stream().map(h -> h.verdict().verdict()).toList();
        if (verdicts.contains(VerdictClass.COMPROMISED) || verdicts.contains(VerdictClass.COMPROMISED_SUSPECTED)) {
            return Exit.COMPROMISED;
        }
        return verdicts.contains(VerdictClass.INSUFFICIENT_EVIDENCE) || verdicts.isEmpty()
                ? Exit.INCOMPLETE
                : Exit.NOTHING_FOUND;
    }
}
