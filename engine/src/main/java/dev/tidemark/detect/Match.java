package dev.tidemark.detect;

import java.util.Map;
import java.util.Optional;

/**
 * A rule that holds for a record.
 *
 * @param fields raw values of what the rule looks at and keeps, where present
 * @param stands whether it is a finding of its own; if not, it only feeds correlations
 * @param feed   what correlations need of it; empty if none rests on the rule
 */
public record Match(RuleInfo rule, Map<String, String> fields, String sentence, boolean stands, Optional<Feed> feed) {
    /**
     * @param rule   by which correlations know the rule
     * @param values of the fields that they group by or count, by name; a field that the record lacks is left out
     */
    public record Feed(String rule, Map<String, String> values) {
        public Feed {
            values = Map.copyOf(values);
        }
    }
}
