package dev.tidemark.read.ntfs;

import dev.tidemark.bytes.ByteCursor;
import dev.tidemark.bytes.LineFilter;
import dev.tidemark.bytes.WindowsTime;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.RecordSink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes changes of files out of names that came into folders and went from them. What goes and comes in one transaction was
 * renamed, or only moved to another place of its index if nothing of it is new; what goes and does not come again was
 * deleted.
 *
 * <p>An operation has no time. A name that comes carries the times of its file, and the latest of these that was seen stands
 * for those of the names that go: {@code Reasons} of such a change says {@code ABOUT}.
 */
final class LoggedChanges {
    private static final int ENTRY_HEAD = 0x10;
    private static final int DOS = 2;
    private static final int DIRECTORY = 0x1000_0000;

    private final List<LogFileReader.Operation> operations;
    private final ChangeSink changes;
    /** Names that went, by transaction and file, until it is known what became of them. */
    private final Map<String, Name> gone = new LinkedHashMap<>();
    private long clock;

    /** What an index entry says of a file. */
    private record Name(long lsn, long transaction, long file, long parent, long created, long ticks, boolean directory,
            boolean dos, String text) {
        static Name of(LogFileReader.Operation operation) {
            byte[] b = operation.entry();
            int key = ENTRY_HEAD;
            long created = ByteCursor.u64(b, key + 8);
            long changed = ByteCursor.u64(b, key + 24);
            int chars = b[key + 64] & 0xFF;
            return new Name(operation.lsn(), operation.transaction(), ByteCursor.u64(b, 0), ByteCursor.u64(b, key), created,
                    WindowsTime.known(changed) ? Math.max(changed, WindowsTime.known(created) ? created : 0) : 0,
                    (ByteCursor.u32(b, key + 56) & DIRECTORY) != 0, b[key + 65] == DOS,
                    new String(NtfsNames.utf8(b, key + 66, chars), StandardCharsets.UTF_8));
        }

        String owner() {
            return transaction + "|" + file;
        }

        boolean sameAs(Name other) {
            return parent == other.parent && text.equals(other.text);
        }
    }

    LoggedChanges(List<LogFileReader.Operation> operations, String path, LineFilter filter, RecordSink sink) {
        this.operations = operations;
        this.changes = new ChangeSink(path, filter, sink);
    }

    ReadSummary tell() {
        // the log is written round and round: its oldest part may stand behind its newest
        operations.sort(Comparator.comparingLong(LogFileReader.Operation::lsn));
        long last = -1;
        for (LogFileReader.Operation each : operations) {
            if (each.lsn() == last) {
                continue;
            }
            last = each.lsn();
            if (each.entry().length == 0) {
                forget(each.transaction());
                continue;
            }
            Name name = Name.of(each);
            if (name.dos()) {
                continue;
            }
            if (each.came()) {
                came(name);
            } else {
                Name before = gone.put(name.owner(), name);
                if (before != null) {
                    deleted(before);
                }
            }
        }
        List.copyOf(gone.values()).forEach(this::deleted);
        changes.finish();
        return changes.summary();
    }

    private void came(Name name) {
        clock = Math.max(clock, name.ticks());
        Name before = gone.remove(name.owner());
        if (before == null) {
            changes.take(change(name, name.ticks(), FileChange.CREATE));
        } else if (!before.sameAs(name)) {
            changes.take(change(before, name.ticks(), FileChange.OLD_NAME));
            changes.take(change(name, name.ticks(), FileChange.NEW_NAME));
        }
    }

    private void forget(long transaction) {
        List<Name> ended = new ArrayList<>();
        gone.values().removeIf(name -> name.transaction() == transaction && ended.add(name));
        ended.forEach(this::deleted);
    }

    private void deleted(Name name) {
        changes.take(change(name, Math.max(clock, name.ticks()), FileChange.DELETE | FileChange.ABOUT));
    }

    private static FileChange change(Name name, long ticks, int reasons) {
        int closed = reasons == FileChange.OLD_NAME ? reasons : reasons | FileChange.CLOSE;
        return new FileChange(LogFileReader.SOURCE, name.file(), name.parent(), name.lsn(), ticks, closed, name.directory(),
                name.text());
    }
}
