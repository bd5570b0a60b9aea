package dev.tidemark.read.ntfs;

import dev.tidemark.bytes.ByteCursor;
import dev.tidemark.bytes.LineFilter;
import dev.tidemark.bytes.WindowsTime;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.Head;
import dev.tidemark.read.HourCount;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.RecordSink;
import dev.tidemark.read.WebPlaces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the change journal {@code $Extend\$UsnJrnl:$J}: what was created, renamed and deleted on a drive in the last days
 * or weeks. In front of its oldest record lie zeros, often gigabytes of them.
 *
 * <p>A record names its folder by number only, which the file table tells; that is another file, so what may tell of an
 * intruder is handed on as a fact, too ({@link RecordSink#FILE_CHANGE}), for the step that knows both.
 *
 * <p>Source: Windows SDK, winioctl.h: USN_RECORD_V2, USN_RECORD_V3; a record never crosses a border of 4096 bytes.
 */
public final class UsnReader implements LogReader {
    private static final int PAGE = 4096;
    private static final int BLOCK = 256 * PAGE;
    private static final int SHORTEST = 60;
    private static final int V2_NAME = 60;
    private static final int V3_NAME = 76;
    private static final int DIRECTORY = 0x10;
    /** Facts of one journal: more are found after an update of Windows only. */
    private static final int MOST_FACTS = 100_000;
    private static final int MOST_OLD_NAMES = 1024;
    private static final byte[] ZEROS = new byte[PAGE];
    private static final byte[] TRUTH = " true false".getBytes(StandardCharsets.US_ASCII);

    /** What else than pages may tell: programs, scripts, archives and dumps. */
    private static final Set<String> TELLING = Set.of("exe", "dll", "ps1", "bat", "vbs", "dmp", "mdmp", "zip", "7z", "rar",
            "cab", "gz", "tgz");

    @Override
    public String source() {
        return UsnRecord.SOURCE;
    }

    @Override
    public boolean recognises(Head head, String path) {
        byte[] b = head.bytes();
        if (b.length >= PAGE && Arrays.equals(b, 0, PAGE, ZEROS, 0, PAGE)) {
            return path.matches("(.*/)?(\\$usnjrnl.*|(\\$usnjrnl(:|%3a|_))?\\$j)");
        }
        // two in a row: one alone could be chance
        int first = length(b, 0, b.length);
        return first > 0 && (first == b.length || length(b, first, b.length) > 0 || first + SHORTEST > b.length
                || isZero(b, first));
    }

    private static boolean isZero(byte[] b, int at) {
        return ByteCursor.u64(b, at) == 0;
    }

    /** Length of the record that stands there; 0 if none does. */
    static int length(byte[] b, int at, int to) {
        if (to - at < SHORTEST) {
            return 0;
        }
        long length = ByteCursor.u32(b, at);
        int version = ByteCursor.u16(b, at + 4);
        int nameAt = version == 2 ? V2_NAME : V3_NAME;
        if (length > to - at || length % 8 != 0 || version != 2 && version != 3 || ByteCursor.u16(b, at + 6) != 0
                || length < nameAt) {
            return 0;
        }
        int nameLength = ByteCursor.u16(b, at + nameAt - 4);
        boolean fits = ByteCursor.u16(b, at + nameAt - 2) == nameAt && nameLength > 0 && nameLength <= 510
                && nameLength % 2 == 0 && nameAt + nameLength <= length;
        return fits && WindowsTime.known(ByteCursor.u64(b, at + nameAt - 28)) ? (int) length : 0;
    }

    @Override
    public ReadSummary read(InputStream in, String path, LineFilter filter, RecordSink sink) throws IOException {
        Run run = new Run(path, filter, sink);
        byte[] block = new byte[BLOCK];
        try {
            int have;
            do {
                have = in.readNBytes(block, 0, BLOCK);
                for (int at = 0; at < have; at += PAGE) {
                    run.page(block, at, Math.min(at + PAGE, have));
                }
            } while (have == BLOCK);
        } finally {
            run.finish();
        }
        return run.hours.summary();
    }

    /** One pass over one journal. */
    private static final class Run {
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
        private long damaged;
        private int facts;
        private long moreFacts;

        Run(String path, LineFilter filter, RecordSink sink) {
            this.path = path;
            this.filter = filter;
            this.sink = sink;
        }

        void page(byte[] b, int from, int to) {
            int at = from;
            while (at + 8 <= to) {
                int zeros = Arrays.mismatch(b, at, to, ZEROS, 0, to - at);
                if (zeros < 0) {
                    return;
                }
                at += zeros / 8 * 8;
                int length = length(b, at, to);
                if (length == 0) {
                    damaged += Math.min(8, to - at);
                    at += 8;
                } else {
                    take(change(b, at));
                    at += length;
                }
            }
        }

        private static FileChange change(byte[] b, int at) {
            boolean wide = ByteCursor.u16(b, at + 4) == 3;
            int tail = at + (wide ? 40 : 24);
            int nameAt = at + (wide ? V3_NAME : V2_NAME);
            byte[] name = NtfsNames.utf8(b, nameAt, ByteCursor.u16(b, nameAt - 4) / 2);
            boolean directory = (ByteCursor.u32(b, tail + 28) & DIRECTORY) != 0;
            return new FileChange(ByteCursor.u64(b, at + 8), ByteCursor.u64(b, at + (wide ? 24 : 16)),
                    ByteCursor.u64(b, tail), ByteCursor.u64(b, tail + 8), (int) ByteCursor.u32(b, tail + 16), directory,
                    new String(name, StandardCharsets.UTF_8));
        }

        private void take(FileChange change) {
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
            if (facts++ < MOST_FACTS) {
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

        void finish() {
            if (damaged > 0) {
                sink.skipped(new Skipped(path, damaged, damaged + " bytes between its records are none"));
            }
            if (moreFacts > 0) {
                sink.skipped(new Skipped(path, moreFacts + " more changes of programs, pages, archives and folders than the "
                        + MOST_FACTS + " whose folders were looked up"));
            }
        }
    }
}
