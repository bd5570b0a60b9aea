package dev.tidemark.detect;

import dev.tidemark.read.Record;
import java.util.List;

/** A compiled condition over one record. Immutable. */
sealed interface Expr {
    /** Matches nothing: stands where a rule is at fault. */
    Expr NEVER = new Or(List.of());

    boolean matches(Record record);

    /** What has to stand in the record's bytes for this to match. */
    Needles needles(Writing writing);

    record And(List<Expr> parts) implements Expr {
        @Override
        public boolean matches(Record record) {
            for (Expr part : parts) {
                if (!part.matches(record)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Needles needles(Writing writing) {
            return Needles.all(parts.stream().map(part -> part.needles(writing)).toList());
        }
    }

    record Or(List<Expr> parts) implements Expr {
        @Override
        public boolean matches(Record record) {
            for (Expr part : parts) {
                if (part.matches(record)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Needles needles(Writing writing) {
            return Needles.either(parts.stream().map(part -> part.needles(writing)).toList());
        }
    }

    record Not(Expr negated) implements Expr {
        @Override
        public boolean matches(Record record) {
            return !negated.matches(record);
        }

        @Override
        public Needles needles(Writing writing) {
            return Needles.UNKNOWN;
        }
    }

    /** True if a spelling of the field passes one of the tests, or, with {@code all}, each test finds such a spelling. */
    record Field(FieldAccess field, List<ValueTest> tests, boolean all) implements Expr {
        @Override
        public boolean matches(Record record) {
            List<String> spellings = field.spellings(record);
            for (ValueTest test : tests) {
                if (spellings.stream().anyMatch(test::matches) != all) {
                    return !all;
                }
            }
            return all;
        }

        @Override
        public Needles needles(Writing writing) {
            if (!writing.stands(field)) {
                return Needles.UNKNOWN;
            }
            List<Needles> needles = tests.stream().map(test -> test.needles(writing)).toList();
            return all ? Needles.all(needles) : Needles.either(needles);
        }
    }

    /** True if the record's text passes the test. */
    record Keyword(ValueTest test) implements Expr {
        @Override
        public boolean matches(Record record) {
            return test.matches(record.text());
        }

        @Override
        public Needles needles(Writing writing) {
            // The text of an event is put together; only a line stands in the bytes as it is.
            return writing == Writing.LINE ? test.needles(writing) : Needles.UNKNOWN;
        }
    }

    /** True if the field is there, or, with {@code !present}, is not. */
    record Exists(FieldAccess field, boolean present) implements Expr {
        @Override
        public boolean matches(Record record) {
            return field.spellings(record).isEmpty() != present;
        }

        @Override
        public Needles needles(Writing writing) {
            return Needles.UNKNOWN;
        }
    }

    /** True if the field is absent or the empty string. */
    record Empty(FieldAccess field) implements Expr {
        @Override
        public boolean matches(Record record) {
            List<String> spellings = field.spellings(record);
            return spellings.isEmpty() || spellings.get(0).isEmpty();
        }

        @Override
        public Needles needles(Writing writing) {
            return Needles.UNKNOWN;
        }
    }

    /** True if a spelling of one field stands in a spelling of the other at the place named. */
    record SameAs(FieldAccess field, FieldAccess other, Glob.Position position, boolean cased) implements Expr {
        @Override
        public boolean matches(Record record) {
            for (String wanted : other.spellings(record)) {
                Glob glob = Glob.literal(wanted, position, cased);
                if (field.spellings(record).stream().anyMatch(glob::matches)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public Needles needles(Writing writing) {
            return Needles.UNKNOWN;
        }
    }

    /** True if the part of the record's time, in UTC, passes the test; false if it has no time. */
    record Time(TimePart part, ValueTest test) implements Expr {
        @Override
        public boolean matches(Record record) {
            return record.time().map(time -> test.matches(String.valueOf(part.of(time)))).orElse(false);
        }

        @Override
        public Needles needles(Writing writing) {
            return Needles.UNKNOWN;
        }
    }
}
