package dev.tidemark.read.ntfs;

import dev.tidemark.bytes.WindowsTime;
import dev.tidemark.read.ProductPages;
import dev.tidemark.read.WebPlaces;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gives the changes of one host's journals the folders that its file tables know, once all of them were read: what the
 * facts {@link dev.tidemark.read.RecordSink#FOLDER} and {@link dev.tidemark.read.RecordSink#FILE_CHANGE} hold.
 */
public final class ChangedFiles {
    private static final int DEEPEST = 64;
    private static final int LONGEST = 4096;

    /** A change with its path. @param journal path of the journal */
    public record Resolved(String journal, UsnRecord record) {}

    /** Folders of a drive by their reference. */
    private static final class Drive {
        private final Map<Long, String> folders = new HashMap<>();
    }

    private final ProductPages products = ProductPages.bundled();
    private final Map<String, Drive> drives = new TreeMap<>();
    private final Map<String, List<FileChange>> journals = new TreeMap<>();

    /** @param table path of the file table, {@code value} what its fact says */
    public void folder(String table, String value) {
        int minus = value.indexOf('-');
        int blank = value.indexOf(' ', minus);
        if (minus > 0 && blank > 0) {
            try {
                long reference = Long.parseLong(value.substring(0, minus))
                        | Long.parseLong(value.substring(minus + 1, blank)) << 48;
                drives.computeIfAbsent(driveOf(table), d -> new Drive()).folders.put(reference, value.substring(blank + 1));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("no folder: " + value, e);
            }
        }
    }

    public void change(String journal, String value) {
        FileChange.unpacked(value).ifPresent(c -> journals.computeIfAbsent(journal, j -> new ArrayList<>()).add(c));
    }

    /** True if a journal has something to look up. */
    public boolean any() {
        return !journals.isEmpty();
    }

    /** What a file of NTFS lies beside, so that table and journal of one drive are told from those of another. */
    private static String driveOf(String path) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return folder.endsWith("$extend/") ? folder.substring(0, folder.length() - "$extend/".length()) : folder;
    }

    /** The changes of files whose folders are known, in the order of the journals. */
    public List<Resolved> resolve() {
        List<Resolved> resolved = new ArrayList<>();
        journals.forEach((journal, changes) -> {
            Drive drive = drives.getOrDefault(driveOf(journal), new Drive());
            if (drive.folders.isEmpty() && drives.size() == 1 && journals.size() == 1) {
                drive = drives.values().iterator().next();
            }
            new OneJournal(journal, drive.folders, changes).resolve(resolved);
        });
        return resolved;
    }

    /** Number of pages that came or went in folders that nobody knows. */
    public long pagesWithoutFolder(List<Resolved> resolved) {
        long pages = journals.values().stream().flatMap(List::stream).filter(ChangedFiles::page).count();
        return pages - resolved.stream().filter(r -> page(r.record().change())).count();
    }

    private static boolean page(FileChange change) {
        return !change.directory() && WebPlaces.page(change.name());
    }

    private final class OneJournal {
        private final String journal;
        private final String drive;
        private final Map<Long, String> folders;
        private final List<FileChange> changes;
        /** Folders that came, got another name or went while the journal was written, as it saw them last. */
        private final Map<Long, FileChange> moved = new HashMap<>();
        private final Map<Long, Long> created = new HashMap<>();
        private final Map<Long, String> oldNames = new HashMap<>();
        /** Pages that came, and pages that went, each for itself: an update takes many away and lays many. */
        private final Map<String, WebPages> pages = new TreeMap<>();

        OneJournal(String journal, Map<Long, String> folders, List<FileChange> changes) {
            this.journal = journal;
            this.drive = NtfsPath.drive(journal);
            this.folders = folders;
            this.changes = changes;
        }

        void resolve(List<Resolved> to) {
            changes.stream().filter(FileChange::directory).forEach(c -> moved.put(c.file(), c));
            for (FileChange c : changes) {
                if (page(c)) {
                    path(c).filter(NtfsPath::served).ifPresent(p -> pages(c).add(p, c.ticks()));
                }
            }
            for (FileChange c : changes) {
                remember(c);
                if (!c.directory()) {
                    path(c).ifPresent(p -> to.add(new Resolved(journal, record(c, p))));
                }
            }
        }

        private WebPages pages(FileChange c) {
            String way = c.action().equals("deleted") || c.action().equals("renamed-from") ? "went" : "came";
            return pages.computeIfAbsent(way, w -> new WebPages(products));
        }

        private void remember(FileChange c) {
            if (c.action().equals("created")) {
                created.put(c.file(), c.ticks());
            } else if (c.action().equals("renamed-from")) {
                oldNames.put(c.file(), c.name());
            }
        }

        private UsnRecord record(FileChange c, NtfsPath path) {
            Optional<WebPages.Page> page = page(c) && path.served() && WindowsTime.known(c.ticks())
                    ? Optional.of(pages(c).page(path, c.ticks())) : Optional.empty();
            String oldName = c.action().equals("renamed-to") ? oldNames.getOrDefault(c.file(), "") : "";
            return new UsnRecord(c, Optional.of(new UsnRecord.Known(path, page, created.getOrDefault(c.file(), 0L),
                    oldName)));
        }

        /** Empty if the folder, or one above it, is not known. */
        private Optional<NtfsPath> path(FileChange c) {
            return folder(c.parent()).map(f -> new NtfsPath(f + "\\" + c.name()));
        }

        private Optional<String> folder(long reference) {
            StringBuilder below = new StringBuilder();
            long at = reference;
            for (int depth = 0; depth < DEEPEST && below.length() < LONGEST; depth++) {
                if (MftEntry.numberOf(at) == FolderTable.ROOT) {
                    return Optional.of(drive + below);
                }
                String known = folders.get(at);
                if (known != null) {
                    return Optional.of(known + below);
                }
                FileChange folder = moved.get(at);
                if (folder == null) {
                    return Optional.empty();
                }
                below.insert(0, "\\" + folder.name());
                at = folder.parent();
            }
            return Optional.empty();
        }
    }
}
