package dev.tidemark.detect;

import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Asks something of one spelling of a value. */
interface ValueTest {
    boolean matches(String value);

    /** What has to stand in a record's bytes for this to match. */
    Needles needles(Writing writing);

    /** As {@link Expr#cost}. */
    int cost();

    /** Matches if one of {@code tests} does. */
    record AnyOf(List<ValueTest> tests) implements ValueTest {
        @Override
        public boolean matches(String value) {
            for (ValueTest test : tests) {
                if (test.matches(value)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public int cost() {
            return tests.stream().mapToInt(ValueTest::cost).sum();
        }

        @Override
        public Needles needles(Writing writing) {
            return Needles.either(tests.stream().map(test -> test.needles(writing)).toList());
        }
    }

    /** Compares as numbers, decimal or {@code 0x…} as Windows writes some; a value that is none does not match. */
    record Number(Comparison comparison, double bound) implements ValueTest {
        private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]{1,30}(\\.[0-9]{1,30})?");
        private static final Pattern HEX = Pattern.compile("0[xX][0-9a-fA-F]{1,15}");

        /** Empty if the text is no number. */
        static OptionalDouble parse(String written) {
            String text = written.strip();
            if (HEX.matcher(text).matches()) {
                return OptionalDouble.of(Long.parseLong(text.substring(2), 16));
            }
            return DECIMAL.matcher(text).matches() ? OptionalDouble.of(Double.parseDouble(text)) : OptionalDouble.empty();
        }

        @Override
        public boolean matches(String value) {
            OptionalDouble number = parse(value);
            return number.isPresent() && comparison.holds(Double.compare(number.getAsDouble(), bound));
        }

        @Override
        public int cost() {
            return 4;
        }

        @Override
        public Needles needles(Writing writing) {
            return Needles.UNKNOWN;
        }
    }

    /** How a number stands to another. */
    enum Comparison {
        EQUAL, GT, GTE, LT, LTE;

        boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case GT -> order > 0;
                case GTE -> order >= 0;
                case LT -> order < 0;
                case LTE -> order <= 0;
            };
        }
    }
}
