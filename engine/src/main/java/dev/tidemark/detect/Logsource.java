package dev.tidemark.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a Sigma rule says of the records that it is for; a part that is not given is empty. */
record Logsource(String category, String product, String service) {
    static final Set<String> KEYS = Set.of("category", "product", "service", "definition");

    static Logsource of(Yaml.Mapping mapping) {
        return new Logsource(part(mapping, "category"), part(mapping, "product"), part(mapping, "service"));
    }

    private static String part(Yaml.Mapping mapping, String key) {
        return Fold.of(mapping.text(key).orElse(""));
    }

    /** True if {@code other} is the same or a narrower one: it has every part that this has. */
    boolean covers(Logsource other) {
        return covers(category, other.category) && covers(product, other.product) && covers(service, other.service);
    }

    private static boolean covers(String part, String other) {
        return part.isEmpty() || part.equals(other);
    }

    /** How many of the three parts are given. */
    int parts() {
        return (category.isEmpty() ? 0 : 1) + (product.isEmpty() ? 0 : 1) + (service.isEmpty() ? 0 : 1);
    }

    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        add(parts, "category ", category);
        add(parts, "product ", product);
        add(parts, "service ", service);
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, String name, String part) {
        if (!part.isEmpty()) {
            parts.add(name + part);
        }
    }
}
