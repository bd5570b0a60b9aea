package dev.tidemark.cli;

import dev.tidemark.report.CaseDiff;
import dev.tidemark.store.CaseReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code diff}: what is new since the last scan. */
@Command(name = "diff", description = "Says what is new in a case since an earlier one over the same servers: verdicts and"
        + " findings, gained (+) and lost (-).", footer = {"", "Example:", "  tidemark diff case-monday case-friday", "",
            "Exit status: 0 nothing new; 1 a new host, another verdict, or a new finding that accuses."})
final class DiffCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Parameters(index = "0", paramLabel = "CASE_A", description = "The earlier case.")
    private Path before;

    @Parameters(index = "1", paramLabel = "CASE_B", description = "The later case.")
    private Path after;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            boolean news = CaseDiff.write(CaseReader.read(before), CaseReader.read(after), out);
            out.flush();
            return news ? Exit.COMPROMISED : Exit.NOTHING_FOUND;
        } catch (IOException e) {
            throw new Usage("cannot compare: " + e.getMessage());
        }
    }
}
