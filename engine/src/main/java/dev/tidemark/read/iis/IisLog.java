package dev.tidemark.read.iis;

import dev.tidemark.bytes.Clock;
import dev.tidemark.bytes.LineFilter;
import dev.tidemark.bytes.LineScanner;
import dev.tidemark.bytes.Text;
import dev.tidemark.bytes.Times;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.Head;
import dev.tidemark.read.HourCount;
import dev.tidemark.read.Layout;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.RecordSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** The state of one W3C log while it is read: its layout, which may change on the way, and its day. */
final class IisLog {
    private static final long DAY = 86_400_000L;

    private final String path;
    private final LineFilter filter;
    private final RecordSink sink;
    private final HourCount hours = new HourCount();
    private final Clock clock = new Clock();
    private final IisRecord record = new IisRecord();
    private final ServedBuilds builds;
    private Layout layout;
    private int dateColumn;
    private int timeColumn;
    /** Whether date and time lie as IIS writes them unless told otherwise. */
    private boolean usualPlaces;
    private long headerDay = Times.NONE;
    private long lastTime = Times.NONE;
    private long strays;
    private long firstStray;
    private long nuls;
    private long lines;
    private boolean olderForm;

    IisLog(String path, LineFilter filter, RecordSink sink) {
        this.path = path;
        this.filter = filter;
        this.sink = sink;
        this.builds = new ServedBuilds(path, sink);
    }

    ReadSummary run(InputStream in) {
        LineScanner scanner = new LineScanner();
        try {
            scanner.scan(Text.asUtf8(in), this::line);
        } catch (IOException e) {
            sink.skipped(new Skipped(path, "cannot read from byte " + scanner.bytesRead() + " on: " + e.getMessage()
                    + "; the rest of the file counts as missing"));
        }
        if (strays > 0 && !olderForm) {
            sink.skipped(new Skipped(path, strays + " lines from line " + firstStray + " on are no records: "
                    + (layout == null ? "no #Fields line names the columns" : "they have no date and time")));
        } else if (layout == null && !olderForm) {
            sink.skipped(new Skipped(path, Skipped.NONE, lines == 0 ? "the file is empty: a log begins with a header"
                    : "the file ends before a #Fields line names the columns"));
        }
        if (nuls > 0) {
            sink.skipped(new Skipped(path, nuls, nuls + " NUL bytes stand where text should; the file was cut off while"
                    + " it was written"));
        }
        return hours.summary();
    }

    private void line(byte[] b, int start, int to, long number, boolean cut, boolean complete) {
        lines = number;
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
        if (from == end) {
            return;
        }
        boolean torn = !complete && !cut
                && (b[from] == '#' || layout != null && IisRecord.columns(b, from, end) < layout.size());
        if (torn) {
            sink.skipped(new Skipped(path, Skipped.NONE, "the file ends in the middle of line " + number
                    + ": it was cut, or was being written"));
        }
        if (b[from] == '#') {
            directive(b, from, end);
        } else if (layout == null) {
            withoutLayout(b, from, end, number);
        } else if (!torn || time(b, from, end) != Times.NONE) {
            record(b, from, end, number);
        }
    }

    private void withoutLayout(byte[] b, int from, int to, long number) {
        if (strays++ > 0) {
            return;
        }
        firstStray = number;
        String form = IisReader.olderForm(new Head(Arrays.copyOfRange(b, from, Math.min(to, from + 4096))));
        if (!form.isEmpty()) {
            olderForm = true;
            sink.skipped(new Skipped(path, "this is " + form + ", which cannot be read; set the site to W3C in IIS, or"
                    + " convert the file with Log Parser to W3C and scan that"));
        }
    }

    private void record(byte[] b, int from, int to, long number) {
        long millis = time(b, from, to);
        if (millis == Times.NONE) {
            if (strays++ == 0) {
                firstStray = number;
            }
            return;
        }
        hours.add(millis);
        if (builds.wants(b, from, to)) {
            builds.look(record.at(layout, b, from, to, number, millis));
        }
        if (filter.wakes(b, from, to)) {
            nuls += LineScanner.count(b, from, to, (byte) 0);
            sink.record(record.at(layout, b, from, to, number, millis));
        }
    }

    private long time(byte[] b, int from, int to) {
        long time = usualPlaces ? clock.dateTime(b, from, to) : Times.NONE;
        return time == Times.NONE ? timeInColumns(b, from, to) : time;
    }

    private long timeInColumns(byte[] b, int from, int to) {
        int at = column(b, from, to, timeColumn);
        long time = at < 0 ? Times.NONE : Times.timeOfDay(b, at, to);
        if (time == Times.NONE) {
            return Times.NONE;
        }
        if (dateColumn != Layout.ABSENT) {
            int dateAt = column(b, from, to, dateColumn);
            long date = dateAt < 0 ? Times.NONE : Times.date(b, dateAt, to);
            return date == Times.NONE ? Times.NONE : date + time;
        }
        if (headerDay == Times.NONE) {
            return Times.NONE;
        }
        // the log has no date column: midnight shows itself in a clock that runs far back
        if (lastTime != Times.NONE && time < lastTime - DAY / 2) {
            headerDay += DAY;
        }
        lastTime = time;
        return headerDay + time;
    }

    /** Where column {@code wanted} begins, or -1. A run of spaces separates as one does. */
    private static int column(byte[] b, int from, int to, int wanted) {
        int at = from;
        for (int i = 0; i < wanted; i++) {
            int space = LineScanner.indexOf(b, at, to, (byte) ' ');
            if (space < 0) {
                return -1;
            }
            at = space + 1;
            while (at < to && b[at] == ' ') {
                at++;
            }
        }
        return wanted == Layout.ABSENT ? -1 : at;
    }

    private void directive(byte[] b, int from, int to) {
        String text = Text.decode(b, from, to);
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("#fields:") && text.indexOf('\r') < 0) {
            layout = new Layout(Arrays.asList(text.substring(8).strip().split(" +")));
            dateColumn = layout.column("date");
            timeColumn = layout.column("time");
            usualPlaces = dateColumn == 0 && timeColumn == 1;
        } else if (lower.startsWith("#date:")) {
            byte[] value = text.substring(6).strip().getBytes(StandardCharsets.ISO_8859_1);
            headerDay = Times.date(value, 0, value.length);
            long time = value.length > 11 ? Times.timeOfDay(value, 11, value.length) : Times.NONE;
            lastTime = time;
        }
    }
}
