package dev.tidemark.cli;

import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.content.ContentRules;
import dev.tidemark.model.CaseResult;
import dev.tidemark.scan.Progress;
import dev.tidemark.scan.Scan;
import dev.tidemark.scan.ScanOptions;
import dev.tidemark.store.ScanJournal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** Runs a scan and writes its case: what {@code scan} and {@code demo} share. */
final class CaseRun {
    private final CommandSpec spec;
    private final Common common;

    CaseRun(CommandSpec spec, Common common) {
        this.spec = spec;
        this.common = common;
    }

    /**
     * @param resume whether to take what an unfinished run of the same kind left in {@code out}
     * @throws Usage if the case cannot be written
     */
    CaseResult run(RuleSet rules, ContentRules yara, ScanOptions options, Path out, boolean resume) throws InterruptedException {
        String same = Version.text() + "|" + rules.hash() + "|" + yara.hash() + "|" + options.since() + "|" + options.until() + "|"
                + options.minimumSeverity() + "|"
                + options.roots().stream().map(r -> r.name().toAbsolutePath().normalize().toString()).toList();
        try (ScanJournal journal = ScanJournal.open(out, resume, same)) {
            if (resume) {
                common.say(spec, journal.taken() == 0
                        ? "There is no unfinished run of this kind to go on with; all is read."
                        : journal.taken() + " files were read by the run before; going on.");
            }
            CaseResult result = scan(rules, yara, options, journal);
            CaseOutput.write(result, out);
            journal.remove();
            result.run().skipped().forEach(s -> common.detail(spec, "not read: " + s.path() + ": " + s.why()));
            return result;
        } catch (IOException | UncheckedIOException e) {
            throw new Usage("cannot write the case to " + out + ": " + e.getMessage());
        }
    }

    private CaseResult scan(RuleSet rules, ContentRules yara, ScanOptions options, ScanJournal journal)
            throws InterruptedException {
        if (common.quiet || !Bar.terminal()) {
            return new Scan(rules, yara, options, Progress.NONE, journal).run();
        }
        try (Bar bar = new Bar()) {
            return new Scan(rules, yara, options, bar, journal).run();
        }
    }
}
