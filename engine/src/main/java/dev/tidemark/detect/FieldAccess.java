package dev.tidemark.detect;

import dev.tidemark.read.Record;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a rule's field lies in the records of one source. */
sealed interface FieldAccess {
    /** Every spelling under which the field may match; empty if it was not logged. */
    List<String> spellings(Record record);

    /** As it stands in the record. */
    Optional<String> raw(Record record);

    /** The source's own columns behind it. */
    List<String> columns();

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
}
