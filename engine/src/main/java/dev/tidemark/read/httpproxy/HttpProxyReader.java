package dev.tidemark.read.httpproxy;

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
import java.util.regex.Pattern;

/** The front end's proxy log, one line a request: {@code Logging/HttpProxy/<Protocol>}, Exchange 2013 and later. */
public final class HttpProxyReader implements LogReader {
    private static final CsvFormat FORMAT = new CsvFormat("httpproxy",
            Set.of("urlstem", "urlquery", "anchormailbox", "backendcookie"),
            CsvFormat.aliases(Map.of("client", "ClientIpAddress")), true);
    /** A log that lost its header is known by its name alone. */
    private static final Pattern NAME = Pattern.compile("(.*/)?httpproxy_\\d{8,10}-\\d+\\.log", Pattern.DOTALL);

    @Override
    public String source() {
        return FORMAT.source();
    }

    @Override
    public boolean recognises(Head head, String path) {
        return head.logType("HttpProxy Logs")
                || head.columns("RequestId", "UrlStem", "HttpStatus", "BackEndStatus")
                || NAME.matcher(path).matches();
    }

    @Override
    public ReadSummary read(InputStream in, String path, LineFilter filter, RecordSink sink) {
        return CsvLog.read(FORMAT, in, path, filter, sink);
    }
}
