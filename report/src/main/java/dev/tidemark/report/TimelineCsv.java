package dev.tidemark.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Finding;
import java.io.IOException;
import java.io.Writer;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The findings as a timeline that Timesketch imports: its three columns first, then Tidemark's.
 *
 * <p>Cells that a spreadsheet would take for a formula begin with an apostrophe.
 */
public final class TimelineCsv {
    private static final String[] COLUMNS = {"message", "datetime", "timestamp_desc", "host", "rule", "title",
        "severity", "stage", "outcome", "source", "path", "line", "record_id", "client_ip", "user", "episode",
        "finding_id"};
    private static final DateTimeFormatter DATETIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'+00:00'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    /** The full-width forms count, too: spreadsheets in East Asian locales read them as operators. */
    private static final Pattern FORMULA = Pattern.compile("[\\s\"'\\p{C}\\p{Z}]*+"
            + "[=+\\-@\uFF1D\uFF0B\uFF0D\uFF20].*|[\\t\\r\\n].*", Pattern.DOTALL);

    private TimelineCsv() {}

    /** @return findings left out because their records carry no time; {@code findings.jsonl} has them */
    public static long write(CaseResult result, Writer writer) throws IOException {
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer);
        csv.writeRecord(COLUMNS);
        long leftOut = 0;
        for (Finding finding : result.findings()) {
            if (finding.time().isPresent()) {
                csv.writeRecord(row(finding));
            } else {
                leftOut++;
            }
        }
        csv.flush();
        return leftOut;
    }

    private static String[] row(Finding f) {
        return new String[] {cell(f.summary().isEmpty() ? f.title() : f.summary()),
            DATETIME.format(f.time().orElseThrow()), "Record time", cell(f.host()), cell(f.rule()), cell(f.title()),
            f.severity().word(), f.stage().word(), f.outcome().word(), cell(f.source()), cell(f.place().path()),
            number(f.place().line()), number(f.place().recordId()), cell(f.clientIp()), cell(f.user()),
            cell(f.episode()), cell(f.id())};
    }

    private static String number(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "";
    }

    static String cell(String text) {
        String visible = VisibleText.forCell(text);
        return FORMULA.matcher(text).matches() ? "'" + visible : visible;
    }
}
