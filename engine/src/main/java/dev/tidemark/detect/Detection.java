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

    /** @param filters whose conditions have to hold as well */
    static Detection compile(Yaml.Mapping detection, List<RuleFilter> filters, FieldMap.Fields fields,
            RuleContext context, LongAdder gaveUp) {
        Detection compiled = compile(detection, fields, context, gaveUp);
        for (RuleFilter filter : filters) {
            // The filter's own faults were told when it was read.
            RuleContext own = new RuleContext(filter.file(), new Faults(), context.placeholders());
            Detection added = compile(filter.detection(), fields, own, gaveUp);
            own.obstacles().forEach(o -> context.obstacle(o.kind(), o.text() + " (of the filter " + filter.file() + ")"));
            Set<String> missing = new LinkedHashSet<>(compiled.missing);
            missing.addAll(added.missing);
            compiled = new Detection(compiled.and(added.expr).expr, compiled.columns, missing, compiled.unused);
        }
        return compiled;
    }

    private static Detection compile(Yaml.Mapping detection, FieldMap.Fields fields, RuleContext context,
            LongAdder gaveUp) {
        Set<String> columns = new LinkedHashSet<>();
        Set<String> missing = new LinkedHashSet<>();
        Function<String, FieldAccess> resolver = name -> {
            FieldAccess access = fields.resolve(name).orElseGet(() -> {
                missing.add(name);
                return new FieldAccess.Absent(name);
            });
            columns.addAll(access.columns());
            return access;
        };
        SelectionCompiler compiler = new SelectionCompiler(context, resolver, gaveUp);
        Map<String, Expr> selections = new LinkedHashMap<>();
        for (Yaml.Entry entry : detection.entries()) {
            if (entry.key().equals(TIMEFRAME)) {
                context.obstacle(Obstacle.Kind.OLD_SYNTAX, "'timeframe' in line " + entry.line());
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
        boolean old = false;
        for (Yaml item : detection.get(CONDITION).map(Yaml::items).orElse(List.of())) {
            if (item instanceof Yaml.Text text && text.text().contains("|")) {
                context.obstacle(Obstacle.Kind.OLD_SYNTAX, "an aggregation in the condition in line " + text.line());
                old = true;
            } else if (item instanceof Yaml.Text text) {
                any.add(Condition.parse(text, selections, Expr.Algebra.ONLY, used, context).orElse(Expr.NEVER));
            }
        }
        if (any.isEmpty() && !old) {
            context.fault(detection.line(), "the detection has no condition");
        }
        return any.size() == 1 ? any.get(0) : new Expr.Or(List.copyOf(any));
    }

    /** The same, only where fields that the source does not have could not change the answer, whatever they held. */
    Detection whereCertain() {
        return missing.isEmpty() ? this : new Detection(expr.certain(false), columns, missing, unused);
    }

    /** The same for a log that need not have all columns that it could have. */
    Detection whereLogged() {
        return new Detection(expr.whereLogged(false), columns, missing, unused);
    }

    /** The same, where {@code more} holds, too. */
    Detection and(Expr more) {
        boolean always = more.equals(Expr.ALWAYS);
        return always ? this : new Detection(new Expr.And(List.of(more, expr)), columns, missing, unused);
    }
}
