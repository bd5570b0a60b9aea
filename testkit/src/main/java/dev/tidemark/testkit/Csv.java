package dev.tidemark.testkit;

import java.time.format.DateTimeFormatter;

/** How Exchange's own logs write values, and where they lie. */
final class Csv {
    /** The default install folder, on drive C. */
    static final String EXCHANGE = "C/Program Files/Microsoft/Exchange Server/V15/";
    static final DateTimeFormatter TIME = TextLogs.format("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");

    private Csv() {}

    static String quoted(String value) {
        return value.indexOf(',') < 0 && value.indexOf('"') < 0 ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
