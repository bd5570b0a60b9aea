package dev.tidemark.detect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which sources a rule's logsource means and what its fields are called there, as {@code fields.yml} says. Immutable. */
public final class FieldMap {
    private static final String NAME = "fields.yml";
    private static final Set<String> KEYS = Set.of("logsources", "fields", "columns", "uris");

    private final List<Target> targets;
    /** Mapping → source → field in lower case → where it lies. */
    private final Map<String, Map<String, Map<String, FieldAccess>>> mappings;
    /** Source → its columns as they are written, in lower case. */
    private final Map<String, Set<String>> columns;
    private final Set<String> uris;

    private FieldMap(List<Target> targets, Map<String, Map<String, Map<String, FieldAccess>>> mappings,
            Map<String, Set<String>> columns, Set<String> uris) {
        this.targets = List.copyOf(targets);
        this.mappings = Map.copyOf(mappings);
        this.columns = Map.copyOf(columns);
        this.uris = Set.copyOf(uris);
    }

    /** What comes with Tidemark. */
    public static FieldMap bundled() {
        try (InputStream in = FieldMap.class.getClassLoader().getResourceAsStream("tidemark-data/" + NAME)) {
            if (in == null) {
                throw new IllegalStateException("tidemark-data/" + NAME + " is not on the class path");
            }
            return load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuleException e) {
            throw new IllegalStateException("the bundled field map is broken: " + e.getMessage(), e);
        }
    }

    /** @throws RuleException with all faults, each {@code fields.yml:line: …} */
    public static FieldMap load(InputStream in) throws IOException, RuleException {
        Faults faults = new Faults();
        List<Yaml> documents = Yaml.documents(new RuleSource(NAME, in.readAllBytes()), faults);
        if (faults.isEmpty() && (documents.size() != 1 || !(documents.get(0) instanceof Yaml.Mapping))) {
            faults.at(NAME, 1, "expected one map");
        }
        if (!faults.isEmpty()) {
            throw new RuleException(faults.messages());
        }
        FieldMap map = read((Yaml.Mapping) documents.get(0), faults);
        if (!faults.isEmpty()) {
            throw new RuleException(faults.messages());
        }
        return map;
    }

    private static FieldMap read(Yaml.Mapping root, Faults faults) {
        for (Yaml.Entry entry : root.entries()) {
            if (!KEYS.contains(entry.key())) {
                faults.at(NAME, entry.line(), "unknown key '" + entry.key() + "'" + Nearest.hint(entry.key(), KEYS));
            }
        }
        Map<String, Map<String, Map<String, FieldAccess>>> mappings = new HashMap<>();
        for (Yaml.Entry mapping : entries(root.get("fields"))) {
            Map<String, Map<String, FieldAccess>> bySource = new HashMap<>();
            for (Yaml.Entry source : entries(Optional.of(mapping.value()))) {
                Map<String, FieldAccess> fields = new HashMap<>();
                for (Yaml.Entry field : entries(Optional.of(source.value()))) {
                    access(field, faults).ifPresent(access -> fields.put(Fold.of(field.key()), access));
                }
                bySource.put(source.key(), Map.copyOf(fields));
            }
            mappings.put(mapping.key(), Map.copyOf(bySource));
        }
        Map<String, Set<String>> columns = new HashMap<>();
        for (Yaml.Entry source : entries(root.get("columns"))) {
            columns.put(source.key(), folded(Yaml.texts(source.value())));
        }
        List<Target> targets = root.get("logsources").map(Yaml::items).orElse(List.of()).stream()
                .filter(Yaml.Mapping.class::isInstance).map(item -> target((Yaml.Mapping) item)).toList();
        return new FieldMap(targets, mappings, columns, folded(root.texts("uris")));
    }

    private static Target target(Yaml.Mapping item) {
        return new Target(Logsource.of(item), item.texts("sources"), item.text("fields").orElse(""));
    }

    private static Optional<FieldAccess> access(Yaml.Entry field, Faults faults) {
        if (field.value() instanceof Yaml.Text column) {
            return Optional.of(new FieldAccess.Column(column.text(), false));
        }
        if (field.value() instanceof Yaml.Mapping mapping) {
            List<String> joined = mapping.texts("join");
            if (joined.size() == 2) {
                return Optional.of(new FieldAccess.Joined(joined.get(0), mapping.text("with").orElse(""),
                        joined.get(1)));
            }
            Optional<String> column = mapping.text("column");
            if (column.isPresent()) {
                boolean plus = mapping.text("plus-is-space").filter("true"::equals).isPresent();
                return Optional.of(new FieldAccess.Column(column.get(), plus));
            }
        }
        faults.at(NAME, field.line(), "expected a column, {join: [a, b], with: x} or {column: a}");
        return Optional.empty();
    }

    private static List<Yaml.Entry> entries(Optional<Yaml> value) {
        return value.filter(Yaml.Mapping.class::isInstance).map(map -> ((Yaml.Mapping) map).entries()).orElse(List.of());
    }

    private static Set<String> folded(List<String> names) {
        Set<String> folded = new HashSet<>();
        names.forEach(name -> folded.add(Fold.of(name)));
        return folded;
    }

    /** The sources that a logsource means, in a fixed order; none if this version reads nothing of the kind. */
    Optional<Target> target(Logsource logsource) {
        return targets.stream().filter(target -> target.logsource().equals(logsource)).findFirst();
    }

    /** All sources that some logsource means. */
    Set<String> sources() {
        Set<String> sources = new LinkedHashSet<>();
        targets.forEach(target -> sources.addAll(target.sources()));
        return sources;
    }

    /** How a rule with that target names the fields of one source. */
    Fields fields(Target target, String source) {
        Map<String, FieldAccess> mapped = mappings.getOrDefault(target.mapping(), Map.of())
                .getOrDefault(source, Map.of());
        boolean ownNames = target.mapping().isEmpty();
        return name -> {
            FieldAccess access = mapped.get(Fold.of(name));
            if (access != null) {
                return Optional.of(access);
            }
            return ownNames || knows(source, name) ? Optional.of(new FieldAccess.Column(name, false)) : Optional.empty();
        };
    }

    /** False if the columns of the source are listed and {@code name} is not among them. */
    boolean knows(String source, String name) {
        Set<String> known = columns.get(source);
        return known == null || known.contains(Fold.of(name));
    }

    /** True if the column holds a URI, which readers give in all its spellings. */
    boolean isUri(String column) {
        return uris.contains(Fold.of(column));
    }

    /** Finds where a field lies; empty if the source does not have it. */
    @FunctionalInterface
    interface Fields {
        /** Every field under its own name: for rules that are only looked over. */
        Fields OWN_NAMES = name -> Optional.of(new FieldAccess.Column(name, false));

        Optional<FieldAccess> resolve(String field);
    }

    /** @param mapping name of the mapping for the rule's fields; empty if rules use the source's own names */
    record Target(Logsource logsource, List<String> sources, String mapping) {}

    /** A rule's logsource; a part that is not given is empty. */
    record Logsource(String category, String product, String service) {
        static Logsource of(Yaml.Mapping mapping) {
            return new Logsource(mapping.text("category").orElse(""), mapping.text("product").orElse(""),
                    mapping.text("service").orElse(""));
        }

        @Override
        public String toString() {
            return ("category " + category + ", product " + product + ", service " + service)
                    .replaceAll("(category|product|service) (, |$)", "").replaceAll(", $", "");
        }
    }
}
