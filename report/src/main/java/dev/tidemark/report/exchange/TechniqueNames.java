package dev.tidemark.report.exchange;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Names of the ATT&amp;CK techniques that rules of ours name, of {@code data/techniques.csv}. Source: attack.mitre.org, version 17. */
final class TechniqueNames {
    private static final String FILE = "/tidemark-data/techniques.csv";

    private final Map<String, String> names = new HashMap<>();

    private TechniqueNames() {}

    static TechniqueNames bundled() {
        TechniqueNames all = new TechniqueNames();
        try (InputStream in = TechniqueNames.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (NamedCsvRecord row : CsvReader.builder().ofNamedCsvRecord(text)) {
                all.names.put(row.getField("technique"), row.getField("name"));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code Web Shell} of {@code T1505.003}; empty for a technique that only foreign rules name. */
    Optional<String> of(String technique) {
        return Optional.ofNullable(names.get(technique));
    }
}
