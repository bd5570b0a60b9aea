package dev.tidemark.read.oab;

import dev.tidemark.read.CsvFormat;
import dev.tidemark.read.Record;
import java.util.Optional;

/** {@code Path}: the file that a message names in quotes. */
final class OabPath implements CsvFormat.Derived {
    @Override
    public Optional<String> value(String field, Record record) {
        if (!field.equalsIgnoreCase("Path")) {
            return Optional.empty();
        }
        return record.value("Message").flatMap(OabPath::quoted);
    }

    private static Optional<String> quoted(String message) {
        int from = message.indexOf('\'');
        int to = message.lastIndexOf('\'');
        return from >= 0 && to > from ? Optional.of(message.substring(from + 1, to)) : Optional.empty();
    }
}
