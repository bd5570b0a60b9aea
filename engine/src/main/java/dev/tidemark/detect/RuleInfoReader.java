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
    /** Without these, a rule says something else; without others that matter, it is no rule at all. */
    private static final Set<String> WEIGHTY = Set.of("level", "tidemark");
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
        for (Yaml.Entry entry : rule.entries()) {
            key(entry, rule);
        }
        List<String> tags = rule.texts("tags").stream().map(t -> t.toLowerCase(Locale.ROOT)).toList();
        Yaml.Mapping ours = rule.map("tidemark").orElse(new Yaml.Mapping(List.of(), rule.line()));
        ours.entries().stream().filter(e -> !OURS.contains(e.key())).forEach(e -> faults.at(source.name(), e.line(),
                "unknown key 'tidemark." + e.key() + "'" + Nearest.hint(e.key(), OURS)));
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

    /** Sigma lets anybody add keys, so an unknown one is a fault only where it changes what the rule says. */
    private void key(Yaml.Entry entry, Yaml.Mapping rule) {
        if (KEYS.contains(entry.key())) {
            return;
        }
        String hint = Nearest.hint(entry.key(), KEYS);
        boolean misspelt = WEIGHTY.stream().anyMatch(k -> rule.get(k).isEmpty() && hint.contains("'" + k + "'"));
        if (misspelt) {
            faults.at(source.name(), entry.line(), "unknown key '" + entry.key() + "'" + hint);
        } else {
            faults.note(source.name(), entry.line(), "the key '" + entry.key() + "' is none of Sigma's" + hint);
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
