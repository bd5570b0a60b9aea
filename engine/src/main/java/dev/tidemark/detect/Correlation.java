package dev.tidemark.detect;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A correlation rule.
 *
 * @param key        by which other correlations know it
 * @param references of the rules that it rests on, ids or names, in their order
 * @param rules      their keys, in the same order
 * @param groupBy    fields whose values have to be the same in all events of a match
 * @param aliases    field → key of a rule → what the field is called in the events of that rule
 * @param generate   whether the rules that it rests on are findings of their own, too
 */
record Correlation(String key, RuleInfo info, CorrelationType type, List<String> references, List<String> rules,
        List<String> groupBy, Map<String, Map<String, String>> aliases, Duration timespan,
        CorrelationCondition condition, boolean generate) {
    Correlation {
        references = List.copyOf(references);
        rules = List.copyOf(rules);
        groupBy = List.copyOf(groupBy);
        aliases = Map.copyOf(aliases);
    }

    /** What the correlation's {@code field} is called in the events of one of its rules. */
    String fieldIn(String rule, String field) {
        return aliases.getOrDefault(field, Map.of()).getOrDefault(rule, field);
    }
}
