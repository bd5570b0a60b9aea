package dev.tidemark.detect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a correlation rule. Source: Sigma correlation rules specification 2.1. */
final class CorrelationParser {
    private static final Set<String> KEYS = Set.of("type", "rules", "aliases", "group-by", "timespan", "condition",
            "generate");
    private static final Pattern TIMESPAN = Pattern.compile("([1-9][0-9]{0,8})([smhdwMy])");
    private static final Map<String, Duration> UNITS = Map.of("s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1), "d", Duration.ofDays(1), "w", Duration.ofDays(7), "M", Duration.ofDays(30),
            "y", Duration.ofDays(365));

    private final RuleFile file;
    /** A reference → the key of the rule that it means, or the reference itself if no rule is called so. */
    private final Function<String, String> keyOf;

    CorrelationParser(RuleFile file, Function<String, String> keyOf) {
        this.file = file;
        this.keyOf = keyOf;
    }

    /** Empty after a fault that leaves nothing to run. */
    Optional<Correlation> read(RuleFile.Document document) {
        Optional<Yaml.Mapping> found = file.map(document.rule(), "correlation");
        RuleInfo info = new RuleInfoReader(file.source(), file.sha256(), file.faults()).read(document.rule(), List.of());
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Yaml.Mapping map = found.get();
        map.entries().stream().filter(e -> !KEYS.contains(e.key())).forEach(e -> fault(e.line(),
                "unknown key 'correlation." + e.key() + "'" + Nearest.hint(e.key(), KEYS)));
        Optional<CorrelationType> type = CorrelationType.named(map.text("type").orElse(""));
        if (type.isEmpty()) {
            fault(map.get("type").map(Yaml::line).orElse(map.line()), "the correlation has no known 'type': one of "
                    + String.join(", ", CorrelationType.words()));
        }
        List<String> references = map.texts("rules");
        if (references.isEmpty()) {
            fault(map.line(), "the correlation names no 'rules'");
        }
        Optional<Duration> timespan = timespan(map);
        Optional<CorrelationCondition> condition = type.flatMap(t -> condition(map, t, references));
        if (type.isEmpty() || references.isEmpty() || timespan.isEmpty() || condition.isEmpty()) {
            return Optional.empty();
        }
        boolean generate = map.text("generate").or(() -> document.rule().text("generate")).filter("true"::equals)
                .isPresent();
        return Optional.of(new Correlation(document.key(), info, type.get(), references,
                references.stream().map(keyOf).toList(), map.texts("group-by"), aliases(map), timespan.get(),
                condition.get(), generate));
    }

    private void fault(int line, String message) {
        file.faults().at(file.name(), line, message);
    }

    private Optional<Duration> timespan(Yaml.Mapping map) {
        Matcher matcher = TIMESPAN.matcher(map.text("timespan").orElse(""));
        if (!matcher.matches()) {
            fault(map.get("timespan").map(Yaml::line).orElse(map.line()),
                    "the correlation has no 'timespan' of the form 30s, 10m, 2h or 7d");
            return Optional.empty();
        }
        return Optional.of(UNITS.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1))));
    }

    private Map<String, Map<String, String>> aliases(Yaml.Mapping map) {
        Map<String, Map<String, String>> aliases = new HashMap<>();
        for (Yaml.Entry alias : map.map("aliases").map(Yaml.Mapping::entries).orElse(List.of())) {
            Map<String, String> names = new HashMap<>();
            if (alias.value() instanceof Yaml.Mapping byRule) {
                for (Yaml.Entry rule : byRule.entries()) {
                    byRule.text(rule.key()).ifPresentOrElse(field -> names.put(keyOf.apply(rule.key()), field),
                            () -> fault(rule.line(), "an alias names one field for each rule"));
                }
            } else {
                fault(alias.line(), "an alias is a map of rules and their fields");
            }
            aliases.put(alias.key(), Map.copyOf(names));
        }
        return aliases;
    }

    private Optional<CorrelationCondition> condition(Yaml.Mapping map, CorrelationType type, List<String> references) {
        Optional<Yaml> given = map.get("condition");
        if (given.isEmpty() && type.isTemporal()) {
            long different = references.stream().distinct().count();
            return Optional.of(new CorrelationCondition(
                    List.of(new CorrelationCondition.Bound(CorrelationCondition.Operator.GTE, different)), List.of(),
                    OptionalDouble.empty(), Optional.empty()));
        }
        if (given.isPresent() && given.get() instanceof Yaml.Text logic && type == CorrelationType.TEMPORAL) {
            return logic(logic, references);
        }
        if (given.isPresent() && given.get() instanceof Yaml.Mapping bounds) {
            return bounds(bounds, type);
        }
        fault(given.map(Yaml::line).orElse(map.line()), "a correlation of type " + type.word()
                + " needs a 'condition' such as gte: 10");
        return Optional.empty();
    }

    /** Which rules have to match, said with and, or and not: an extension that pySigma knows, too. */
    private Optional<CorrelationCondition> logic(Yaml.Text text, List<String> references) {
        Map<String, RuleLogic> names = new LinkedHashMap<>();
        references.forEach(reference -> names.put(reference, RuleLogic.is(reference)));
        RuleContext context = new RuleContext(file.name(), file.faults(), Placeholders.NONE);
        return Condition.parse(text, names, RuleLogic.Algebra.ONLY, new LinkedHashSet<>(), context)
                .map(logic -> new CorrelationCondition(List.of(), List.of(), OptionalDouble.empty(), Optional.of(logic)));
    }

    private Optional<CorrelationCondition> bounds(Yaml.Mapping map, CorrelationType type) {
        List<CorrelationCondition.Bound> bounds = new ArrayList<>();
        OptionalDouble percentile = OptionalDouble.empty();
        for (Yaml.Entry entry : map.entries()) {
            if (entry.key().equals("field")) {
                continue;
            }
            OptionalDouble number = number(map, entry);
            if (entry.key().equals("percentile") && type == CorrelationType.VALUE_PERCENTILE) {
                percentile = number;
            } else if (number.isPresent()) {
                operator(entry).ifPresent(o -> bounds.add(new CorrelationCondition.Bound(o, number.getAsDouble())));
            }
        }
        List<String> fields = map.texts("field");
        if (bounds.isEmpty()) {
            fault(map.line(), "the condition compares with no number");
        }
        if (type.needsField() == fields.isEmpty()) {
            fault(map.line(), "a correlation of type " + type.word()
                    + (fields.isEmpty() ? " needs a 'field' in its condition" : " takes no 'field'"));
        }
        return bounds.isEmpty() || type.needsField() == fields.isEmpty() ? Optional.empty()
                : Optional.of(new CorrelationCondition(bounds, fields, percentile, Optional.empty()));
    }

    private Optional<CorrelationCondition.Operator> operator(Yaml.Entry entry) {
        for (CorrelationCondition.Operator each : CorrelationCondition.Operator.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(entry.key())) {
                return Optional.of(each);
            }
        }
        fault(entry.line(), "unknown comparison '" + entry.key() + "': one of gt, gte, lt, lte, eq, neq");
        return Optional.empty();
    }

    private OptionalDouble number(Yaml.Mapping map, Yaml.Entry entry) {
        String text = map.text(entry.key()).orElse("");
        if (!text.matches("-?[0-9]{1,15}(\\.[0-9]{1,9})?")) {
            fault(entry.line(), "'" + entry.key() + "' needs a number, found '" + text + "'");
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Double.parseDouble(text));
    }
}
