package dev.tidemark.mitigate;

import java.util.List;
import java.util.Optional;

/** Keeps an application pool from starting with the server: {@code autoStart="false"} in {@code applicationHost.config}. */
final class PoolSwitch {
    private PoolSwitch() {}

    /** The edit that does it; empty if the pool does not start as it is. */
    static Optional<Edit> off(ConfigDocument server, String pool) throws Refusal {
        List<Element> pools = server.root().all("system.applicationHost/applicationPools/add").stream()
                .filter(p -> p.value("name", "").equals(pool)).toList();
        if (pools.size() != 1) {
            throw new Refusal(pools.isEmpty() ? "it has no application pool " + pool
                    : "it has " + pools.size() + " application pools " + pool);
        }
        Element add = pools.get(0);
        Optional<Element.Attribute> start = add.attribute("autoStart");
        if (start.isPresent()) {
            return switch (start.get().value().strip().toLowerCase(java.util.Locale.ROOT)) {
                case "false" -> Optional.empty();
                case "true" -> Optional.of(new Edit(start.get().from(), start.get().to(), "false"));
                default -> throw new Refusal("the pool " + pool + " has autoStart=\"" + start.get().value() + "\"");
            };
        }
        Element.Attribute name = add.attribute("name").orElseThrow();
        return Optional.of(Edit.insert(name.to() + 1, " autoStart=\"false\""));
    }
}
