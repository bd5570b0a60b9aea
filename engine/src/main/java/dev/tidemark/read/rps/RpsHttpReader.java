package dev.tidemark.read.rps;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.read.CsvFormat;
import dev.tidemark.read.CsvLog;
import dev.tidemark.read.Head;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.RecordSink;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;

/** Requests to remote PowerShell: {@code Logging/CmdletInfra/…/Http}. */
public final class RpsHttpReader implements LogReader {
    private static final CsvFormat FORMAT = new CsvFormat("rps-http", Set.of("urlstem", "urlquery"), CsvFormat.aliases(Map.of("client", "ClientIpAddress")), true);

    @Override
    public String source() {
        return FORMAT.source();
    }

    @Override
    public boolean recognises(Head head, String path) {
        return head.logType("Rps Http")
                || path.contains("/cmdletinfra/") && path.contains("/http/") && head.columns("DateTime", "HttpStatus");
    }

    @Override
    public ReadSummary read(InputStream in, String path, LineFilter filter, RecordSink sink) {
        return CsvLog.read(FORMAT, in, path, filter, sink);
    }
}
