package dev.tidemark.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Finding;
import java.io.IOException;
import java.io.Writer;
import java.util.OptionalLong;

/** All findings with all that is known of each, for spreadsheets: CRLF as RFC 4180 has it, no cell a formula. */
public final class FindingsCsv {
    private static final String[] COLUMNS = {"id", "host", "episode", "time", "severity", "stage", "outcome", "rule",
        "rule_id", "title", "cves", "techniques", "source", "path", "line", "record_id", "client_ip", "user", "summary",
        "excerpt"};

    private FindingsCsv() {}

    public static void write(CaseResult result, Writer writer) throws IOException {
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(writer);
        csv.writeRecord(COLUMNS);
        for (Finding f : result.findings()) {
            csv.writeRecord(f.id(), cell(f.host()), f.episode(), f.time().map(Object::toString).orElse(""),
                    f.severity().word(), f.stage().word(), f.outcome().word(), cell(f.rule()), cell(f.ruleId()),
                    cell(f.title()), cell(String.join(" ", f.cves())), cell(String.join(" ", f.techniques())),
                    cell(f.source()), cell(f.place().path()), number(f.place().line()), number(f.place().recordId()),
                    cell(f.clientIp()), cell(f.user()), cell(f.summary()), cell(f.excerpt()));
        }
        csv.flush();
    }

    private static String cell(String text) {
        return TimelineCsv.cell(text);
    }

    private static String number(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "";
    }
}
