package dev.tidemark.read;

import dev.tidemark.bytes.Clock;
import dev.tidemark.bytes.LineFilter;
import dev.tidemark.bytes.LineScanner;
import dev.tidemark.bytes.Text;
import dev.tidemark.bytes.Times;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads Exchange's own logs: CSV with a header line of names, a block of {@code #} lines, or both, again wherever the
 * service was started anew. A record begins with its time stamp; a quoted value may hold line breaks. A quote that is
 * never closed must not swallow what follows: a line that begins like a record ends it.
 *
 * <p>What is damaged is told, and never more than it: a record without a time, a last line without all its columns, the
 * zeros that a loss of power leaves, a file without any header.
 */
public final class CsvLog {
    private static final int MAX_RECORD = 1 << 20;
    private static final List<String> TIME_COLUMNS = List.of("DateTime", "TimeStamp", "date-time");
    private static final List<String> VERSION =
            List.of("MajorVersion", "MinorVersion", "BuildVersion", "RevisionVersion");

    private final CsvFormat format;
    private final String path;
    private final LineFilter filter;
    private final RecordSink sink;
    private final HourCount hours = new HourCount();
    private final Clock clock = new Clock();
    private final CsvRecord record;
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private Layout layout;
    private String headerBuild = "";
    private boolean timed;
    private boolean timeFirst;
    private boolean lastLine;
    private long lines;
    private long openLine;
    private long lastObservedHour = Long.MIN_VALUE;
    private long strays;
    private long firstStray;
    private long nuls;

    private CsvLog(CsvFormat format, String path, LineFilter filter, RecordSink sink) {
        this.format = format;
        this.path = path;
        this.filter = filter;
        this.sink = sink;
        this.record = new CsvRecord(format);
    }

    /** Reads to the end of the stream; a stream that breaks off is Skipped from there. */
    public static ReadSummary read(CsvFormat format, InputStream in, String path, LineFilter filter, RecordSink sink) {
        return new CsvLog(format, path, filter, sink).run(in);
    }

    private ReadSummary run(InputStream in) {
        LineScanner scanner = new LineScanner();
        try {
            scanner.scan(Text.asUtf8(in), this::line);
        } catch (IOException e) {
            sink.skipped(new Skipped(path, "cannot read from byte " + scanner.bytesRead() + " on: " + e.getMessage()
                    + "; the rest of the file counts as missing"));
        }
        if (open.size() > 0) {
            endOpen(Skipped.NONE, "the file ends inside a quoted value");
        }
        if (strays > 0) {
            sink.skipped(new Skipped(path, strays + " lines from line " + firstStray + " on are no records: "
                    + (layout == null ? "no header names the columns" : "they begin with no time stamp")));
        } else if (layout == null) {
            sink.skipped(new Skipped(path, Skipped.NONE, lines == 0 ? "the file is empty: a log begins with a header"
                    : "the file ends before a header names the columns"));
        }
        if (nuls > 0) {
            sink.skipped(new Skipped(path, nuls, nuls + " NUL bytes stand where text should; the file was cut off while"
                    + " it was written"));
        }
        return hours.summary();
    }

    private void line(byte[] b, int start, int to, long number, boolean cut, boolean complete) {
        lines = number;
        lastLine = !complete && !cut;
        int from = start;
        while (from < to && b[from] == 0) {
            from++;
        }
        int end = to;
        while (end > from && b[end - 1] == 0) {
            end--;
        }
        nuls += from - start + to - end;
        from = Text.afterMark(b, from, end);
        if (cut) {
            sink.skipped(new Skipped(path, "line " + number + " is longer than " + LineScanner.MAX_LINE
                    + " bytes; its rest was not read"));
        }
        if (open.size() > 0) {
            continueOpen(b, from, end, number);
        } else if (from < end) {
            begin(b, from, end, number);
        }
    }

    private void begin(byte[] b, int from, int to, long number) {
        if (b[from] == '#') {
            directive(Text.decode(b, from, to), number);
            return;
        }
        if (layout == null || timeFirst && timeAt(b, from, to) == Times.NONE) {
            headerOrStray(b, from, to, number);
            return;
        }
        int quote = LineScanner.indexOf(b, from, to, (byte) '"');
        if (quote >= 0 && openQuote(b, quote, to)) {
            open.write(b, from, to - from);
            openLine = number;
            return;
        }
        hand(b, from, to, number);
    }

    private long timeAt(byte[] b, int from, int to) {
        return clock.dateTime(b, from < to && b[from] == '"' ? from + 1 : from, to);
    }

    private void headerOrStray(byte[] b, int from, int to, long number) {
        if (header(b, from, to) || lastLine && layout != null) {
            tellIfCut(number);
        } else if (strays++ == 0) {
            firstStray = number;
        }
    }

