package dev.tidemark.cli;

import dev.tidemark.detect.FieldMap;
import dev.tidemark.detect.RuleException;
import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.RuleSource;
import dev.tidemark.detect.content.ContentRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Which rules a command works with. */
final class RulePacks {
    @Option(names = "--rules", paramLabel = "DIR", description = "Sigma rules to use as well: a folder or a file."
            + " Can be given more than once.")
    List<Path> folders = List.of();

    @Option(names = "--yara", paramLabel = "DIR", description = "YARA rules to run on files as well: a folder or a file."
            + " Can be given more than once.")
    List<Path> yaraFolders = List.of();

    @Option(names = "--no-bundled-rules", description = "Leave out the rules that come with Tidemark.")
    boolean withoutBundled;

    List<RuleSource> sources() {
        return gather(RuleSource.bundledRules(), folders, RuleSource::rulesBelow);
    }

    List<RuleSource> tests() {
        return gather(RuleSource.bundledTests(), folders, RuleSource::testsBelow);
    }

    List<RuleSource> yaraSources() {
        return gather(RuleSource.bundledYara(), yaraFolders, RuleSource::yaraBelow);
    }

    ContentRules yara() {
        return ContentRules.load(yaraSources());
    }

    private List<RuleSource> gather(List<RuleSource> bundled, List<Path> from, Lister lister) {
        List<RuleSource> all = new ArrayList<>(withoutBundled ? List.of() : bundled);
        for (Path folder : from) {
            if (!Files.exists(folder)) {
                throw new Usage("no such rules: " + folder);
            }
            try {
                all.addAll(lister.below(folder));
            } catch (IOException e) {
                throw new Usage("cannot read the rules in " + folder + ": " + e.getMessage());
            }
        }
        return all;
    }

    RuleSet load() {
        List<RuleSource> sources = sources();
        if (sources.isEmpty() && yaraFolders.isEmpty()) {
            throw new Usage("there are no rules: give --rules DIR or --yara DIR, or leave --no-bundled-rules out");
        }
        try {
            return RuleSet.load(sources, FieldMap.bundled());
        } catch (RuleException e) {
            throw new Usage(e.faults().size() + " faults in the rules:\n" + e.getMessage());
        }
    }

    @FunctionalInterface
    private interface Lister {
        List<RuleSource> below(Path folder) throws IOException;
    }
}
