package dev.tidemark.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/** Compiles one rule with a {@code detection} for every kind of record that its logsource means. */
final class RuleParser {
    private static final String SIGMA = "sigma";

    /** @param partly kinds of record that the rule is not run on although its logsource means them, and why */
    record Parsed(RuleInfo info, List<CompiledRule> forms, List<Obstacle> obstacles, List<String> partly) {}

    /** A rule compiled for one kind of record, before it is known whether all of it can run. */
    private record Form(String source, EventKey events, Detection detection, FieldMap.Fields fields) {}

    private final RuleFile file;
    private final FieldMap fieldMap;
    private final Placeholders placeholders;
    private final LongAdder gaveUp;

    RuleParser(RuleFile file, FieldMap fieldMap, Placeholders placeholders, LongAdder gaveUp) {
        this.file = file;
        this.fieldMap = fieldMap;
        this.placeholders = placeholders;
        this.gaveUp = gaveUp;
    }

    /** Empty after a fault that leaves nothing to compile. */
    Optional<Parsed> parse(RuleFile.Document document, List<RuleFilter> filters, Carried carried) {
        Optional<Yaml.Mapping> logsource = file.map(document.rule(), "logsource");
        Optional<Yaml.Mapping> detection = file.map(document.rule(), "detection");
        if (logsource.isEmpty() || detection.isEmpty()) {
            return Optional.empty();
        }
        RuleContext context = new RuleContext(file.name(), file.faults(), placeholders);
        Logsource wanted = Logsource.of(logsource.get());
        List<String> partly = new ArrayList<>();
        List<Form> forms = new ArrayList<>();
        List<RuleFilter> applied = filters.stream().filter(f -> f.appliesTo(document, wanted)).toList();
        List<Target> targets = inTaxonomy(document.rule(), fieldMap.targets(wanted), context);
        if (document.rule().text("status").filter("unsupported"::equals).isPresent()) {
            context.obstacle(Obstacle.Kind.UNSUPPORTED, "its status is 'unsupported'");
        }
        for (Target target : targets) {
            for (String source : target.sources()) {
                compile(document.rule(), detection.get(), applied, target, source, context, forms, partly);
            }
        }
        if (targets.isEmpty()) {
            // Compiled all the same: its faults are told, and a mapping file can give it records.
            Detection.compile(detection.get(), applied, FieldMap.Fields.OWN_NAMES, context, gaveUp);
            context.obstacle(Obstacle.Kind.NO_SOURCE, "no records of " + wanted + fieldMap.hint(wanted));
        } else if (forms.isEmpty()) {
            context.obstacle(Obstacle.Kind.NO_FIELD, String.join("; ", partly));
        }
        return Optional.of(parsed(document, context, forms, partly, carried));
    }

    /** A rule in other words than Sigma's is run if a mapping has the taxonomy's name. */
    private List<Target> inTaxonomy(Yaml.Mapping rule, List<Target> targets, RuleContext context) {
        String taxonomy = rule.text("taxonomy").orElse(SIGMA);
        if (taxonomy.equals(SIGMA)) {
            return targets;
        }
        if (!fieldMap.hasMapping(taxonomy)) {
            context.obstacle(Obstacle.Kind.NO_FIELD, "its fields have the names of the taxonomy '" + taxonomy
                    + "', and no mapping is called so");
        }
        return targets.stream().map(target -> target.withMapping(taxonomy)).toList();
    }

    private void compile(Yaml.Mapping rule, Yaml.Mapping detection, List<RuleFilter> filters, Target target,
            String source, RuleContext context, List<Form> forms, List<String> partly) {
        FieldMap.Fields fields = fieldMap.fields(target, source);
        Detection compiled = Detection.compile(detection, filters, fields, context, gaveUp);
        boolean ownNames = target.mapping().isEmpty();
        boolean written = rule.get("tidemark").isPresent();
        // A rule of ours is written for all its sources, and its examples show that it may do without the field there.
        // An event has the fields of its kind, but which of them a web log has is its owner's choice.
        boolean chosen = !ownNames && !source.equals(FieldMapReader.EVENT_LOG);
        Detection logged = chosen ? compiled.whereLogged() : compiled;
        Detection sure = written ? compiled : logged.whereCertain();
        if (!compiled.missing().isEmpty() && (ownNames || sure.expr().equals(Expr.NEVER))) {
            partly.add(target.shown(source) + " has no field " + String.join(", ", compiled.missing()));
            return;
        }
        Detection whole = sure.and(target.condition());
        forms.add(new Form(source, target.events().and(EventKey.of(whole.expr())), whole, fields));
    }

    private Parsed parsed(RuleFile.Document document, RuleContext context, List<Form> forms, List<String> partly,
            Carried carried) {
        List<String> sources = forms.stream().map(Form::source).distinct().toList();
        RuleInfo info = new RuleInfoReader(file.source(), file.sha256(), file.faults())
                .read(document.rule(), context.runs() ? sources : List.of());
        List<CompiledRule> compiled = new ArrayList<>();
        if (context.runs()) {
            forms.forEach(f -> compiled.add(
                    CompiledRule.of(info, f.source(), f.events(), f.detection(), f.fields(), carried)));
        }
        return new Parsed(info, List.copyOf(compiled), context.obstacles(), List.copyOf(partly));
    }
}
