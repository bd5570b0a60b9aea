package dev.tidemark.read.setup;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.bytes.LineScanner;
import dev.tidemark.bytes.Text;
import dev.tidemark.bytes.Times;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.Head;
import dev.tidemark.read.HourCount;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.RecordSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/**
 * Reads {@code ExchangeSetupLogs\ExchangeSetup.log}: {@code [03/05/2021 19:33:19.0123] [0] message}, UTC, month first.
 * Lines without a stamp go on with the message before and are no records of their own.
 */
public final class SetupLogReader implements LogReader {
    private static final String SOURCE = "setup-log";
    private static final Pattern STAMPED =
            Pattern.compile("(?s).{0,400}?\\[\\d\\d/\\d\\d/\\d{4} \\d\\d:\\d\\d:\\d\\d\\.\\d{1,7}] \\[\\d+] .*");

    @Override
    public String source() {
        return SOURCE;
    }

    @Override
    public boolean recognises(Head head, String path) {
        String text = head.text();
        boolean named = path.matches("(.*/)?exchangesetup[^/]*\\.log(!/.*)?");
        return text.startsWith("[") && STAMPED.matcher(text).matches()
                && (named || text.contains("] [0] starting microsoft exchange server"));
    }

    @Override
    public ReadSummary read(InputStream in, String path, LineFilter filter, RecordSink sink) {
        Run run = new Run(path, filter, sink);
        LineScanner scanner = new LineScanner();
        try {
            scanner.scan(Text.asUtf8(in), run::line);
        } catch (IOException e) {
            sink.skipped(new Skipped(path, "cannot read from byte " + scanner.bytesRead() + " on: " + e.getMessage()
                    + "; the rest of the file counts as missing"));
        }
        return run.hours.summary();
    }

    /** One pass over one file. */
    private static final class Run {
        /** {@code [MM/dd/yyyy hh:mm:ss}. */
        private static final int STAMP = 20;

        private final String path;
        private final LineFilter filter;
        private final RecordSink sink;
        private final HourCount hours = new HourCount();
        private final Installation installation;

        Run(String path, LineFilter filter, RecordSink sink) {
            this.path = path;
            this.filter = filter;
            this.sink = sink;
            this.installation = new Installation(path, sink);
        }

        void line(byte[] b, int start, int to, long number, boolean cut, boolean complete) {
            if (cut) {
                sink.skipped(new Skipped(path, "line " + number + " is longer than " + LineScanner.MAX_LINE
                        + " bytes; its rest was not read"));
            }
            int from = Text.afterMark(b, start, to);
            long millis = time(b, from, to);
            if (millis == Times.NONE) {
                return;
            }
            hours.add(millis);
            SetupRecord record = new SetupRecord(Text.decode(b, from, to), number, millis);
            installation.take(record);
            if (filter.wakes(b, from, to)) {
                sink.record(record);
            }
        }

        private static long time(byte[] b, int from, int to) {
            if (to - from < STAMP || b[from] != '[' || b[from + 3] != '/' || b[from + 6] != '/') {
                return Times.NONE;
            }
            byte[] date = {b[from + 7], b[from + 8], b[from + 9], b[from + 10], '-', b[from + 1], b[from + 2], '-',
                b[from + 4], b[from + 5]};
            long day = Times.date(date, 0, date.length);
            long time = Times.timeOfDay(b, from + 12, from + STAMP);
            return day == Times.NONE || time == Times.NONE ? Times.NONE : day + time;
        }
    }
}
