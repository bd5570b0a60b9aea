package dev.tidemark.detect;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.tidemark.read.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where a rule's field lies in the records of one source. */
sealed interface FieldAccess {
    /** Every spelling under which the field may match; empty if it was not logged. */
    List<String> spellings(Record record);

    /** As it stands in the record. */
    Optional<String> raw(Record record);

    /** The source's own columns behind it. */
    List<String> columns();

    /** True if what a rule compares with stands in the record letter by letter, so that it can be searched for. */
    default boolean verbatim() {
        return true;
    }

    /** @param plusIsSpace the log writes a space as {@code +}: a rule may write either */
    record Column(String name, boolean plusIsSpace) implements FieldAccess {
        @Override
        public List<String> spellings(Record record) {
            List<String> spellings = record.spellings(name);
            if (!plusIsSpace || spellings.stream().noneMatch(spelling -> spelling.indexOf('+') >= 0)) {
                return spellings;
            }
            List<String> both = new ArrayList<>(spellings);
            spellings.forEach(spelling -> both.add(spelling.replace('+', ' ')));
            return both;
        }

        @Override
        public Optional<String> raw(Record record) {
            return record.value(name);
        }

        @Override
        public List<String> columns() {
            return List.of(name);
        }
    }

    /** A field that the source does not have. */
    record Absent(String name) implements FieldAccess {
        @Override
        public List<String> spellings(Record record) {
            return List.of();
        }

        @Override
        public Optional<String> raw(Record record) {
            return Optional.empty();
        }

        @Override
        public List<String> columns() {
            return List.of();
        }
    }

    /** Two columns with a separator between them; the first alone if the second is absent or empty. */
    record Joined(String first, String separator, String second) implements FieldAccess {
        @Override
        public List<String> spellings(Record record) {
            List<String> seconds = record.spellings(second);
            List<String> joined = new ArrayList<>();
            for (String start : record.spellings(first)) {
                if (seconds.isEmpty()) {
                    joined.add(start);
                }
                for (String end : seconds) {
                    joined.add(join(start, end));
                }
            }
            return joined;
        }

        @Override
        public Optional<String> raw(Record record) {
            return record.value(first).map(start -> join(start, record.value(second).orElse("")));
        }

        private String join(String start, String end) {
            return end.isEmpty() ? start : end.startsWith(separator) ? start + end : start + separator + end;
        }

        @Override
        public List<String> columns() {
            return List.of(first, second);
        }
    }

    /** The first of several fields that the record has. */
    record FirstOf(List<FieldAccess> fields) implements FieldAccess {
        @Override
        public List<String> spellings(Record record) {
            return fields.stream().map(field -> field.spellings(record)).filter(s -> !s.isEmpty()).findFirst()
                    .orElse(List.of());
        }

        @Override
        public Optional<String> raw(Record record) {
            return fields.stream().flatMap(field -> field.raw(record).stream()).findFirst();
        }

        @Override
        public List<String> columns() {
            return fields.stream().flatMap(field -> field.columns().stream()).distinct().toList();
        }

        @Override
        public boolean verbatim() {
            return fields.stream().allMatch(FieldAccess::verbatim);
        }
    }

    /** One of the values of a column that has several, counted from 1: events may give their data without names. */
    record At(String column, int place) implements FieldAccess {
        @Override
        public List<String> spellings(Record record) {
            List<String> all = record.spellings(column);
            return all.size() < place ? List.of() : List.of(all.get(place - 1));
        }

        @Override
        public Optional<String> raw(Record record) {
            return spellings(record).stream().findFirst();
        }

        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }

    /** What the first group of a pattern cuts out of a column; absent where the pattern finds nothing. */
    record Cut(String column, Pattern pattern) implements FieldAccess {
        @Override
        public List<String> spellings(Record record) {
            return record.spellings(column).stream().flatMap(spelling -> cut(spelling).stream()).toList();
        }

        private Optional<String> cut(String value) {
            Matcher matcher = pattern.matcher(value);
            return matcher.find() && matcher.groupCount() > 0 ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
        }

