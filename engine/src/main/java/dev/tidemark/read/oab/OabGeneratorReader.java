package dev.tidemark.read.oab;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.read.CsvFormat;
import dev.tidemark.read.CsvLog;
import dev.tidemark.read.Head;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.RecordSink;
import java.io.InputStream;
import java.util.Set;

/** The log of the address book generator: {@code Logging/OABGeneratorLog}. */
public final class OabGeneratorReader implements LogReader {
    private static final CsvFormat FORMAT = new CsvFormat("oab-generator", Set.of(), new OabPath(), false);

    @Override
    public String source() {
        return FORMAT.source();
    }

    @Override
    public boolean recognises(Head head, String path) {
        return head.logType("OAB Generator") || path.contains("/oabgeneratorlog/") && head.text().contains("#fields:");
    }

    @Override
    public ReadSummary read(InputStream in, String path, LineFilter filter, RecordSink sink) {
        return CsvLog.read(FORMAT, in, path, filter, sink);
    }
}
