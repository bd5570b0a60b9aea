package dev.tidemark.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes the rows of an answer as they come. A value that is not there is empty, in JSON null. */
public interface QueryOutput {
    void columns(List<String> names) throws IOException;

    void row(List<String> values) throws IOException;

    void end() throws IOException;

    /** Forms of an answer, in the words of the command line. */
    enum Format {
        table, csv, json;

        public QueryOutput on(Writer writer) {
            return switch (this) {
                case table -> new Table(writer);
                case csv -> new Csv(writer);
                case json -> new Json(writer);
            };
        }
    }

    /** Columns as wide as their widest value, up to a bound; wider values are cut and say so. */
    final class Table implements QueryOutput {
        private static final int WIDEST = 60;
        /** Rows whose widths are measured; those that follow keep the widths. */
        private static final int MEASURED = 1_000;

        private final Writer out;
        private final List<List<String>> waiting = new ArrayList<>();
        private int[] widths = new int[0];
        private boolean started;
        private long rows;

        Table(Writer out) {
            this.out = out;
        }

        @Override
        public void columns(List<String> names) throws IOException {
            widths = new int[names.size()];
            waiting.add(names);
        }

        @Override
        public void row(List<String> values) throws IOException {
            rows++;
            if (started) {
                print(values);
            } else if (waiting.size() > MEASURED) {
                start();
                print(values);
            } else {
                waiting.add(values);
            }
        }

        private void start() throws IOException {
            started = true;
            for (List<String> row : waiting) {
                for (int i = 0; i < widths.length; i++) {
                    widths[i] = Math.min(WIDEST, Math.max(widths[i], shown(row.get(i)).length()));
                }
            }
            for (int i = 0; i < waiting.size(); i++) {
                print(waiting.get(i));
                if (i == 0) {
                    StringBuilder rule = new StringBuilder();
                    for (int width : widths) {
                        rule.append("-".repeat(width)).append("  ");
                    }
                    out.write(rule.toString().stripTrailing() + "\n");
                }
            }
        }

        private static String shown(String value) {
            return value == null ? "" : VisibleText.forCell(value);
        }

        private void print(List<String> values) throws IOException {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < values.size(); i++) {
                String value = shown(values.get(i));
                if (value.length() > WIDEST) {
                    int end = WIDEST - (Character.isHighSurrogate(value.charAt(WIDEST - 2)) ? 2 : 1);
                    value = value.substring(0, end) + "…";
                }
                line.append(value);
                for (int room = Math.max(0, widths[i] - value.length()) + 2; room > 0; room--) {
                    line.append(' ');
                }
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }

        @Override
        public void end() throws IOException {
            if (!started && !waiting.isEmpty()) {
                start();
            }
            if (started) {
                out.write("(" + rows + (rows == 1 ? " row)\n" : " rows)\n"));
            }
        }
    }

    /** RFC 4180; no cell becomes a formula in a spreadsheet. */
    final class Csv implements QueryOutput {
        private final CsvWriter csv;

        Csv(Writer out) {
            csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out);
        }

        @Override
        public void columns(List<String> names) {
            csv.writeRecord(names);
        }

        @Override
        public void row(List<String> values) {
            csv.writeRecord(values.stream().map(v -> v == null ? "" : TimelineCsv.cell(v)).toList());
        }

        @Override
        public void end() throws IOException {
            csv.flush();
        }
    }

    /** One object a line. */
    final class Json implements QueryOutput {
        private static final JsonFactory FACTORY = new JsonFactory();

        private final Writer out;
        private List<String> names = List.of();

        Json(Writer out) {
            this.out = out;
        }

        @Override
        public void columns(List<String> columnNames) {
            names = columnNames;
        }

        @Override
        public void row(List<String> values) throws IOException {
            try (JsonGenerator json = FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM)) {
                json.writeStartObject();
                for (int i = 0; i < names.size(); i++) {
                    json.writeFieldName(names.get(i));
                    if (values.get(i) == null) {
                        json.writeNull();
                    } else {
                        json.writeString(new String(values.get(i).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
                    }
                }
                json.writeEndObject();
            }
            out.write('\n');
        }

        @Override
        public void end() {}
    }
}
