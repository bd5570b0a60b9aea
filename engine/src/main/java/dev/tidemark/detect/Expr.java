package dev.tidemark.detect;

import dev.tidemark.bytes.LiteralSearch;
import dev.tidemark.read.Record;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A compiled condition over one record. Immutable. */
sealed interface Expr {
    /** Matches nothing: stands where a rule is at fault. */
    Expr NEVER = new Or(List.of());
    /** Matches everything. */
    Expr ALWAYS = new And(List.of());

    boolean matches(Record record);

    /**
     * The same where tests of fields that the source does not have come out as {@code unknown}: with false for a whole
     * condition, what is left matches only records that would match whatever those fields held. Below a {@code not} it
     * is turned round, which is the logic of three values by S. C. Kleene.
     */
    default Expr certain(boolean unknown) {
        return this;
    }

    /**
     * The same for logs that need not have a column: what a {@code not} leaves out, it leaves out, too, where the column
     * was not logged, for then nobody knows.
     *
     * @param negated whether it stands below a {@code not}
     */
    default Expr whereLogged(boolean negated) {
        return this;
    }

    /** What has to stand in the record's bytes for this to match. */
    Needles needles(Writing writing);

    /** A guess at what it costs to ask, against other parts of the same condition; comparing a short text costs 1. */
    int cost();

    /** How a rule's condition is put together. */
    enum Algebra implements Condition.Algebra<Expr> {
        ONLY;

        @Override
        public Expr and(List<Expr> parts) {
            return new And(parts);
        }

        @Override
        public Expr or(List<Expr> parts) {
            return new Or(parts);
        }

        @Override
        public Expr not(Expr part) {
            return new Not(part);
        }
    }

    /** @param parts are asked from the cheapest on: most records fail the first, and never see a regular expression */
    record And(List<Expr> parts) implements Expr {
        public And {
            parts = parts.stream().sorted(Comparator.comparingInt(Expr::cost)).toList();
        }

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
        public Expr whereLogged(boolean negated) {
            return new And(parts.stream().map(p -> p.whereLogged(negated)).toList());
        }

        @Override
        public Expr certain(boolean unknown) {
            List<Expr> left = parts.stream().map(p -> p.certain(unknown)).filter(p -> !p.equals(ALWAYS)).toList();
            return left.contains(NEVER) ? NEVER : left.size() == 1 ? left.get(0) : new And(left);
        }

