package dev.tidemark.detect;

import dev.tidemark.model.Outcome;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;

/** Reads one document of a rule file. Source: Sigma Rules Specification 2.1. */
final class RuleParser {
    private static final Set<String> KEYS = Set.of("title", "id", "name", "taxonomy", "related", "status", "description",
            "license", "references", "author", "date", "modified", "logsource", "detection", "fields",
            "falsepositives", "level", "tags", "scope", "correlation", "filter", "generate", "tidemark", "simulation",
            "regression_tests_path");
    private static final Set<String> OURS = Set.of("stage", "outcome", "sentence", "fields");
    private static final Pattern CVE = Pattern.compile("cve\\.(\\d{4})[.-](\\d+)");
    private static final Pattern TECHNIQUE = Pattern.compile("attack\\.(t\\d{4}(\\.\\d{3})?)");

    /** A rule with its forms for each source, and why it cannot run if it cannot. */
    record Parsed(RuleInfo info, List<CompiledRule> forms, List<String> unsupported) {}

    private final RuleSource source;
    private final FieldMap fieldMap;
    private final Faults faults;
    private final LongAdder gaveUp;
    private final String sha256;

    RuleParser(RuleSource source, FieldMap fieldMap, Faults faults, LongAdder gaveUp, String sha256) {
        this.source = source;
        this.fieldMap = fieldMap;
        this.faults = faults;
        this.gaveUp = gaveUp;
        this.sha256 = sha256;
    }

    Optional<Parsed> parse(Yaml document) {
        if (!(document instanceof Yaml.Mapping rule)) {
            faults.at(source.name(), document.line(), "a rule is a map of keys");
            return Optional.empty();
        }
        for (Yaml.Entry entry : rule.entries()) {
            if (!KEYS.contains(entry.key()) && !entry.key().startsWith("x-")) {
                faults.at(source.name(), entry.line(),
                        "unknown key '" + entry.key() + "'" + Nearest.hint(entry.key(), KEYS));
            }
        }
        RuleContext context = new RuleContext(source.name(), faults);
        if (rule.get("correlation").isPresent() || rule.get("filter").isPresent()) {
            context.unsupported("correlations and filters are not evaluated yet");
            return Optional.of(new Parsed(info(rule, List.of()), List.of(), List.copyOf(context.unsupported())));
        }
        Optional<Yaml.Mapping> logsource = mapping(rule, "logsource");
        Optional<Yaml.Mapping> detection = mapping(rule, "detection");
        if (logsource.isEmpty() || detection.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(compile(rule, logsource.get(), detection.get(), context));
    }

    private Parsed compile(Yaml.Mapping rule, Yaml.Mapping logsource, Yaml.Mapping detection, RuleContext context) {
        Logsource wanted = Logsource.of(logsource);
        List<Target> targets = fieldMap.targets(wanted);
        if (targets.isEmpty()) {
            Detection.compile(detection, FieldMap.Fields.OWN_NAMES, context, gaveUp);
            context.unsupported("no source yet for " + wanted);
            return new Parsed(info(rule, List.of()), List.of(), List.copyOf(context.unsupported()));
        }
        List<String> without = new ArrayList<>();
        List<Form> forms = new ArrayList<>();
        for (Target target : targets) {
            for (String each : target.sources()) {
                Detection compiled = Detection.compile(detection, fieldMap.fields(target, each), context, gaveUp);
                if (compiled.missing().isEmpty()) {
                    forms.add(new Form(each, target.events().and(EventKey.of(compiled.expr())), compiled));
                } else {
                    without.add(target.shown(each) + " has no field " + String.join(", ", compiled.missing()));
                }
            }
        }
        if (forms.isEmpty()) {
            context.unsupported(String.join("; ", without));
        }
        boolean runs = context.unsupported().isEmpty();
        RuleInfo info = info(rule, runs ? forms.stream().map(Form::source).distinct().toList() : List.of());
        return new Parsed(info, !runs ? List.of() : forms.stream()
                .map(form -> new CompiledRule(info, form.source(), form.events(), form.detection())).toList(),
                List.copyOf(context.unsupported()));
    }

    /** A rule compiled for one kind of record, before it is known whether all of it can run. */
    private record Form(String source, EventKey events, Detection detection) {}

    private Optional<Yaml.Mapping> mapping(Yaml.Mapping rule, String key) {
        Optional<Yaml> value = rule.get(key);
        if (value.isPresent() && value.get() instanceof Yaml.Mapping map) {
            return Optional.of(map);
        }
        faults.at(source.name(), value.map(Yaml::line).orElse(rule.line()), "the rule has no map '" + key + "'");
        return Optional.empty();
    }

    private RuleInfo info(Yaml.Mapping rule, List<String> sources) {
        List<String> tags = rule.texts("tags").stream().map(t -> t.toLowerCase(Locale.ROOT)).toList();
        Yaml.Mapping ours = rule.get("tidemark").filter(Yaml.Mapping.class::isInstance)
                .map(Yaml.Mapping.class::cast).orElse(new Yaml.Mapping(List.of(), rule.line()));
        for (Yaml.Entry entry : ours.entries()) {
            if (!OURS.contains(entry.key())) {
                faults.at(source.name(), entry.line(),
                        "unknown key 'tidemark." + entry.key() + "'" + Nearest.hint(entry.key(), OURS));
            }
        }
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

    private <T> T word(Yaml.Mapping map, String key, java.util.function.Function<String, Optional<T>> words, T none) {
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
            java.util.function.Function<java.util.regex.Matcher, String> write) {
        return tags.stream().map(form::matcher).filter(java.util.regex.Matcher::matches).map(write).toList();
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
