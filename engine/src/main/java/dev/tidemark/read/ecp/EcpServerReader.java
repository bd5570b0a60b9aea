package dev.tidemark.read.ecp;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.read.CsvFormat;
import dev.tidemark.read.CsvLog;
import dev.tidemark.read.Head;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.RecordSink;
import java.io.InputStream;
import java.util.Set;

/** The admin center's server log: {@code Logging/ECP/Server}, with the cmdlets that it ran. */
public final class EcpServerReader implements LogReader {
    private static final CsvFormat FORMAT = new CsvFormat("ecp-server", Set.of(), EcpEventData.INSTANCE, false);

    @Override
    public String source() {
        return FORMAT.source();
    }

    @Override
    public boolean recognises(Head head, String path) {
        return head.logType("ECP Server Log")
                || head.columns("TimeStamp", "ServerName", "EventId", "EventData") && path.contains("ecp");
    }

    @Override
    public ReadSummary read(InputStream in, String path, LineFilter filter, RecordSink sink) {
        return CsvLog.read(FORMAT, in, path, filter, sink);
    }
}
