package dev.tidemark.detect;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads where a field lies from a mapping file. */
final class FieldAccessReader {
    static final String EXPECTED = "expected a column, {column: a}, {join: [a, b], with: x}, {first-of: [a, b]},"
            + " {column: a, entry: key}, {registry-value: a, type: b} or {text: true}, each with values or rewrite";

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
        List<String> either = map.texts("first-of");
        if (!either.isEmpty()) {
            return Optional.of(new FieldAccess.FirstOf(either));
        }
        if (map.text("text").filter("true"::equals).isPresent()) {
            return Optional.of(new FieldAccess.WholeText());
        }
        if (map.text("registry-value").isPresent()) {
            return map.text("type").map(type -> new FieldAccess.RegistryValue(map.text("registry-value").get(), type));
        }
        Optional<String> column = map.text("column");
        Optional<String> entry = map.text("entry");
        if (column.isPresent() && entry.isPresent()) {
            return Optional.of(new FieldAccess.Entry(column.get(), entry.get()));
        }
        boolean plus = map.text("plus-is-space").filter("true"::equals).isPresent();
        return column.map(name -> new FieldAccess.Column(name, plus));
    }

    private static Optional<List<FieldAccess.Rewrite>> rewrites(Yaml.Mapping map) {
        List<FieldAccess.Rewrite> rewrites = new ArrayList<>();
        try {
            for (Yaml.Entry entry : entries(map, "values")) {
                rewrites.add(new FieldAccess.Rewrite(Pattern.compile("\\A" + Pattern.quote(entry.key()) + "\\z",
                        Pattern.CASE_INSENSITIVE), text(entry)));
            }
            for (Yaml.Entry entry : entries(map, "rewrite")) {
                rewrites.add(new FieldAccess.Rewrite(Pattern.compile(entry.key(), Pattern.CASE_INSENSITIVE),
                        text(entry)));
            }
        } catch (PatternSyntaxException e) {
            return Optional.empty();
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
