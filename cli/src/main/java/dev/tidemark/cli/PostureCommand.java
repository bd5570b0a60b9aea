package dev.tidemark.cli;

import dev.tidemark.detect.FieldMap;
import dev.tidemark.detect.RuleException;
import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.content.ContentRules;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Posture.PatchState;
import dev.tidemark.model.Severity;
import dev.tidemark.scan.EvidenceRoot;
import dev.tidemark.scan.Journal;
import dev.tidemark.scan.Progress;
import dev.tidemark.scan.Scan;
import dev.tidemark.scan.ScanOptions;
import dev.tidemark.store.PostureJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code posture}: whether the door stood open, without a word on who came in. */
@Command(name = "posture", description = "Says from the evidence which build a server ran and when, when it was patched,"
        + " which mitigations are in force, and when it stood open while attacks went round.", footer = {"", "Examples:",
            "  tidemark posture /mnt/image", "  tidemark posture collections/* --format json", "",
            "Exit status: 0 the patch level of every host is known; 2 wrong use; 3 that of some host is not."})
final class PostureCommand implements Callable<Integer> {
    /** How results are written. */
    enum Format { text, json }

    @Mixin
    private Common common;

    @Parameters(paramLabel = "EVIDENCE", arity = "0..*", description = "A folder, a mounted image, an archive of a collector,"
            + " or a single file. Without it, on a Windows Exchange server: this server.")
    private List<Path> evidence = List.of();

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; text if not given. json is one"
            + " object a host, one a line.")
    private Format format = Format.text;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException, RuleException {
        List<HostResult> hosts = look(EvidenceArguments.roots(evidence));
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.json) {
            PostureJson.write(hosts, out);
        } else if (hosts.isEmpty()) {
            out.println("No Exchange server was found in the evidence.");
        } else {
            new PostureTable(out).print(hosts);
        }
        out.flush();
        boolean known = !hosts.isEmpty() && hosts.stream().allMatch(h -> h.posture().patchState() != PatchState.UNKNOWN);
        return known ? Exit.NOTHING_FOUND : Exit.INCOMPLETE;
    }

    /** A scan without rules: what logs and files say of the server is seen all the same. */
    private List<HostResult> look(List<EvidenceRoot> roots) throws InterruptedException, RuleException {
        ScanOptions options = new ScanOptions(roots, Optional.empty(), Optional.empty(),
                Runtime.getRuntime().availableProcessors(), Severity.INFORMATIONAL, List.of(), Version.text());
        RuleSet none = RuleSet.load(List.of(), FieldMap.bundled());
        if (common.quiet || !Bar.terminal()) {
            return new Scan(none, ContentRules.NONE, options, Progress.NONE, Journal.NONE).run().hosts();
        }
        try (Bar bar = new Bar()) {
            return new Scan(none, ContentRules.NONE, options, bar, Journal.NONE).run().hosts();
        }
    }
}