    private void tellIfCut(long number) {
        if (lastLine) {
            sink.skipped(new Skipped(path, Skipped.NONE, "the file ends in the middle of line " + number
                    + ": it was cut, or was being written"));
        }
    }

    private static boolean openQuote(byte[] b, int from, int to) {
        return LineScanner.count(b, from, to, (byte) '"') % 2 != 0;
    }

    private void continueOpen(byte[] b, int from, int to, long number) {
        boolean newRecord = timeFirst && timeAt(b, from, to) != Times.NONE && to - from > 24
                && LineScanner.indexOf(b, from, Math.min(to, from + 32), (byte) ',') > 0;
        if (newRecord || open.size() + to - from > MAX_RECORD) {
            endOpen(Skipped.UNKNOWN, "a quoted value is never closed");
            begin(b, from, to, number);
            return;
        }
        open.write('\n');
        open.write(b, from, to - from);
        if (LineScanner.indexOf(b, from, to, (byte) '"') >= 0 && openQuote(b, from, to)) {
            byte[] whole = open.toByteArray();
            open.reset();
            hand(whole, 0, whole.length, openLine);
        }
    }

    private void endOpen(long bytes, String why) {
        byte[] whole = open.toByteArray();
        open.reset();
        lastLine = false;
        sink.skipped(new Skipped(path, bytes, "the record at line " + openLine + " is cut: " + why));
        hand(whole, 0, whole.length, openLine);
    }

    private void hand(byte[] b, int from, int to, long number) {
        long time = timeFirst ? timeAt(b, from, to) : timeColumn(b, from, to, number);
        if (time == Times.NONE && timed) {
            headerOrStray(b, from, to, number);
            return;
        }
        if (lastLine && record.at(layout, b, from, to, number, time).columns() < layout.size()) {
            tellIfCut(number);
        }
        hours.add(time);
        long hour = Math.floorDiv(time, 3_600_000L);
        if (hour != lastObservedHour && time != Times.NONE) {
            lastObservedHour = hour;
            observe(record.at(layout, b, from, to, number, time), time, number);
        }
        if (filter.wakes(b, from, to)) {
            nuls += LineScanner.count(b, from, to, (byte) 0);
            sink.record(record.at(layout, b, from, to, number, time));
        }
    }

    private long timeColumn(byte[] b, int from, int to, long number) {
        record.at(layout, b, from, to, number, Times.NONE);
        for (String column : TIME_COLUMNS) {
            Optional<String> value = record.value(column);
            if (value.isPresent()) {
                byte[] text = value.get().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
                return Times.dateTime(text, 0, text.length);
            }
        }
        return Times.NONE;
    }

    private void observe(CsvRecord seen, long millis, long number) {
        Place place = Place.ofLine(path, number);
        Instant time = Instant.ofEpochMilli(millis);
        for (String column : List.of("ServerHostName", "ServerName")) {
            seen.value(column).filter(v -> !v.isEmpty()).ifPresent(v -> sink.observed(RecordSink.SERVER, v, time, place));
        }
        StringBuilder build = new StringBuilder();
        for (String column : VERSION) {
            build.append(build.isEmpty() ? "" : ".").append(seen.value(column).orElse("?"));
        }
        String text = build.indexOf("?") < 0 ? build.toString() : seen.value("BLD").orElse(headerBuild);
        if (!text.isEmpty()) {
            sink.observed(RecordSink.BUILD, text, time, place);
        }
    }

    private void directive(String text, long number) {
        if (format.versionIsBuild() && text.regionMatches(true, 0, "#version:", 0, 9)) {
            headerBuild = text.substring(9).strip();
        }
        if (text.regionMatches(true, 0, "#fields:", 0, 8)) {
            use(new Layout(Arrays.asList(text.substring(8).strip().split(","))));
        }
        tellIfCut(number);
        // a new block follows a start of the service: the build may be another now
        lastObservedHour = Long.MIN_VALUE;
    }

    /** Takes a line of bare column names as the header. */
    private boolean header(byte[] b, int from, int to) {
        if (to - from > 64 << 10) {
            return false;
        }
        String text = Text.decode(b, from, to);
        List<String> names = Arrays.asList(text.split(","));
        if (names.size() < 3 || names.stream().noneMatch(CsvLog::isTime) || text.indexOf('\r') >= 0) {
            return false;
        }
        use(new Layout(names));
        return true;
    }

    private static boolean isTime(String column) {
        return TIME_COLUMNS.stream().anyMatch(column::equalsIgnoreCase);
    }

    private void use(Layout newLayout) {
        layout = newLayout;
        timed = newLayout.names().stream().anyMatch(CsvLog::isTime);
        timeFirst = newLayout.size() > 0 && isTime(newLayout.names().get(0));
    }
}
