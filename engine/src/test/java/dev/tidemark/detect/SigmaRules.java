package dev.tidemark.detect;

import dev.tidemark.read.Record;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Loads rules that stand in a test. */
final class SigmaRules {
    private static final FieldMap FIELDS = FieldMap.bundled();

    private SigmaRules() {}

    static RuleSource file(String name, String yaml) {
        return new RuleSource("rules/" + name, yaml.getBytes(StandardCharsets.UTF_8));
    }

    static RuleSet load(String yaml) throws RuleException {
        return RuleSet.load(List.of(file("t.yml", yaml)), FIELDS);
    }

    /** A rule for any event of Windows. @param detection lines, not indented */
    static String rule(String detection) {
        return "title: t\nlogsource: {product: windows}\ndetection:\n" + detection.indent(2);
    }

    /** The faults of a rule that must have some. */
    static List<String> faults(String yaml) {
        try {
            load(yaml);
            return List.of();
        } catch (RuleException e) {
            return e.faults();
        }
    }

    static boolean hits(RuleSet rules, Record record) {
        List<Match> matches = new ArrayList<>();
        rules.evaluate(record, matches::add);
        return !matches.isEmpty();
    }
}
