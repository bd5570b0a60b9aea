package dev.tidemark.read.iisconfig;

import dev.tidemark.read.Record;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An element with attributes, as rules see it: its attributes, {@code Section} (the elements around it and its own name,
 * {@code system.webServer/globalModules/add}) and {@code Location} (the site or folder that it is for; empty for all).
 */
final class ConfigRecord implements Record {
    private final ConfigNode node;
    private final String section;
    private final String location;

    ConfigRecord(ConfigNode node, String section, String location) {
        this.node = node;
        this.section = section;
        this.location = location;
    }

    @Override
    public String source() {
        return IisConfigReader.SOURCE;
    }

    @Override
    public long line() {
        return node.line();
    }

    /** The file's own time is not the element's. */
    @Override
    public Optional<Instant> time() {
        return Optional.empty();
    }

    @Override
    public Optional<String> value(String field) {
        if (field.equalsIgnoreCase("Section")) {
            return Optional.of(section);
        }
        if (field.equalsIgnoreCase("Location")) {
            return Optional.of(location);
        }
        return node.attributes().entrySet().stream().filter(e -> e.getKey().equalsIgnoreCase(field))
                .map(Map.Entry::getValue).findFirst();
    }

    @Override
    public List<String> fields() {
        List<String> fields = new ArrayList<>(List.of("Section", "Location"));
        fields.addAll(node.attributes().keySet());
        return fields;
    }

    @Override
    public String text() {
        return node.tag();
    }
}
