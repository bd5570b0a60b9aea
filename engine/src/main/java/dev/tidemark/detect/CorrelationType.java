package dev.tidemark.detect;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a correlation looks for. Source: Sigma correlation rules specification 2.1; the median is pySigma's. */
enum CorrelationType {
    /** So many events. */
    EVENT_COUNT,
    /** So many values of a field. */
    VALUE_COUNT,
    /** Events of several rules, in any order. */
    TEMPORAL,
    /** Events of several rules, in the order of the rules. */
    TEMPORAL_ORDERED,
    /** Numbers of a field, added up. */
    VALUE_SUM,
    VALUE_AVG,
    VALUE_MEDIAN,
    /** The share of a value among all, in percent; or the value below which such a share of the numbers lies. */
    VALUE_PERCENTILE;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<CorrelationType> named(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findAny();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(CorrelationType::word).toList();
    }

    boolean isTemporal() {
        return this == TEMPORAL || this == TEMPORAL_ORDERED;
    }

    boolean needsField() {
        return !isTemporal() && this != EVENT_COUNT;
    }

    /** True if the answer can be had while events come and go; the others need to see a whole time span. */
    boolean slides() {
        return this != VALUE_AVG && this != VALUE_MEDIAN && this != VALUE_PERCENTILE;
    }
}