        @Override
        public int cost() {
            return parts.stream().mapToInt(Expr::cost).sum();
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
        public Expr whereLogged(boolean negated) {
            return new Or(parts.stream().map(p -> p.whereLogged(negated)).toList());
        }

        @Override
        public Expr certain(boolean unknown) {
            List<Expr> left = parts.stream().map(p -> p.certain(unknown)).filter(p -> !p.equals(NEVER)).toList();
            return left.contains(ALWAYS) ? ALWAYS : left.size() == 1 ? left.get(0) : new Or(left);
        }

        @Override
        public int cost() {
            return parts.stream().mapToInt(Expr::cost).sum();
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
        public Expr whereLogged(boolean below) {
            return new Not(negated.whereLogged(!below));
        }

        @Override
        public Expr certain(boolean unknown) {
            Expr inner = negated.certain(!unknown);
            return inner.equals(ALWAYS) ? NEVER : inner.equals(NEVER) ? ALWAYS : new Not(inner);
        }

        @Override
        public int cost() {
            return negated.cost();
        }

        @Override
        public Needles needles(Writing writing) {
            return Needles.UNKNOWN;
        }
    }

    /** A test of a field that the source does not have; the test itself is what an absent field gives. */
    record Unknown(Expr test) implements Expr {
        @Override
        public boolean matches(Record record) {
            return test.matches(record);
        }

        @Override
        public Expr certain(boolean unknown) {
            return unknown ? ALWAYS : NEVER;
        }

        @Override
        public int cost() {
            return test.cost();
        }

        @Override
        public Needles needles(Writing writing) {
            return test.needles(writing);
        }
    }

    /** True if a spelling of the field passes one of the tests, or, with {@code all}, each test finds such a spelling. */
    record Field(FieldAccess field, List<ValueTest> tests, boolean all) implements Expr {
        @Override
        public boolean matches(Record record) {
            List<String> spellings = field.spellings(record);
            for (ValueTest test : tests) {
                if (any(spellings, test) != all) {
                    return !all;
                }
            }
            return all;
        }

        @Override
        public int cost() {
            return tests.stream().mapToInt(ValueTest::cost).sum();
        }

        @Override
        public Expr whereLogged(boolean negated) {
            return negated ? new Or(List.of(this, new Exists(field, false))) : this;
        }

        private static boolean any(List<String> spellings, ValueTest test) {
            for (String spelling : spellings) {
                if (test.matches(spelling)) {
                    return true;
                }
            }
            return false;
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
        /** The text of a record has to be put together first. */
        private static final int KEYWORD = 30;

        @Override
        public boolean matches(Record record) {
            return test.matches(record.text());
        }

        @Override
        public int cost() {
            return KEYWORD + test.cost();
        }

        @Override
        public Needles needles(Writing writing) {
            // The text of an event is put together; only a line stands in the bytes as it is.
            return writing == Writing.LINE ? test.needles(writing) : Needles.UNKNOWN;
        }
    }

    /** True if the record's text holds one of many words, which are all looked for in one pass. */
    record AnyKeyword(List<Keyword> words, LiteralSearch search, ThreadLocal<LiteralSearch.Pass> passes) implements Expr {
        /** Fewer are looked for one by one. */
        private static final int MANY = 3;

        /** Of keywords that are no patterns; empty if they are, or are few. */
        static Optional<Expr> of(List<Expr> parts) {
            List<Keyword> words = new ArrayList<>();
            List<String> literals = new ArrayList<>();
            for (Expr part : parts) {
                if (!(part instanceof Keyword word) || !(word.test() instanceof Glob glob) || glob.contained().isEmpty()) {
                    return Optional.empty();
                }
                words.add(word);
                literals.add(glob.contained().get());
            }
            if (words.size() < MANY) {
                return Optional.empty();
            }
            LiteralSearch search = LiteralSearch.of(literals, "");
            return Optional.of(new AnyKeyword(List.copyOf(words), search, ThreadLocal.withInitial(search::pass)));
        }

        @Override
        public boolean matches(Record record) {
            String text = record.text();
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (bytes.length != text.length()) {
                // more than ASCII: letters there have cases of their own
                return words.stream().anyMatch(word -> word.matches(record));
            }
            BitSet found = new BitSet();
            passes.get().hits(bytes, 0, bytes.length, found);
            return !found.isEmpty();
        }

        @Override
        public int cost() {
            return Keyword.KEYWORD + words.size();
        }

        @Override
        public Needles needles(Writing writing) {
            return Needles.either(words.stream().map(word -> word.needles(writing)).toList());
        }
    }

    /** True if the field is there, or, with {@code !present}, is not. */
    record Exists(FieldAccess field, boolean present) implements Expr {
        @Override
        public boolean matches(Record record) {
            return field.spellings(record).isEmpty() != present;
        }

        @Override
        public int cost() {
            return 1;
        }

        @Override
        public Needles needles(Writing writing) {
            return Needles.UNKNOWN;
        }
    }

    /** True if the field is the empty string, or, with {@code orAbsent}, is not there. */
    record Empty(FieldAccess field, boolean orAbsent) implements Expr {
        @Override
        public boolean matches(Record record) {
            List<String> spellings = field.spellings(record);
            return spellings.isEmpty() ? orAbsent : spellings.get(0).isEmpty();
        }

        @Override
        public int cost() {
            return 1;
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
        public int cost() {
            return 10;
        }

        @Override
        public Needles needles(Writing writing) {
            return Needles.UNKNOWN;
        }
    }

    /**
     * True if the part of a date in the field passes the test.
     *
     * @param ofRecord whether the record's own time, in UTC, stands in for the field where it is absent
     */
    record Time(FieldAccess field, TimePart part, ValueTest test, boolean ofRecord) implements Expr {
        @Override
        public boolean matches(Record record) {
            List<String> dates = field.spellings(record);
            if (dates.isEmpty() && ofRecord) {
                return record.time().map(time -> test.matches(String.valueOf(part.of(time)))).orElse(false);
            }
            return dates.stream().map(part::of).anyMatch(p -> p.isPresent() && test.matches(String.valueOf(p.getAsInt())));
        }

        @Override
        public int cost() {
            return 10;
        }

        @Override
        public Needles needles(Writing writing) {
            return Needles.UNKNOWN;
        }
    }
}
