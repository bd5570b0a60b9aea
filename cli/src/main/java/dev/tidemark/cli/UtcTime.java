package dev.tidemark.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time on the command line: a day, a time, or a time with an offset; UTC where none is given. */
final class UtcTime implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String text) {
        try {
            if (text.length() == 10) {
                return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            String joined = text.replace(' ', 'T');
            return joined.matches(".*(Z|[+-]\\d\\d:\\d\\d)") ? OffsetDateTime.parse(joined).toInstant()
                    : LocalDateTime.parse(joined).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new TypeConversionException("'" + text + "' is no time; write 2021-03-01 or 2021-03-01T06:00:00Z");
        }
    }
}
