package dev.tidemark.cli;

import dev.tidemark.model.CaseResult;
import dev.tidemark.store.CaseMerge;
import dev.tidemark.store.CaseReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code merge}: one case of several. */
@Command(name = "merge", description = "Puts the servers of several cases into one case with its report and tables. A server"
        + " that several of them read from the same evidence is taken from the run that ended last; servers that share a name"
        + " only are kept apart by the names of their cases. Verdicts stay as they are.", footer = {"", "Example:",
            "  tidemark merge case-berlin case-bonn --out all", "",
            "Exit status: as of a scan over all of them."})
final class MergeCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Parameters(paramLabel = "CASE", arity = "1..*", description = "Cases that scan wrote.")
    private List<Path> cases;

    @Option(names = "--out", paramLabel = "CASE", required = true, description = "Folder of the new case.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        for (Path each : cases) {
            if (same(each, out)) {
                throw new Usage("the new case would overwrite " + each + ": give another folder with --out");
            }
        }
        List<CaseMerge.Named> named = new ArrayList<>();
        boolean unique = cases.stream().map(MergeCommand::folder).distinct().count() == cases.size();
        for (Path each : cases) {
            try {
                named.add(new CaseMerge.Named(unique ? folder(each) : each.toString(), CaseReader.read(each)));
            } catch (IOException e) {
                throw new Usage("cannot merge: " + e.getMessage());
            }
        }
        CaseResult merged = CaseMerge.of(named);
        CaseOutput.write(merged, out);
        return ScanCommand.told(spec.commandLine().getOut(), common, merged, out);
    }

    private static String folder(Path dir) {
        Path name = dir.toAbsolutePath().normalize().getFileName();
        return name == null ? dir.toString() : name.toString();
    }

    private static boolean same(Path one, Path other) {
        try {
            return Files.exists(other) && Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }
}
