package dev.tidemark.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** Compiles one named part of a rule's {@code detection}: a map of fields, a list of such maps, or keywords. */
final class SelectionCompiler {
    private final RuleContext context;
    private final Function<String, FieldAccess> resolver;
    private final ValueCompiler values;

    SelectionCompiler(RuleContext context, Function<String, FieldAccess> resolver, LongAdder gaveUp) {
        this.context = context;
        this.resolver = resolver;
        this.values = new ValueCompiler(context, gaveUp);
    }

    Expr compile(Yaml selection) {
        if (selection instanceof Yaml.Mapping mapping) {
            if (mapping.entries().isEmpty()) {
                context.fault(selection.line(), "a selection without a field");
            }
            return all(mapping.entries().stream().map(this::field).toList());
        }
        if (selection instanceof Yaml.Sequence sequence) {
            if (sequence.items().isEmpty()) {
                context.fault(selection.line(), "a selection without a value");
            }
            List<Expr> items = sequence.items().stream().map(this::compile).toList();
            return Expr.AnyKeyword.of(items).orElseGet(() -> any(items));
        }
        if (selection instanceof Yaml.Text text) {
            return keyword(text, new Modifiers(Set.of()));
        }
        context.fault(selection.line(), "expected fields or keywords, found nothing");
        return Expr.NEVER;
    }

    private Expr keyword(Yaml.Text text, Modifiers modifiers) {
        if (text.text().isEmpty()) {
            context.fault(text.line(), "an empty keyword matches every record");
        }
        boolean placed = modifiers.has("re") || ValueCompiler.position(modifiers) != Glob.Position.WHOLE;
        Modifiers contained = modifiers;
        if (!placed) {
            List<String> names = new ArrayList<>(modifiers.names());
            names.add("contains");
            contained = new Modifiers(new LinkedHashSet<>(names));
        }
        return values.compile(text, contained).<Expr>map(Expr.Keyword::new).orElse(Expr.NEVER);
    }

    private Expr field(Yaml.Entry entry) {
        String[] parts = entry.key().split("\\|", -1);
        Optional<Modifiers> read = Modifiers.read(Arrays.asList(parts).subList(1, parts.length), context, entry.line());
        if (read.isEmpty()) {
            return Expr.NEVER;
        }
        Modifiers modifiers = read.get();
        List<Yaml> items = Yaml.items(entry.value());
        for (Yaml item : items) {
            if (item instanceof Yaml.Mapping || item instanceof Yaml.Sequence) {
                context.fault(item.line(), "a value of '" + parts[0] + "' has to be a text, a number or null");
                return Expr.NEVER;
            }
        }
        if (items.isEmpty()) {
            context.fault(entry.line(), "'" + entry.key() + "' has no value");
            return Expr.NEVER;
        }
        Expr test = parts[0].isEmpty() ? keywords(items, modifiers, entry.line()) : tests(parts[0], items, modifiers);
        return modifiers.has("neq") ? new Expr.Not(test) : test;
    }

    private Expr keywords(List<Yaml> items, Modifiers modifiers, int line) {
        if (modifiers.one(Set.of("exists", "fieldref", "cidr", "gt", "gte", "lt", "lte")).isPresent()
                || modifiers.one(Modifiers.TIME_PARTS).isPresent()) {
            context.fault(line, "modifier '" + modifiers.names().iterator().next() + "' needs a field");
            return Expr.NEVER;
        }
        List<Expr> keywords = new ArrayList<>();
        for (String text : items.stream().flatMap(item -> Yaml.texts(item).stream()).toList()) {
            keywords.add(keyword(new Yaml.Text(text, line), modifiers));
        }
        return modifiers.has("all") ? all(keywords) : any(keywords);
    }

    private Expr tests(String name, List<Yaml> items, Modifiers modifiers) {
        FieldAccess field = resolver.apply(name);
        Expr test = tests(field, name, items, modifiers);
        boolean absent = field instanceof FieldAccess.Absent
                || test instanceof Expr.SameAs same && same.other() instanceof FieldAccess.Absent;
        return absent ? new Expr.Unknown(test) : test;
    }

    private Expr tests(FieldAccess field, String name, List<Yaml> items, Modifiers modifiers) {
        List<Expr> special = new ArrayList<>();
        List<ValueTest> tests = new ArrayList<>();
        for (Yaml item : items) {
            if (item instanceof Yaml.Text text) {
                Optional<Expr> other = special(field, text, modifiers);
                other.ifPresent(special::add);
                if (other.isEmpty()) {
                    values.compile(text, modifiers).ifPresent(tests::add);
                }
            } else {
                special.add(absent(field, item.line(), name, modifiers));
            }
        }
        Optional<TimePart> part = modifiers.one(Modifiers.TIME_PARTS).flatMap(TimePart::named);
        if (part.isPresent()) {
            boolean ofRecord = TimePart.isTimeOfRecord(name);
            tests.forEach(test -> special.add(new Expr.Time(field, part.get(), test, ofRecord)));
        } else if (!tests.isEmpty()) {
            special.add(new Expr.Field(field, List.copyOf(tests), modifiers.has("all")));
        }
        return modifiers.has("all") ? all(special) : any(special);
    }

    private Expr absent(FieldAccess field, int line, String name, Modifiers modifiers) {
        if (!modifiers.names().isEmpty() && !modifiers.names().equals(Set.of("neq"))) {
            context.fault(line, "'" + name + "': null takes no modifier '" + modifiers.names().iterator().next() + "'");
        }
        return new Expr.Empty(field, true);
    }

    /** What is no test of a text: presence, emptiness, another field. */
    private Optional<Expr> special(FieldAccess field, Yaml.Text text, Modifiers modifiers) {
        if (modifiers.has("exists")) {
            boolean present = text.text().equalsIgnoreCase("true");
            if (!present && !text.text().equalsIgnoreCase("false")) {
                context.fault(text.line(), "'exists' takes true or false, found '" + text.text() + "'");
            }
            return Optional.of(new Expr.Exists(field, present));
        }
        if (modifiers.has("fieldref")) {
            return Optional.of(new Expr.SameAs(field, resolver.apply(text.text()), ValueCompiler.position(modifiers),
                    modifiers.has("cased")));
        }
        boolean whole = modifiers.names().isEmpty() || modifiers.names().equals(Set.of("neq"));
        return text.text().isEmpty() && whole ? Optional.of(new Expr.Empty(field, false)) : Optional.empty();
    }

    private static Expr all(List<Expr> parts) {
        return parts.size() == 1 ? parts.get(0) : new Expr.And(List.copyOf(parts));
    }

    private static Expr any(List<Expr> parts) {
        return parts.size() == 1 ? parts.get(0) : new Expr.Or(List.copyOf(parts));
    }
}
