package dev.tidemark.detect;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A condition over the rules of a temporal correlation, such as {@code a and (b or not c)}.
 *
 * @param holds     asked with the references of the rules that matched
 * @param onlyGrows one more rule that matched never makes it false
 */
record RuleLogic(Predicate<Set<String>> holds, boolean onlyGrows) {
    static RuleLogic is(String reference) {
        return new RuleLogic(matched -> matched.contains(reference), true);
    }

    /** How conditions over rules are put together. */
    enum Algebra implements Condition.Algebra<RuleLogic> {
        ONLY;

        @Override
        public RuleLogic and(List<RuleLogic> parts) {
            return new RuleLogic(matched -> parts.stream().allMatch(p -> p.holds.test(matched)), allGrow(parts));
        }

        @Override
        public RuleLogic or(List<RuleLogic> parts) {
            return new RuleLogic(matched -> parts.stream().anyMatch(p -> p.holds.test(matched)), allGrow(parts));
        }

        @Override
        public RuleLogic not(RuleLogic part) {
            return new RuleLogic(part.holds.negate(), false);
        }

        private static boolean allGrow(List<RuleLogic> parts) {
            return parts.stream().allMatch(RuleLogic::onlyGrows);
        }
    }
}
