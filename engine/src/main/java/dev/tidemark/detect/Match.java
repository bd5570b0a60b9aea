package dev.tidemark.detect;

import java.util.Map;

/** A rule that holds for a record. @param fields raw values of what the rule looks at and keeps, where present */
public record Match(RuleInfo rule, Map<String, String> fields, String sentence) {}
