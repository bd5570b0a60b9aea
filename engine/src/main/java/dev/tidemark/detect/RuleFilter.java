package dev.tidemark.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * A Sigma filter: a condition that other rules have to meet as well, so that an organisation can quieten rules without
 * changing them ({@code condition: not selection}).
 *
 * <p>Source: Sigma filters specification 2.1; that the condition is added with {@code and}: SigmaHQ's documentation of
 * filters.
 *
 * @param rules     ids or names; empty: every rule of the logsource
 * @param detection selections and condition
 */
record RuleFilter(String file, Logsource logsource, List<String> rules, Yaml.Mapping detection) {
    private static final String RULES = "rules";
    private static final Set<String> EVERY = Set.of("any", "all");

    /** Empty after a fault, which then is in the file's faults. */
    static Optional<RuleFilter> read(RuleFile file, RuleFile.Document document, LongAdder gaveUp) {
        Optional<Yaml.Mapping> logsource = file.map(document.rule(), "logsource");
        Optional<Yaml.Mapping> filter = file.map(document.rule(), "filter");
        if (logsource.isEmpty() || filter.isEmpty()) {
            return Optional.empty();
        }
        List<String> rules = filter.get().texts(RULES);
        if (filter.get().get(RULES).isEmpty()) {
            file.faults().at(file.name(), filter.get().line(), "the filter does not say which 'rules': ids, names or any");
        }
        boolean every = rules.size() == 1 && EVERY.contains(rules.get(0).toLowerCase(Locale.ROOT));
        List<Yaml.Entry> rest = new ArrayList<>(filter.get().entries());
        rest.removeIf(entry -> entry.key().equals(RULES));
        Yaml.Mapping detection = new Yaml.Mapping(List.copyOf(rest), filter.get().line());
        Detection.compile(detection, List.of(), FieldMap.Fields.OWN_NAMES,
                new RuleContext(file.name(), file.faults(), Placeholders.NONE), gaveUp);
        return Optional.of(new RuleFilter(file.name(), Logsource.of(logsource.get()), every ? List.of() : rules,
                detection));
    }

    boolean appliesTo(RuleFile.Document document, Logsource ofRule) {
        return logsource.covers(ofRule) && (rules.isEmpty() || rules.stream().anyMatch(document::isCalled));
    }

    /** True if the condition takes nothing away: most who write so mean the contrary. */
    boolean onlyKeeps() {
        return detection.texts("condition").stream().noneMatch(c -> c.matches("(?is).*\\bnot\\b.*"));
    }
}
