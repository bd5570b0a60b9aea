package dev.tidemark.read.ntfs;

import dev.tidemark.bytes.ByteCursor;
import dev.tidemark.bytes.LineFilter;
import dev.tidemark.bytes.WindowsTime;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.Head;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.RecordSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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
    private static final byte[] ZEROS = new byte[PAGE];

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
        return run.changes.summary();
    }

    /** One pass over one journal. */
    private static final class Run {
        private final String path;
        private final RecordSink sink;
        private final ChangeSink changes;
        private long damaged;

        Run(String path, LineFilter filter, RecordSink sink) {
            this.path = path;
            this.sink = sink;
            this.changes = new ChangeSink(path, filter, sink);
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
                    changes.take(change(b, at));
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
            return new FileChange(UsnRecord.SOURCE, ByteCursor.u64(b, at + 8), ByteCursor.u64(b, at + (wide ? 24 : 16)),
                    ByteCursor.u64(b, tail), ByteCursor.u64(b, tail + 8), (int) ByteCursor.u32(b, tail + 16), directory,
                    new String(name, StandardCharsets.UTF_8));
        }

        void finish() {
            if (damaged > 0) {
                sink.skipped(new Skipped(path, damaged, damaged + " bytes between its records are none"));
            }
            changes.finish();
        }
    }
}
