package dev.tidemark.read.mitigation;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.read.CsvFormat;
import dev.tidemark.read.CsvLog;
import dev.tidemark.read.Head;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.RecordSink;
import java.io.InputStream;
import java.util.Set;

/**
 * What the Emergency Mitigation service fetched and applied: {@code Logging/MitigationService}, Exchange 2016 CU22, 2019
 * CU11 and later. What is in force is decided by the configuration, not by what this log says was applied.
 */
public final class MitigationLogReader implements LogReader {
    private static final CsvFormat FORMAT = new CsvFormat("mitigation-service", Set.of(), CsvFormat.NONE, true);

    @Override
    public String source() {
        return FORMAT.source();
    }

    @Override
    public boolean recognises(Head head, String path) {
        return path.contains("/mitigationservice/") && head.text().contains("#fields:");
    }

    @Override
    public ReadSummary read(InputStream in, String path, LineFilter filter, RecordSink sink) {
        return CsvLog.read(FORMAT, in, path, filter, sink);
    }
}
