package dev.tidemark.detect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * A rule's {@code detection}, compiled for one source.
 *
 * @param columns the source's columns that the rule looks at, in the rule's order
 * @param missing fields of the rule that the source does not have
 * @param unused  selections that no condition names
 */
record Detection(Expr expr, Set<String> columns, Set<String> missing, Set<String> unused) {
    private static final String CONDITION = "condition";
    private static final String TIMEFRAME = "timeframe";

    static Detection compile(Yaml.Mapping detection, FieldMap.Fields fields, RuleContext context, LongAdder gaveUp) {
        Set<String> columns = new LinkedHashSet<>();
        Set<String> missing = new LinkedHashSet<>();
        Function<String, FieldAccess> resolver = name -> {
            FieldAccess access = fields.resolve(name).orElseGet(() -> {
                missing.add(name);
                return new FieldAccess.Column(name, false);
            });
            columns.addAll(access.columns());
            return access;
        };
        SelectionCompiler compiler = new SelectionCompiler(context, resolver, gaveUp);
        Map<String, Expr> selections = new LinkedHashMap<>();
        for (Yaml.Entry entry : detection.entries()) {
            if (entry.key().equals(TIMEFRAME)) {
                context.unsupported("'timeframe' of old rules; Sigma 2 says this with a correlation");
            } else if (!entry.key().equals(CONDITION)) {
                selections.put(entry.key(), compiler.compile(entry.value()));
            }
        }
        Set<String> used = new LinkedHashSet<>();
        Expr expr = conditions(detection, selections, used, context);
        Set<String> unused = new LinkedHashSet<>(selections.keySet());
        unused.removeAll(used);
        return new Detection(expr, columns, missing, unused);
    }

    private static Expr conditions(Yaml.Mapping detection, Map<String, Expr> selections, Set<String> used,
            RuleContext context) {
        List<Expr> any = new ArrayList<>();
        for (Yaml item : detection.get(CONDITION).map(Yaml::items).orElse(List.of())) {
            if (item instanceof Yaml.Text text && text.text().contains("|")) {
                context.unsupported("an aggregation in the condition; Sigma 2 says this with a correlation");
            } else if (item instanceof Yaml.Text text) {
                any.add(Condition.parse(text, selections, used, context));
            }
        }
        if (any.isEmpty() && context.unsupported().isEmpty()) {
            context.fault(detection.line(), "the detection has no condition");
        }
        return any.size() == 1 ? any.get(0) : new Expr.Or(List.copyOf(any));
    }
}
