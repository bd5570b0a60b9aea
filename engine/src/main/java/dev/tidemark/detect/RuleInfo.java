package dev.tidemark.detect;

import dev.tidemark.model.Outcome;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Stage;
import java.util.List;

/**
 * What a rule says of itself.
 *
 * @param file     file name
 * @param sentence for the report, with {@code {Field}} where a value goes
 * @param keep     fields that a finding keeps beside those that the rule looks at
 * @param sources  kinds of record that it runs on; empty if none is read
 */
public record RuleInfo(String file, String id, String title, String description, Severity level, Stage stage,
        Outcome outcome, List<String> cves, List<String> techniques, List<String> falsePositives,
        List<String> references, String sentence, List<String> keep, List<String> sources, String sha256) {
    public RuleInfo {
        cves = List.copyOf(cves);
        techniques = List.copyOf(techniques);
        falsePositives = List.copyOf(falsePositives);
        references = List.copyOf(references);
        keep = List.copyOf(keep);
        sources = List.copyOf(sources);
    }

    /** The same rule, run on other kinds of record. */
    RuleInfo on(List<String> newSources) {
        return new RuleInfo(file, id, title, description, level, stage, outcome, cves, techniques, falsePositives,
                references, sentence, keep, newSources, sha256);
    }
}
