package dev.tidemark.cli;

import dev.tidemark.detect.FieldMap;
import dev.tidemark.detect.Placeholders;
import dev.tidemark.detect.RuleException;
import dev.tidemark.detect.RuleOptions;
import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.RuleSource;
import dev.tidemark.detect.content.ContentRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
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

    @Option(names = "--mapping", paramLabel = "FILE", description = "Says which records the logsources of Sigma rules mean,"
            + " and what their fields are called there. Can be given more than once.")
    List<Path> mappings = List.of();

    @Option(names = "--placeholders", paramLabel = "FILE", description = "Values for %%name%% in Sigma rules, as YAML:"
            + " name: [value, ...]. Can be given more than once.")
    List<Path> placeholders = List.of();

    @Option(names = "--skip-broken-rules", description = "Run the other rules when some are broken; run.json lists those.")
    boolean skipBroken;

    List<RuleSource> sources() {
        return sources(RuleSource::bundledRules);
    }

    private List<RuleSource> sources(Supplier<List<RuleSource>> bundled) {
        return gather(bundled, folders, folder -> some(RuleSource.rulesBelow(folder), folder, "rules (*.yml, *.yaml)"));
    }

    List<RuleSource> tests() {
        return gather(RuleSource::bundledTests, folders, RuleSource::testsBelow);
    }

    List<RuleSource> yaraSources() {
        return gather(RuleSource::bundledYara, yaraFolders,
                folder -> some(RuleSource.yaraBelow(folder), folder, "YARA rules (*.yar, *.yara)"));
    }

    private static List<RuleSource> some(List<RuleSource> found, Path folder, String what) {
        if (found.isEmpty()) {
            throw new Usage("there are no " + what + " in " + folder);
        }
        return found;
    }

    ContentRules yara() {
        return ContentRules.load(yaraSources());
    }

    private List<RuleSource> gather(Supplier<List<RuleSource>> bundled, List<Path> from, Lister lister) {
        List<RuleSource> all = new ArrayList<>(withoutBundled ? List.of() : bundled.get());
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
        return load(skipBroken);
    }

    /** @param withoutBroken whether to load what is good when some of it is not, whatever the user said */
    RuleSet load(boolean withoutBroken) {
        return load(Bundled.begin(), withoutBroken);
    }

    RuleSet load(Bundled bundled) {
        return load(bundled, skipBroken);
    }

    private RuleSet load(Bundled bundled, boolean withoutBroken) {
        List<RuleSource> sources = sources(bundled.rules()::get);
        if (sources.isEmpty() && yaraFolders.isEmpty()) {
            throw new Usage("there are no rules: give --rules DIR or --yara DIR, or leave --no-bundled-rules out");
        }
        try {
            return RuleSet.load(sources, options(bundled.fields().get(), withoutBroken));
        } catch (RuleException e) {
            throw new Usage(e.faults().size() + " faults in the rules:\n" + e.getMessage()
                    + "\n(--skip-broken-rules runs the others)");
        }
    }

    RuleOptions options(boolean withoutBroken) {
        return options(FieldMap.bundled(), withoutBroken);
    }

    private RuleOptions options(FieldMap bundled, boolean withoutBroken) {
        try {
            return new RuleOptions(bundled.after(read(mappings)), Placeholders.load(read(placeholders)), withoutBroken);
        } catch (RuleException e) {
            throw new Usage(e.getMessage());
        }
    }

    /** What comes with Tidemark, read by other threads while this one still finds out what is wanted. */
    record Bundled(Later<List<RuleSource>> rules, Later<FieldMap> fields) {
        static Bundled begin() {
            return new Bundled(Later.of(RuleSource::bundledRules), Later.of(FieldMap::bundled));
        }
    }

    private static List<RuleSource> read(List<Path> files) {
        List<RuleSource> read = new ArrayList<>();
        for (Path file : files) {
            try {
                read.add(new RuleSource(file.toString(), Files.readAllBytes(file)));
            } catch (IOException e) {
                throw new Usage("cannot read " + file + ": " + e.getMessage());
            }
        }
        return read;
    }

    @FunctionalInterface
    private interface Lister {
        List<RuleSource> below(Path folder) throws IOException;
    }
}
