package dev.tidemark.detect;

import java.util.Set;

/**
 * What the matches of a rule carry for the correlations that rest on it.
 *
 * @param rule   the rule's key, by which correlations know it; empty if none rests on it
 * @param fields by the names that the correlations use in records of this rule
 * @param stands whether a match is a finding of its own, too
 */
record Carried(String rule, Set<String> fields, boolean stands) {
    /** No correlation rests on the rule. */
    static final Carried NOTHING = new Carried("", Set.of(), true);

    Carried {
        fields = Set.copyOf(fields);
    }
}
