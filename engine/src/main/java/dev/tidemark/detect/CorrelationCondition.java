package dev.tidemark.detect;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a correlation asks of the events of a time span.
 *
 * @param bounds     all have to hold
 * @param fields     whose values are counted or summed up; empty where events are counted
 * @param percentile of the values, from 0 to 100, that the bounds are for; empty where none is asked for
 * @param rules      which of the rules have to have matched, if that is asked by a condition over them
 */
record CorrelationCondition(List<Bound> bounds, List<String> fields, OptionalDouble percentile,
        Optional<RuleLogic> rules) {
    CorrelationCondition {
        bounds = List.copyOf(bounds);
        fields = List.copyOf(fields);
    }

    boolean holds(double value) {
        return bounds.stream().allMatch(bound -> bound.holds(value));
    }

    /** True if more events never make it false: then the first moment at which it holds is the answer. */
    boolean onlyGrows() {
        return rules.map(RuleLogic::onlyGrows)
                .orElse(bounds.stream().allMatch(b -> b.operator() == Operator.GT || b.operator() == Operator.GTE));
    }

    /** How a value stands to a bound. */
    enum Operator { GT, GTE, LT, LTE, EQ, NEQ }

    /** One line of the condition. */
    record Bound(Operator operator, double bound) {
        boolean holds(double value) {
            return switch (operator) {
                case GT -> value > bound;
                case GTE -> value >= bound;
                case LT -> value < bound;
                case LTE -> value <= bound;
                case EQ -> value == bound;
                case NEQ -> value != bound;
            };
        }
    }
}
