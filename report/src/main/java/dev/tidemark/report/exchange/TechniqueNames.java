package dev.tidemark.report.exchange;

import dev.tidemark.report.BundledCsv;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Names of the ATT&amp;CK techniques that rules of ours name, of {@code data/techniques.csv}. Source: attack.mitre.org, version 17. */
final class TechniqueNames {
    private final Map<String, String> names = new HashMap<>();

    private TechniqueNames() {}

    static TechniqueNames bundled() {
        TechniqueNames all = new TechniqueNames();
        BundledCsv.rows("techniques.csv").forEach(row -> all.names.put(row.getField("technique"), row.getField("name")));
        return all;
    }

    /** {@code Web Shell} of {@code T1505.003}; empty for a technique that only foreign rules name. */
    Optional<String> of(String technique) {
        return Optional.ofNullable(names.get(technique));
    }
}
