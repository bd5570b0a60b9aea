package dev.tidemark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Finding;
import java.io.IOException;
import java.io.StringWriter;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineCsvTest {
    private static String csv(CaseResult result) throws IOException {
        StringWriter out = new StringWriter();
        TimelineCsv.write(result, out);
        return out.toString();
    }

    @Test
    void timesketchFindsItsThreeColumnsFirst() throws IOException {
        String csv = csv(Samples.small());
        assertTrue(csv.startsWith("message,datetime,timestamp_desc,host,rule,"), csv);
        assertEquals(6, csv.lines().count());
        for (NamedCsvRecord row : CsvReader.builder().ofNamedCsvRecord(csv)) {
            assertFalse(row.getField("message").isEmpty());
            assertFalse(row.getField("timestamp_desc").isEmpty());
            assertEquals(0, OffsetDateTime.parse(row.getField("datetime")).getOffset().getTotalSeconds());
            assertEquals("7", row.getField("line"));
            assertEquals("C/Logging/HttpProxy/a.LOG", row.getField("path"));
        }
    }

    @Test
    void whatCarriesNoTimeIsCountedNotInvented() throws IOException {
        Finding f = Samples.small().findings().get(0);
        Finding timeless = new Finding(f.id(), f.host(), f.rule(), "", f.title(), f.severity(), f.stage(), f.outcome(),
                f.cves(), f.techniques(), Optional.empty(), f.source(), f.place(), "", "", "", "", f.fields(), "");
        StringWriter out = new StringWriter();
        assertEquals(1, TimelineCsv.write(new CaseResult(List.of(), List.of(timeless), List.of(),
                Samples.small().run()), out));
        assertEquals(1, out.toString().lines().count(), "the header alone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "  =1", "\t=1", "\r=1", "\n=1", "\u200B=1", "\uFEFF=1",
        "\"=1", "'=1", "\uFF1D1", "\uFF0B1", "\uFF0D1", "\uFF20A", "\u00A0=cmd|' /C calc'!A0"})
    void noCellIsAFormula(String text) {
        String cell = TimelineCsv.cell(text);
        assertTrue(cell.startsWith("'"), cell);
        assertFalse(cell.matches("(?s).*[\\t\\r\\n].*"), "one line");
    }

    @Test
    void plainTextStaysAsItIs() {
        for (String text : List.of("", "198.51.100.7 asked", "C/Logging/a.LOG", "CORP\\anna", "{x}", "a=b", "a-b")) {
            assertEquals(text, TimelineCsv.cell(text));
        }
    }

    @Test
    void hostileTextKeepsItsRow() throws IOException {
        CaseResult hostile = Hostile.result();
        int rows = 0;
        for (NamedCsvRecord row : CsvReader.builder().ofNamedCsvRecord(csv(hostile))) {
            rows++;
            assertEquals(17, row.getFieldCount());
        }
        assertEquals(hostile.findings().size(), rows);
    }
}
