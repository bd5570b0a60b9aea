package dev.tidemark.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads a mapping file ({@code fields.yml}, {@code events.yml}, or one of the user's): see the comments in those. */
final class FieldMapReader {
    private static final Set<String> KEYS = Set.of("logsources", "fields", "columns", "uris", "product", "services",
            "categories");
    private static final Set<String> TARGET_KEYS = Set.of("category", "product", "service", "sources", "channels",
            "events", "where", "fields");
    /** Kind of record of the event log reader. */
    static final String EVENT_LOG = "event-log";

    private final String file;
    private final Faults faults;

    FieldMapReader(String file, Faults faults) {
        this.file = file;
        this.faults = faults;
    }

    /** What could be read; faults go to {@code faults}. */
    FieldMap read(RuleSource source) {
        List<Yaml> documents = Yaml.documents(source, faults);
        if (documents.size() == 1 && documents.get(0) instanceof Yaml.Mapping root) {
            return read(root);
        }
        if (faults.isEmpty()) {
            faults.at(file, 1, "expected one map");
        }
        return new FieldMap(List.of(), Map.of(), Map.of(), Set.of());
    }

    private FieldMap read(Yaml.Mapping root) {
        knownKeys(root, KEYS);
        List<Target> targets = new ArrayList<>();
        for (Yaml item : root.get("logsources").map(Yaml::items).orElse(List.of())) {
            if (item instanceof Yaml.Mapping map) {
                knownKeys(map, TARGET_KEYS);
                targets.add(target(map, Logsource.of(map), map.texts("channels")));
            } else {
                faults.at(file, item.line(), "expected a map with product, category or service, and sources");
            }
        }
        Map<String, List<String>> services = new TreeMap<>();
        entries(root.get("services")).forEach(s -> services.put(s.key(), Yaml.texts(s.value())));
        root.text("product").ifPresent(product -> targets.addAll(events(root, product, services)));
        Map<String, Map<String, Map<String, FieldAccess>>> mappings = new HashMap<>();
        for (Yaml.Entry mapping : entries(root.get("fields"))) {
            mappings.put(mapping.key(), mapping(mapping));
        }
        Map<String, Set<String>> columns = new HashMap<>();
        for (Yaml.Entry source : entries(root.get("columns"))) {
            columns.put(source.key(), folded(Yaml.texts(source.value())));
        }
        return new FieldMap(targets, mappings, columns, folded(root.texts("uris")));
    }

    private void knownKeys(Yaml.Mapping map, Set<String> keys) {
        for (Yaml.Entry entry : map.entries()) {
            if (!keys.contains(entry.key())) {
                faults.at(file, entry.line(), "unknown key '" + entry.key() + "'" + Nearest.hint(entry.key(), keys));
            }
        }
    }

    /** The event logs of a product: all of it, each service by its channels, each category by channels and event ids. */
    private List<Target> events(Yaml.Mapping root, String product, Map<String, List<String>> services) {
        List<Target> targets = new ArrayList<>();
        targets.add(new Target(new Logsource("", product, ""), List.of(EVENT_LOG), EventKey.ANY, Map.of(), EVENT_LOG));
        services.forEach((service, channels) -> targets.add(new Target(new Logsource("", product, service),
                List.of(EVENT_LOG), EventKey.of(channels, Set.of()), Map.of(), mappingOf(root, service))));
        for (Yaml.Entry category : entries(root.get("categories"))) {
            for (Yaml item : Yaml.items(category.value())) {
                if (item instanceof Yaml.Mapping map && services.containsKey(map.text("service").orElse(""))) {
                    knownKeys(map, TARGET_KEYS);
                    String service = map.text("service").get();
                    targets.add(target(map, new Logsource(Fold.of(category.key()), product, service),
                            services.get(service)));
                } else {
                    faults.at(file, item.line(), "expected a map with a 'service' that is listed under 'services'");
                }
            }
        }
        return targets;
    }

    /** A mapping that is called as the service is its mapping; else it has the one of all event logs. */
    private static String mappingOf(Yaml.Mapping root, String service) {
        return entries(root.get("fields")).stream().anyMatch(f -> f.key().equals(service)) ? service : EVENT_LOG;
    }

    private Target target(Yaml.Mapping map, Logsource logsource, List<String> channels) {
        Map<String, List<String>> where = new HashMap<>();
        entries(map.get("where")).forEach(w -> where.put(w.key(), Yaml.texts(w.value())));
        Set<Integer> ids = new HashSet<>();
        for (String id : map.texts("events")) {
            if (id.matches("[0-9]{1,9}")) {
                ids.add(Integer.valueOf(id));
            } else {
                faults.at(file, map.line(), "expected event ids, found '" + id + "'");
            }
        }
        boolean ofEvents = !channels.isEmpty() || !ids.isEmpty();
        List<String> sources = map.texts("sources");
        if (sources.isEmpty() && !ofEvents) {
            faults.at(file, map.line(), "the logsource names neither 'sources' nor 'channels'");
        }
        return new Target(logsource, sources.isEmpty() ? List.of(EVENT_LOG) : sources, EventKey.of(channels, ids), where,
                map.text("fields").orElse(ofEvents ? EVENT_LOG : ""));
    }

    private Map<String, Map<String, FieldAccess>> mapping(Yaml.Entry mapping) {
        Map<String, Map<String, FieldAccess>> bySource = new HashMap<>();
        for (Yaml.Entry source : entries(Optional.of(mapping.value()))) {
            Map<String, FieldAccess> fields = new HashMap<>();
            for (Yaml.Entry field : entries(Optional.of(source.value()))) {
                FieldAccessReader.read(field.value()).ifPresentOrElse(
                        access -> fields.put(Fold.of(field.key()), access),
                        () -> faults.at(file, field.line(), FieldAccessReader.EXPECTED));
            }
            bySource.put(source.key(), Map.copyOf(fields));
        }
        return Map.copyOf(bySource);
    }

    private static List<Yaml.Entry> entries(Optional<Yaml> value) {
        return value.filter(Yaml.Mapping.class::isInstance).map(map -> ((Yaml.Mapping) map).entries()).orElse(List.of());
    }

    private static Set<String> folded(List<String> names) {
        Set<String> folded = new HashSet<>();
        names.forEach(name -> folded.add(Fold.of(name)));
        return folded;
    }
}
