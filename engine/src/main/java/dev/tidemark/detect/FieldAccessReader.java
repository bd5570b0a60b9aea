package dev.tidemark.detect;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads where a field lies from a mapping file. */
final class FieldAccessReader {
    static final String EXPECTED = "expected a column, {column: a}, {column: a, entry: key}, {column: a, cut: pattern},"
            + " {join: [a, b], with: x}, {first-of: [a, b]}, {registry-value: a, type: b} or"
            + " {text: true}, each with values or rewrite";

    private FieldAccessReader() {}

    /** Empty if the value has none of the forms. */
    static Optional<FieldAccess> read(Yaml value) {
        if (value instanceof Yaml.Text column) {
            return Optional.of(new FieldAccess.Column(column.text(), false));
        }
        if (!(value instanceof Yaml.Mapping map)) {
            return Optional.empty();
        }
        Optional<FieldAccess> plain = plain(map);
        Optional<List<FieldAccess.Rewrite>> rewrites = rewrites(map);
        if (plain.isEmpty() || rewrites.isEmpty()) {
            return Optional.empty();
        }
        return rewrites.get().isEmpty() ? plain
                : Optional.of(new FieldAccess.Rewritten(plain.get(), rewrites.get()));
    }

    private static Optional<FieldAccess> plain(Yaml.Mapping map) {
        List<String> joined = map.texts("join");
        if (joined.size() == 2) {
            return Optional.of(new FieldAccess.Joined(joined.get(0), map.text("with").orElse(""), joined.get(1)));
        }
        if (map.get("first-of").isPresent()) {
            List<Yaml> items = Yaml.items(map.get("first-of").get());
            List<FieldAccess> fields = items.stream().flatMap(item -> read(item).stream()).toList();
            return fields.size() < items.size() ? Optional.empty() : Optional.of(new FieldAccess.FirstOf(fields));
        }
        if (map.text("text").filter("true"::equals).isPresent()) {
            return Optional.of(new FieldAccess.WholeText());
        }
        if (map.text("registry-value").isPresent()) {
            return map.text("type").map(type -> new FieldAccess.RegistryValue(map.text("registry-value").get(), type));
        }
        return map.text("column").flatMap(column -> column(column, map));
    }

    private static Optional<FieldAccess> column(String column, Yaml.Mapping map) {
        if (map.text("entry").isPresent()) {
            return map.text("entry").map(key -> new FieldAccess.Entry(column, key));
        }
        if (map.text("cut").isPresent()) {
            return pattern(map.text("cut").get()).filter(p -> p.groupCount() == 1)
                    .map(pattern -> new FieldAccess.Cut(column, pattern));
        }
        boolean plus = map.text("plus-is-space").filter("true"::equals).isPresent();
        return Optional.of(new FieldAccess.Column(column, plus));
    }

    private static Optional<Pattern> pattern(String text) {
        try {
            return Optional.of(Pattern.compile(text, Pattern.CASE_INSENSITIVE));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    /** Empty if one is no pattern. */
    private static Optional<List<FieldAccess.Rewrite>> rewrites(Yaml.Mapping map) {
        List<FieldAccess.Rewrite> rewrites = new ArrayList<>();
        for (Yaml.Entry entry : entries(map, "values")) {
            pattern("\\A" + Pattern.quote(entry.key()) + "\\z")
                    .ifPresent(whole -> rewrites.add(new FieldAccess.Rewrite(whole, text(entry))));
        }
        for (Yaml.Entry entry : entries(map, "rewrite")) {
            Optional<Pattern> pattern = pattern(entry.key());
            if (pattern.isEmpty()) {
                return Optional.empty();
            }
            rewrites.add(new FieldAccess.Rewrite(pattern.get(), text(entry)));
        }
        return Optional.of(List.copyOf(rewrites));
    }

    private static List<Yaml.Entry> entries(Yaml.Mapping map, String key) {
        return map.get(key).filter(Yaml.Mapping.class::isInstance).map(m -> ((Yaml.Mapping) m).entries())
                .orElse(List.of());
    }

    private static String text(Yaml.Entry entry) {
        return entry.value() instanceof Yaml.Text text ? text.text() : "";
    }
}
