package dev.tidemark.detect;

import dev.tidemark.model.Outcome;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a rule says of itself, whatever kind of rule it is. Source: Sigma rules specification 2.1. */
final class RuleInfoReader {
    private static final Set<String> KEYS = Set.of("title", "id", "name", "taxonomy", "related", "status", "description",
            "license", "references", "author", "date", "modified", "logsource", "detection", "fields",
            "falsepositives", "level", "tags", "scope", "correlation", "filter", "generate", "tidemark", "simulation",
            "regression_tests_path");
    private static final Set<String> OURS = Set.of("stage", "outcome", "sentence", "fields");
    private static final Pattern CVE = Pattern.compile("cve\\.(\\d{4})[.-](\\d+)");
    private static final Pattern TECHNIQUE = Pattern.compile("attack\\.(t\\d{4}(\\.\\d{3})?)");

    private final RuleSource source;
    private final String sha256;
    private final Faults faults;

    RuleInfoReader(RuleSource source, String sha256, Faults faults) {
        this.source = source;
        this.sha256 = sha256;
        this.faults = faults;
    }

    /** @param sources kinds of record that the rule runs on */
    RuleInfo read(Yaml.Mapping rule, List<String> sources) {
        knownKeys(rule, "", KEYS);
        List<String> tags = rule.texts("tags").stream().map(t -> t.toLowerCase(Locale.ROOT)).toList();
        Yaml.Mapping ours = rule.map("tidemark").orElse(new Yaml.Mapping(List.of(), rule.line()));
        knownKeys(ours, "tidemark.", OURS);
        String title = rule.text("title").orElse("");
        if (title.isEmpty()) {
            faults.at(source.name(), rule.line(), "the rule has no title");
        }
        return new RuleInfo(source.fileName(), rule.text("id").orElse(""), title,
                rule.text("description").orElse("").strip(),
                word(rule, "level", Severity::of, Severity.MEDIUM), word(ours, "stage", Stage::of, stageOf(tags)),
                word(ours, "outcome", Outcome::of, Outcome.UNKNOWN),
                found(tags, CVE, m -> "CVE-" + m.group(1) + "-" + m.group(2)),
                found(tags, TECHNIQUE, m -> m.group(1).toUpperCase(Locale.ROOT)), rule.texts("falsepositives"),
                rule.texts("references"), ours.text("sentence").orElse(title), ours.texts("fields"), sources, sha256);
    }

    private void knownKeys(Yaml.Mapping map, String prefix, Set<String> keys) {
        for (Yaml.Entry entry : map.entries()) {
            // Sigma's specification lets anybody add keys of their own to a rule under x-
            if (!keys.contains(entry.key()) && !entry.key().startsWith("x-")) {
                faults.at(source.name(), entry.line(),
                        "unknown key '" + prefix + entry.key() + "'" + Nearest.hint(entry.key(), keys));
            }
        }
    }

    private <T> T word(Yaml.Mapping map, String key, Function<String, Optional<T>> words, T none) {
        Optional<String> text = map.text(key);
        if (text.isEmpty()) {
            return none;
        }
        Optional<T> value = words.apply(text.get());
        if (value.isEmpty()) {
            faults.at(source.name(), map.get(key).map(Yaml::line).orElse(1),
                    "'" + text.get() + "' is no " + key);
        }
        return value.orElse(none);
    }

    private static List<String> found(List<String> tags, Pattern form,
            Function<Matcher, String> write) {
        return tags.stream().map(form::matcher).filter(Matcher::matches).map(write).toList();
    }

    /** Where a rule without our block belongs, by its ATT&amp;CK tags. */
    private static Stage stageOf(List<String> tags) {
        if (tags.contains("attack.t1505.003")) {
            return Stage.WEBSHELL;
        } else if (tags.contains("attack.initial-access")) {
            return Stage.EXPLOIT;
        } else if (tags.contains("attack.reconnaissance")) {
            return Stage.PROBE;
        } else if (tags.contains("attack.persistence")) {
            return Stage.PERSISTENCE;
        } else if (tags.contains("attack.collection") || tags.contains("attack.exfiltration")) {
            return Stage.COLLECTION;
        }
        return tags.contains("attack.impact") ? Stage.IMPACT : Stage.POST_EXPLOITATION;
    }
}