        @Override
        public Optional<String> raw(Record record) {
            return record.value(column).flatMap(this::cut);
        }

        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }

    /** A line {@code key=value} inside of a column, as PowerShell writes them into its events. */
    record Entry(String column, String key) implements FieldAccess {
        @Override
        public List<String> spellings(Record record) {
            List<String> found = new ArrayList<>();
            for (String text : record.spellings(column)) {
                for (String line : text.split("\\R")) {
                    int equals = line.indexOf('=');
                    if (equals > 0 && line.substring(0, equals).strip().equalsIgnoreCase(key)) {
                        found.add(line.substring(equals + 1).strip());
                    }
                }
            }
            return found;
        }

        @Override
        public Optional<String> raw(Record record) {
            return spellings(record).stream().findFirst();
        }

        @Override
        public List<String> columns() {
            return List.of(column);
        }
    }

    /** All of the record. */
    record WholeText() implements FieldAccess {
        @Override
        public List<String> spellings(Record record) {
            return List.of(record.text());
        }

        @Override
        public Optional<String> raw(Record record) {
            return Optional.of(record.text());
        }

        @Override
        public List<String> columns() {
            return List.of();
        }
    
        @Override
        public boolean verbatim() {
            // The text of an event is put together from its values.
            return false;
        }
    }

    /** @param replacement as of {@link Matcher#replaceFirst} */
    record Rewrite(Pattern pattern, String replacement) {
        Optional<String> of(String value) {
            Matcher matcher = pattern.matcher(value);
            return matcher.find() ? Optional.of(matcher.replaceFirst(replacement)) : Optional.empty();
        }
    }

    /** A field that the source writes otherwise than Sysmon does: as it stands and, where a rewriting applies, so. */
    record Rewritten(FieldAccess written, List<Rewrite> rewrites) implements FieldAccess {
        @Override
        public List<String> spellings(Record record) {
            List<String> all = new ArrayList<>();
            for (String spelling : written.spellings(record)) {
                all.add(spelling);
                rewrites.forEach(rewrite -> rewrite.of(spelling).ifPresent(all::add));
            }
            return all;
        }

        @Override
        public Optional<String> raw(Record record) {
            return written.raw(record);
        }

        @Override
        public List<String> columns() {
            return written.columns();
        }

        @Override
        public boolean verbatim() {
            return false;
        }
    }

    /**
     * A value of the registry as Security event 4657 has it, and as Sysmon writes it: {@code DWORD (0x00000001)},
     * {@code QWORD (0x00000000-0x00000001)}, {@code Binary Data}. Source: Windows' msobjs.dll messages 1872 to 1883 for
     * the types; Sysmon event 13.
     */
    record RegistryValue(String value, String type) implements FieldAccess {
        private static final String DWORD = "%%1876";
        private static final String QWORD = "%%1883";
        private static final String BINARY = "%%1875";

        @Override
        public List<String> spellings(Record record) {
            List<String> all = new ArrayList<>(record.spellings(value));
            String kind = record.value(type).orElse("");
            List.copyOf(all).forEach(written -> asSysmon(written, kind).ifPresent(all::add));
            return all;
        }

        private static Optional<String> asSysmon(String written, String kind) {
            if (kind.equals(BINARY)) {
                return Optional.of("Binary Data");
            }
            if (!kind.equals(DWORD) && !kind.equals(QWORD)) {
                return Optional.empty();
            }
            try {
                long number = Long.decode(written.strip());
                return Optional.of(kind.equals(DWORD) ? String.format(Locale.ROOT, "DWORD (0x%08x)", number)
                        : String.format(Locale.ROOT, "QWORD (0x%08x-0x%08x)", number >>> 32, number & 0xFFFF_FFFFL));
            } catch (NumberFormatException noNumber) {
                return Optional.empty();
            }
        }

        @Override
        public Optional<String> raw(Record record) {
            return record.value(value);
        }

        @Override
        public List<String> columns() {
            return List.of(value, type);
        }

        @Override
        public boolean verbatim() {
            return false;
        }
    }
}
