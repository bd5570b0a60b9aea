package dev.tidemark.detect.content;

import java.util.Optional;

/** What a term comes to: a number, a text, a truth, or nothing that can be told. */
sealed interface YaraValue {
    YaraValue UNDEFINED = new Undefined();
    YaraValue TRUE = new Truth(true);
    YaraValue FALSE = new Truth(false);

    record Undefined() implements YaraValue {}

    record Truth(boolean holds) implements YaraValue {}

    record Whole(long number) implements YaraValue {}

    record Real(double number) implements YaraValue {}

    record Text(String characters) implements YaraValue {}

    static YaraValue of(boolean holds) {
        return holds ? TRUE : FALSE;
    }

    static YaraValue of(long number) {
        return new Whole(number);
    }

    /** A number other than zero and a text that is not empty hold; what is undefined does not. */
    default boolean holds() {
        if (this instanceof Truth truth) {
            return truth.holds();
        }
        if (this instanceof Whole whole) {
            return whole.number() != 0;
        }
        return this instanceof Real real ? real.number() != 0 : this instanceof Text text && !text.characters().isEmpty();
    }

    default Optional<Long> whole() {
        if (this instanceof Whole whole) {
            return Optional.of(whole.number());
        }
        return this instanceof Truth truth ? Optional.of(truth.holds() ? 1L : 0L) : Optional.empty();
    }

    default Optional<Double> real() {
        return this instanceof Real real ? Optional.of(real.number()) : whole().map(Long::doubleValue);
    }

    default Optional<String> text() {
        return this instanceof Text text ? Optional.of(text.characters()) : Optional.empty();
    }
}
