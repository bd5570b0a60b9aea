package dev.tidemark.scan;

import dev.tidemark.detect.RuleSet;
import dev.tidemark.model.Finding;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.RecordSink;
import dev.tidemark.read.ntfs.ChangedFiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs the rules on the changes of a host's journals once more when all files were read, now with the folders that its
 * file tables know. What the rules said of a change without its folder is taken back.
 */
final class JournalFolders {
    private final RuleSet rules;
    private final ScanOptions options;

    JournalFolders(RuleSet rules, ScanOptions options) {
        this.rules = rules;
        this.options = options;
    }

    HostScan.Host resolve(HostScan.Host host) {
        ChangedFiles changes = new ChangedFiles();
        host.files().forEach(file -> file.observed().forEach(o -> {
            if (o.fact().equals(RecordSink.FOLDER)) {
                changes.folder(file.path(), o.value());
            } else if (o.fact().equals(RecordSink.FILE_CHANGE)) {
                changes.change(file.path(), o.value());
            }
        }));
        if (!changes.any()) {
            return host;
        }
        List<ChangedFiles.Resolved> resolved = changes.resolve();
        Map<String, List<ChangedFiles.Resolved>> byJournal = new HashMap<>();
        resolved.forEach(r -> byJournal.computeIfAbsent(r.journal(), j -> new ArrayList<>()).add(r));
        List<FileResult> files = host.files().stream().map(file -> byJournal.containsKey(file.path())
                ? judged(file, byJournal.get(file.path())) : file).toList();
        return host.with(files, Stream.concat(host.skipped().stream(), lost(changes.pagesWithoutFolder(resolved)).stream()).toList());
    }

    private FileResult judged(FileResult journal, List<ChangedFiles.Resolved> changes) {
        Map<Long, ChangedFiles.Resolved> byNumber = new HashMap<>();
        changes.forEach(c -> byNumber.put(c.record().recordId().orElseThrow(), c));
        List<Finding> findings = new ArrayList<>(journal.findings().stream()
                .filter(f -> f.place().recordId().isEmpty() || !byNumber.containsKey(f.place().recordId().getAsLong())).toList());
        for (ChangedFiles.Resolved change : changes) {
            if (change.record().time().filter(options::within).isPresent()) {
                findings.addAll(Told.standing(rules, journal.path(), change.record()));
            }
        }
        return journal.withFindings(findings);
    }

    private static List<Skipped> lost(long pages) {
        return pages <= 0 ? List.of() : List.of(new Skipped("$UsnJrnl", Skipped.NONE, pages
                + " changes of pages in the change journal are not told: which folder they lie in, no file table ($MFT) of the"
                + " same drive says"));
    }
}
