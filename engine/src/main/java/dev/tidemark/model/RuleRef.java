package dev.tidemark.model;

/**
 * A rule that took part in a run, with what the report says of it.
 *
 * @param rule        file name
 * @param sha256      of the rule file
 * @param description why it matters, in the rule's words
 * @param falsePositives what else can look like it
 */
public record RuleRef(String rule, String id, String title, Severity level, String sha256, String description,
        java.util.List<String> falsePositives, java.util.List<String> references) {
    public RuleRef {
        falsePositives = java.util.List.copyOf(falsePositives);
        references = java.util.List.copyOf(references);
    }
}
