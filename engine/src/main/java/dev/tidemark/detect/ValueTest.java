package dev.tidemark.detect;

import java.util.List;

/** Asks something of one spelling of a value. */
interface ValueTest {
    boolean matches(String value);

    /** What has to stand in a record's bytes for this to match. */
    Needles needles(Writing writing);

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
        public Needles needles(Writing writing) {
            return Needles.either(tests.stream().map(test -> test.needles(writing)).toList());
        }
    }

    /** Compares as numbers; a value that is none does not match. */
    record Number(Comparison comparison, double bound) implements ValueTest {
        @Override
        public boolean matches(String value) {
            if (value.isEmpty() || value.length() > 40) {
                return false;
            }
            try {
                return comparison.holds(Double.compare(Double.parseDouble(value.strip()), bound));
            } catch (NumberFormatException noNumber) {
                return false;
            }
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
