package dev.tidemark.model;

import java.time.Instant;
import java.util.List;

/** What was run, with what, over what: enough to run it again and to prove what was read. */
public record RunInfo(String version, Instant started, Instant finished, List<String> arguments, List<RuleRef> rules,
        String rulesHash, List<InputFile> inputs, List<Skipped> skipped) {
    public RunInfo {
        arguments = List.copyOf(arguments);
        rules = List.copyOf(rules);
        inputs = List.copyOf(inputs);
        skipped = List.copyOf(skipped);
    }
}
