package dev.tidemark.cli;

import dev.tidemark.detect.FieldMap;
import dev.tidemark.detect.RuleException;
import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.RuleSource;
import dev.tidemark.detect.content.ContentRules;
import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Severity;
import dev.tidemark.scan.EvidenceRoot;
import dev.tidemark.scan.ScanOptions;
import dev.tidemark.testkit.MadeEvidence;
import dev.tidemark.testkit.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: a small made-up intrusion, scanned. */
@Command(name = "demo", description = "Makes a small server that never was, with everyday traffic and an intrusion whose"
        + " records are inert text; scans it as 'scan' does; shows the verdict and names the report.",
        footer = {"", "Example:", "  tidemark demo --out my-demo"})
final class DemoCommand implements Callable<Integer> {
    /** Tells a folder that a demo made, so that another demo may replace it. */
    private static final String MARK = ".tidemark-demo";

    @Mixin
    private Common common;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "tidemark-demo", description = "Where to put evidence and"
            + " case; ${DEFAULT-VALUE} if not given.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Path evidence = out.resolve("evidence").resolve(Scenario.PROXYLOGON.server());
        Path caseFolder = out.resolve("case");
        make(evidence);
        common.say(spec, "Made a server that never was in " + evidence + "; scanning it.");
        ScanOptions options = new ScanOptions(List.of(EvidenceRoot.of(evidence)), Optional.empty(), Optional.empty(),
                Runtime.getRuntime().availableProcessors(), Severity.INFORMATIONAL, List.of("demo"), Version.text());
        CaseResult result = new CaseRun(spec, common).run(rules(), ContentRules.load(RuleSource.bundledYara()), options, caseFolder, false);
        PrintWriter print = spec.commandLine().getOut();
        Summary summary = new Summary(print, common.colours());
        result.hosts().forEach(summary::verdict);
        summary.story(result);
        print.println();
        print.println("Report: " + Console.plain(caseFolder.resolve(CaseOutput.REPORT).toString()));
        print.println("Next:   tidemark scan EVIDENCE --out CASE     with logs of your own");
        print.println("        tidemark query " + Console.plain(caseFolder.toString())
                + " \"SELECT time, severity, summary FROM findings\"");
        print.flush();
        return Exit.NOTHING_FOUND;
    }

    private void make(Path evidence) {
        try {
            if (Files.exists(out) && !Files.exists(out.resolve(MARK)) && !isEmpty(out)) {
                throw new Usage(out + " is there and was not made by a demo; name another folder with --out");
            }
            Files.createDirectories(evidence);
            Files.writeString(out.resolve(MARK), "Made by 'tidemark demo'; it may be deleted.\n");
            Scenario.PROXYLOGON.make().writeTo(evidence, MadeEvidence.Layout.KAPE);
        } catch (IOException e) {
            throw new Usage("cannot write the demo to " + out + ": " + e.getMessage());
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            return !files.iterator().hasNext();
        }
    }

    private static RuleSet rules() {
        try {
            return RuleSet.load(RuleSource.bundledRules(), FieldMap.bundled());
        } catch (RuleException e) {
            throw new IllegalStateException("the bundled rules are broken: " + e.getMessage(), e);
        }
    }
}
