package dev.tidemark.read.ews;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.read.CsvFormat;
import dev.tidemark.read.CsvLog;
import dev.tidemark.read.Head;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.RecordSink;
import java.io.InputStream;
import java.util.Set;

/** Exchange Web Services on the back end: {@code Logging/Ews}. */
public final class EwsReader implements LogReader {
    private static final CsvFormat FORMAT = new CsvFormat("ews", Set.of(), CsvFormat.NONE, false);

    @Override
    public String source() {
        return FORMAT.source();
    }

    @Override
    public boolean recognises(Head head, String path) {
        return head.logType("EWS") || path.contains("/logging/ews/") && head.text().contains("#fields:");
    }

    @Override
    public ReadSummary read(InputStream in, String path, LineFilter filter, RecordSink sink) {
        return CsvLog.read(FORMAT, in, path, filter, sink);
    }
}
