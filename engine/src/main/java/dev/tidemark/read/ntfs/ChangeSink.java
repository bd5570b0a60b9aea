package dev.tidemark.read.ntfs;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.bytes.WindowsTime;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.HourCount;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.RecordSink;
import dev.tidemark.read.WebPlaces;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Hands the changes of one journal or log on: each as a record, and what may tell of an intruder as a fact, too. */
final class ChangeSink {
    /** Facts of one journal: more are found after an update of Windows only. */
    private static final int MOST_FACTS = 100_000;
    private static final int MOST_OLD_NAMES = 1024;
    private static final byte[] TRUTH = " true false".getBytes(StandardCharsets.US_ASCII);

    /** What else than pages may tell: programs, scripts, archives and dumps. */
    private static final Set<String> TELLING = Set.of("exe", "dll", "ps1", "bat", "vbs", "dmp", "mdmp", "zip", "7z", "rar",
            "cab", "gz", "tgz");

    private final String path;
    private final LineFilter filter;
    private final RecordSink sink;
    private final HourCount hours = new HourCount();
    /** Names that were given up last, by their files: a text can become a page. */
    private final Map<Long, FileChange> oldNames = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, FileChange> eldest) {
            return size() > MOST_OLD_NAMES;
        }
    };
    private int facts;
    private long moreFacts;
    private long timeless;

    ChangeSink(String path, LineFilter filter, RecordSink sink) {
        this.path = path;
        this.filter = filter;
        this.sink = sink;
    }

    void take(FileChange change) {
        hours.add(change.millis());
        UsnRecord record = new UsnRecord(change, Optional.empty());
        if (wakes(change)) {
            sink.record(record);
        }
        if (change.comesOrGoes() && telling(change)) {
            Optional.ofNullable(oldNames.remove(change.file())).ifPresent(this::tell);
            tell(change);
        } else if (change.action().equals("renamed-from")) {
            oldNames.put(change.file(), change);
        }
    }

    private void tell(FileChange change) {
        if (!WindowsTime.known(change.ticks())) {
            timeless++;
        } else if (facts++ < MOST_FACTS) {
            sink.observed(RecordSink.FILE_CHANGE, change.packed(), WindowsTime.instant(change.ticks()).orElseThrow(),
                    Place.ofRecord(path, change.usn()));
        } else {
            moreFacts++;
        }
    }

    private static boolean telling(FileChange change) {
        return change.directory() || WebPlaces.page(change.name())
                || TELLING.contains(new NtfsPath(change.name()).extension());
    }

    private boolean wakes(FileChange c) {
        String line = String.join(" ", c.name(), c.action(), c.reasonWords(), FileChange.reference(c.file()),
                FileChange.reference(c.parent()), Long.toString(c.usn()), WindowsTime.text(c.ticks()));
        byte[] text = line.getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(text, text.length + TRUTH.length);
        System.arraycopy(TRUTH, 0, all, text.length, TRUTH.length);
        return filter.wakes(all, 0, all.length);
    }

    ReadSummary summary() {
        return hours.summary();
    }

    void finish() {
        if (timeless > 0) {
            sink.skipped(new Skipped(path, timeless + " changes have no time, so no folder was looked up for them"));
        }
        if (moreFacts > 0) {
            sink.skipped(new Skipped(path, moreFacts + " more changes of programs, pages, archives and folders than the "
                    + MOST_FACTS + " whose folders were looked up"));
        }
    }
}
