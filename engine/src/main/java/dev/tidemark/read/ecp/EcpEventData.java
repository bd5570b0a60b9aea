package dev.tidemark.read.ecp;

import dev.tidemark.read.CsvFormat;
import dev.tidemark.read.Record;
import java.util.Locale;
import java.util.Optional;

/**
 * The items of {@code EventData}: {@code S:KEY=value} with {@code ;} between them; an item that holds a quote or a
 * semicolon stands in single quotes, doubled inside. {@code CMD}, {@code URL}, {@code BLD} … are fields of the record.
 */
final class EcpEventData implements CsvFormat.Derived {
    static final EcpEventData INSTANCE = new EcpEventData();

    private EcpEventData() {}

    @Override
    public Optional<String> value(String field, Record record) {
        if (field.equalsIgnoreCase("EventData")) {
            return Optional.empty();
        }
        return record.value("EventData").flatMap(data -> item(data, field));
    }

    private static Optional<String> item(String data, String key) {
        String wanted = key.toLowerCase(Locale.ROOT) + "=";
        int at = 0;
        while (at < data.length()) {
            boolean quoted = data.charAt(at) == '\'';
            int end = quoted ? quotedEnd(data, at + 1) : data.indexOf(';', at);
            end = end < 0 ? data.length() : end;
            String item = quoted ? data.substring(at + 1, end).replace("''", "'") : data.substring(at, end);
            int colon = item.indexOf(':');
            if (colon >= 0 && item.regionMatches(true, colon + 1, wanted, 0, wanted.length())) {
                return Optional.of(item.substring(colon + 1 + wanted.length()));
            }
            int next = data.indexOf(';', end);
            at = next < 0 ? data.length() : next + 1;
        }
        return Optional.empty();
    }

    private static int quotedEnd(String data, int from) {
        for (int i = from; i < data.length(); i++) {
            if (data.charAt(i) == '\'') {
                if (i + 1 < data.length() && data.charAt(i + 1) == '\'') {
                    i++;
                } else {
                    return i;
                }
            }
        }
        return data.length();
    }
}
