package dev.tidemark.read.httpproxy;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.read.CsvFormat;
import dev.tidemark.read.CsvLog;
import dev.tidemark.read.Heads;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.RecordSink;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;

/** The front end's proxy log, one line a request: {@code Logging/HttpProxy/<Protocol>}, Exchange 2013 and later. */
public final class HttpProxyReader implements LogReader {
    private static final CsvFormat FORMAT = new CsvFormat("httpproxy", Set.of("urlstem", "urlquery", "anchormailbox", "backendcookie"), CsvFormat.aliases(Map.of("client", "ClientIpAddress")), true);

    @Override
    public String source() {
        return FORMAT.source();
    }

    @Override
    public boolean recognises(byte[] head, String path) {
        return Heads.logType(head, "HttpProxy Logs")
                || Heads.columns(head, "RequestId", "UrlStem", "HttpStatus", "BackEndStatus");
    }

    @Override
    public ReadSummary read(InputStream in, String path, LineFilter filter, RecordSink sink) {
        return CsvLog.read(FORMAT, in, path, filter, sink);
    }
}
