package dev.tidemark.read.rps;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.read.CsvFormat;
import dev.tidemark.read.CsvLog;
import dev.tidemark.read.Head;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.RecordSink;
import java.io.InputStream;
import java.util.Set;

/** Cmdlets of remote and local shells: {@code Logging/CmdletInfra/…/Cmdlet}. */
public final class RpsCmdletReader implements LogReader {
    private static final CsvFormat FORMAT = new CsvFormat("rps-cmdlet", Set.of(), CsvFormat.NONE, true);

    @Override
    public String source() {
        return FORMAT.source();
    }

    @Override
    public boolean recognises(Head head, String path) {
        return head.logType("Rps Cmdlet") || head.columns("Cmdlet", "Parameters", "ProcessName");
    }

    @Override
    public ReadSummary read(InputStream in, String path, LineFilter filter, RecordSink sink) {
        return CsvLog.read(FORMAT, in, path, filter, sink);
    }
}
