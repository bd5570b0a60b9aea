package dev.tidemark.fuzz;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.bytes.Text;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.Streams;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What must hold for every log that is text. */
final class LogText {
    private LogText() {}

    /** @param headers one of them, in lower case, stands in every log whose lines can be records */
    static void check(LogReader reader, byte[] log, String... headers) {
        try {
            Dumps whole = Dumps.written();
            ReadSummary summary = reader.read(new ByteArrayInputStream(log), "made.log", LineFilter.ALL, whole);
            whole.check();
            Dumps pieces = Dumps.kept();
            reader.read(Streams.chunked(log, 1 + log.length / 5), "made.log", LineFilter.ALL, pieces);
            Same.check(whole, pieces);
            if (summary.records() != whole.records.size()) {
                throw new AssertionError(summary.records() + " counted, " + whole.records.size() + " handed out");
            }
            byte[] text = Text.asUtf8(new ByteArrayInputStream(log)).readAllBytes();
            lines(whole, text);
            silence(whole, text, headers);
        } catch (IOException e) {
            throw new AssertionError("the stream is sound", e);
        }
    }

    private static void lines(Dumps read, byte[] text) {
        long physical = 1;
        for (byte b : text) {
            physical += b == '\n' ? 1 : 0;
        }
        long last = 0;
        for (long line : read.lines) {
            if (line <= last || line > physical) {
                throw new AssertionError("line " + line + " behind line " + last + " of " + physical);
            }
            last = line;
        }
    }

    /** A log of which nothing was read and nothing told as lost has nothing but its head. */
    private static void silence(Dumps read, byte[] text, String... headers) {
        if (read.records.isEmpty() && read.lost.isEmpty()) {
            String lower = new String(text, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
            for (String header : headers) {
                if (lower.contains(header)) {
                    return;
                }
            }
            throw new AssertionError("nothing read and nothing told of " + text.length + " bytes");
        }
    }
}
