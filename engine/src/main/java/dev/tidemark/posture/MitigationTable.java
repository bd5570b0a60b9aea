package dev.tidemark.posture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What counts as a mitigation of which flaw, from {@code mitigations.yml}. */
public final class MitigationTable {
    /** A flaw and the requests that have to be stopped for it to be out of reach. */
    record Reach(String cve, List<RequestShape> requests) {}

    /** A pool without which the flaw is out of reach. */
    record Pool(String cve, String name) {}

    /** Services; while none of them starts, the flaw is out of reach. */
    record Service(String cve, List<String> names) {}

    private final List<Reach> reaches;
    private final List<Pool> pools;
    private final List<Service> services;

    private MitigationTable(List<Reach> reaches, List<Pool> pools, List<Service> services) {
        this.services = List.copyOf(services);
        this.reaches = List.copyOf(reaches);
        this.pools = List.copyOf(pools);
    }

    /** The table that Tidemark carries. */
    public static MitigationTable bundled() {
        try (InputStream in = BundledTable.open("mitigations.yml")) {
            Map<?, ?> table = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            List<Reach> reaches = new ArrayList<>();
            for (Map<?, ?> entry : entries(table, "rewrite")) {
                reaches.add(new Reach(text(entry, "cve"), entries(entry, "requests").stream()
                        .map(r -> new RequestShape(text(r, "url"), r.containsKey("cookie") ? text(r, "cookie") : ""))
                        .toList()));
            }
            return new MitigationTable(reaches, entries(table, "pools").stream()
                    .map(p -> new Pool(text(p, "cve"), text(p, "pool"))).toList(), entries(table, "services").stream()
                    .map(s -> new Service(text(s, "cve"), List.of(text(s, "services").split(" +")))).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the bundled mitigations.yml", e);
        }
    }

    private static List<Map<?, ?>> entries(Map<?, ?> of, String key) {
        List<Map<?, ?>> entries = new ArrayList<>();
        for (Object entry : (List<?>) of.get(key)) {
            entries.add((Map<?, ?>) entry);
        }
        return entries;
    }

    private static String text(Map<?, ?> of, String key) {
        if (of.get(key) instanceof String text) {
            return text;
        }
        throw new IllegalStateException("mitigations.yml: expected a text under '" + key + "' in " + of);
    }

    List<Reach> reaches() {
        return reaches;
    }

    List<Pool> pools() {
        return pools;
    }

    List<Service> services() {
        return services;
    }
}
