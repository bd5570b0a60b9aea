package dev.tidemark.read.iis;

import dev.tidemark.bytes.LineScanner;
import dev.tidemark.model.Place;
import dev.tidemark.read.RecordSink;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Notices the build in paths of pages that Outlook on the web delivered: {@code /owa/auth/15.1.2176/themes/…},
 * {@code /owa/prem/15.1.2176.2/…}. A weak sign: the client wrote the path, so only an answer of 200 to a GET counts, and
 * posture asks it only where nothing better is there. Looks at the beginning of a file, and tells each build once.
 */
final class ServedBuilds {
    private static final int LINES = 20_000;
    private static final int MOST = 16;
    private static final byte[] OWA = {'/', 'o', 'w', 'a', '/'};
    private static final Pattern PATH =
            Pattern.compile("(?i)/owa/(?:auth/|prem/)?(1[4-9]\\.\\d{1,2}\\.\\d{1,5}(?:\\.\\d{1,5})?)/.*");

    private final String path;
    private final RecordSink sink;
    private final Set<String> told = new HashSet<>();
    private int looked;

    ServedBuilds(String path, RecordSink sink) {
        this.path = path;
        this.sink = sink;
    }

    /** True if the line can name a build: only then its record is worth splitting. */
    boolean wants(byte[] b, int from, int to) {
        if (looked >= LINES || told.size() >= MOST) {
            return false;
        }
        looked++;
        for (int at = LineScanner.indexOf(b, from, to, (byte) '/'); at >= 0 && at + OWA.length < to;
                at = LineScanner.indexOf(b, at + 1, to, (byte) '/')) {
            if (isOwa(b, at)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOwa(byte[] b, int at) {
        for (int i = 0; i < OWA.length; i++) {
            int c = b[at + i] >= 'A' && b[at + i] <= 'Z' ? b[at + i] | 0x20 : b[at + i];
            if (c != OWA[i]) {
                return false;
            }
        }
        return true;
    }

    void look(IisRecord record) {
        Matcher m = PATH.matcher(record.value("cs-uri-stem").orElse(""));
        boolean delivered = m.matches() && record.value("sc-status").orElse("").equals("200")
                && record.value("cs-method").orElse("").equals("GET");
        if (delivered && told.add(m.group(1))) {
            Instant time = record.time().orElseThrow();
            sink.observed(RecordSink.SERVED_BUILD, m.group(1), time, Place.ofLine(path, record.line()));
        }
    }
}
