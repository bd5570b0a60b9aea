package dev.tidemark.read.iis;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.read.Head;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.RecordSink;
import java.io.InputStream;
import java.util.regex.Pattern;

/**
 * Reads the logs of Internet Information Services in W3C extended form. Its two older forms are known and named, not
 * read. Source: W3C, "Extended Log File Format", WD-logfile-960323; Microsoft Learn, "IIS log file formats".
 */
public final class IisReader implements LogReader {
    static final String SOURCE = "iis";

    /** A log in a site's folder, {@code W3SVC1/u_ex210302.log}, is known by its place when it lost its header. */
    private static final Pattern PLACE = Pattern.compile("(.*/)?w3svc\\d*/(.*/)?[^/]+\\.log", Pattern.DOTALL);
    /** The errors of HTTP.sys, which IIS never saw, are written in the same form. */
    private static final Pattern HTTPERR = Pattern.compile("#fields:[^\\n]* s-reason\\b");

    /** {@code 192.168.1.9, -, 3/4/21, 8:01:02, W3SVC1, …}. */
    private static final Pattern NATIVE = Pattern.compile(
            "(?s)^[0-9a-f.:]{3,45}, [^,\\n]{0,200}, \\d{1,2}/\\d{1,2}/\\d{2,4}, \\d{1,2}:\\d\\d:\\d\\d, .*");
    /** {@code 192.168.1.9 - user [04/Mar/2021:08:01:02 +0000] "GET / HTTP/1.1" 200 11}. */
    private static final Pattern NCSA = Pattern.compile(
            "(?s)^[0-9a-f.:]{3,45} \\S{1,200} \\S{1,200} \\[\\d\\d/[a-z]{3}/\\d{4}:[^]]{8,16}] \".*");

    /** The form that IIS writes beside W3C, by name, or empty. */
    static String olderForm(Head head) {
        String text = head.text();
        if (NATIVE.matcher(text).matches()) {
            return "the IIS log file format";
        }
        return NCSA.matcher(text).matches() ? "the NCSA common log file format" : "";
    }

    @Override
    public String source() {
        return SOURCE;
    }

    @Override
    public boolean recognises(Head head, String path) {
        String text = head.text();
        boolean fields = text.contains("#fields:") && (text.contains(" cs-method") || text.contains(" sc-status")
                || text.contains(" cs-uri-stem") || text.contains(" c-ip"));
        return fields && !HTTPERR.matcher(text).find() || PLACE.matcher(path).matches()
                || !olderForm(head).isEmpty() && path.endsWith(".log");
    }

    @Override
    public ReadSummary read(InputStream in, String path, LineFilter filter, RecordSink sink) {
        return new IisLog(path, filter, sink).run(in);
    }
}
