package dev.tidemark.cli;

import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.content.ContentRules;
import dev.tidemark.model.CaseResult;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Severity;
import dev.tidemark.model.VerdictClass;
import dev.tidemark.scan.EvidenceRoot;
import dev.tidemark.scan.ScanOptions;
import java.io.IOException;
import java.io.PrintWriter;
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
    /** Begun before the options are read, which takes as long. */
    private final RulePacks.Bundled bundled = RulePacks.Bundled.begin();

    @Mixin
    private Common common;

    @Mixin
    private RulePacks packs;

    @Parameters(paramLabel = "EVIDENCE", arity = "0..*", description = "A folder, a mounted image, a ZIP or tar.gz of a"
            + " collector, or a single log. Without it, on a Windows Exchange server: this server.")
    private List<Path> evidence = List.of();

    @Option(names = "--out", paramLabel = "CASE", required = true, description = "Folder for the results.")
    private Path out;

    @Option(names = "--since", paramLabel = "TIME", converter = UtcTime.class, description = "Leave out records before"
            + " it: 2021-03-01 or 2021-03-01T06:00:00Z, UTC. Files that lie on the disk count whenever they were written.")
    private Instant since;

    @Option(names = "--until", paramLabel = "TIME", converter = UtcTime.class, description = "Leave out records from it"
            + " on.")
    private Instant until;

    @Option(names = "--threads", paramLabel = "N", description = "Files read at once; as many as the machine has cores"
            + " if not given.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--minimum-severity", paramLabel = "LEVEL", description = "Leave out findings below it:"
            + " ${COMPLETION-CANDIDATES}.")
    private Severity minimum = Severity.INFORMATIONAL;

    @Option(names = "--resume", description = "Go on with a run that was stopped: files that it had read are not read"
            + " again.")
    private boolean resume;

    @Option(names = "--identity", paramLabel = "FILE", description = "Opens bundles that were encrypted by collect"
            + " --recipient: a file of age-keygen with the secret key. The plain bundle lies in CASE while the scan runs.")
    private Path identity;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try (OpenedBundles bundles = new OpenedBundles(out, identity)) {
            return scan(bundles.open(roots()));
        }
    }

    private int scan(List<EvidenceRoot> roots) throws InterruptedException {
        Later<ContentRules> content = Later.of(packs::yara);
        RuleSet rules = packs.load(bundled);
        ScanOptions options = new ScanOptions(roots, Optional.ofNullable(since), Optional.ofNullable(until), threads,
                minimum, spec.commandLine().getParent().getParseResult().originalArgs(), Version.text());
        ContentRules yara = content.get();
        if (!yara.notUnderstood().isEmpty()) {
            common.say(spec, yara.notUnderstood().size() + " YARA rules use what is not understood and do not run;"
                    + " rules lint says why.");
        }
        CaseResult result = new CaseRun(spec, common).run(rules, yara, options, out, resume);
        return told(spec.commandLine().getOut(), common, result, out);
    }

    /** Says what the case in {@code out} holds, and gives the exit status for it. */
    static int told(PrintWriter print, Common common, CaseResult result, Path out) {
        new Summary(print, common.colours(), result).hosts();
        print.println();
        print.println("Report: " + Console.plain(out.resolve(CaseOutput.REPORT).toString()));
        print.flush();
        return status(result.hosts());
    }

    private List<EvidenceRoot> roots() {
        if (threads < 1) {
            throw new Usage("--threads must be at least 1, not " + threads);
        }
        if (since != null && until != null && !since.isBefore(until)) {
            throw new Usage("--since " + since + " is not before --until " + until);
        }
        for (Path root : evidence) {
            if (Files.isDirectory(root) && real(out).startsWith(real(root))) {
                throw new Usage("the case would be written into the evidence: " + out + " lies in " + root
                        + "; name a folder elsewhere");
            }
        }
        return EvidenceArguments.roots(evidence);
    }

    /** The path without links and dots, also of what does not exist yet. */
    private static Path real(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        for (Path there = whole; there != null; there = there.getParent()) {
            try {
                return there.toRealPath().resolve(there.relativize(whole));
            } catch (IOException e) {
                // not there yet: its parent is asked
            }
        }
        return whole;
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
