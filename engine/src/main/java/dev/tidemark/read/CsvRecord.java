package dev.tidemark.read;

import dev.tidemark.bytes.Text;
import dev.tidemark.bytes.Times;
import dev.tidemark.bytes.Uris;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One record of an Exchange log; reused from record to record, split only when a field is asked for. */
final class CsvRecord implements Record {
    private final CsvFormat format;
    private final Columns columns = new Columns();
    private Layout layout;
    private byte[] bytes;
    private int from;
    private int to;
    private long line;
    private long millis;
    private boolean split;
    /** Many rules ask for the same few fields, and to spell a hostile URI costs. */
    private final Map<String, List<String>> spelled = new HashMap<>();

    CsvRecord(CsvFormat format) {
        this.format = format;
    }

    CsvRecord at(Layout newLayout, byte[] b, int start, int end, long newLine, long newMillis) {
        layout = newLayout;
        bytes = b;
        from = start;
        to = end;
        line = newLine;
        millis = newMillis;
        split = false;
        spelled.clear();
        return this;
    }

    @Override
    public String source() {
        return format.source();
    }

    @Override
    public long line() {
        return line;
    }

    @Override
    public Optional<Instant> time() {
        return millis == Times.NONE ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    @Override
    public Optional<String> value(String field) {
        int column = layout.column(field);
        if (column == Layout.ABSENT) {
            return format.derived().value(field, this);
        }
        return taken().has(column) ? Optional.of(columns.unquoted(column)) : Optional.empty();
    }

    /** How many columns the line has. */
    int columns() {
        return taken().count();
    }

    private Columns taken() {
        if (!split) {
            columns.csv(bytes, from, to);
            split = true;
        }
        return columns;
    }

    @Override
    public List<String> spellings(String field) {
        List<String> known = spelled.get(field);
        if (known == null) {
            known = spell(field);
            spelled.put(field, known);
        }
        return known;
    }

    private List<String> spell(String field) {
        Optional<String> value = value(field);
        if (value.isEmpty()) {
            return List.of();
        }
        return format.uriFields().contains(field.toLowerCase(Locale.ROOT))
                ? Uris.spellings(value.get())
                : List.of(value.get());
    }

    @Override
    public List<String> fields() {
        return layout.names();
    }

    @Override
    public String text() {
        return Text.decode(bytes, from, to);
    }
}
