package dev.tidemark.detect;

import dev.tidemark.read.Record;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** An event as the event log reader hands it out, made of fields; the same name twice is a field of two values. */
final class EventRecord implements Record {
    private final Map<String, List<String>> fields = new LinkedHashMap<>();
    private final List<String> names = new ArrayList<>();

    static EventRecord of(String... namesAndValues) {
        EventRecord record = new EventRecord();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            record.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return record;
    }

    /** An event that another reader has written as JSON, which is YAML as well. */
    static EventRecord ofJson(Yaml.Mapping event) {
        EventRecord record = new EventRecord();
        for (Yaml.Entry entry : event.map("System").orElseThrow().entries()) {
            if (entry.value() instanceof Yaml.Text text) {
                record.add(entry.key(), text.text());
            } else if (entry.value() instanceof Yaml.Mapping map) {
                map.text("#text").ifPresent(text -> record.add(entry.key(), text));
                map.map("#attributes").ifPresent(attributes -> attributes.entries().forEach(a ->
                        attributes.text(a.key()).ifPresent(v -> record.add(entry.key().equals("TimeCreated") ? a.key() : entry.key() + "_" + a.key(), v))));
            }
        }
        event.map("EventData").ifPresent(record::addAll);
        event.map("UserData").ifPresent(record::addAll);
        return record;
    }

    private void addAll(Yaml.Mapping data) {
        for (Yaml.Entry entry : data.entries()) {
            if (entry.value() instanceof Yaml.Mapping inner && !entry.key().equals("#attributes")) {
                addAll(inner);
            }
            Yaml.texts(entry.value()).forEach(text -> add(entry.key(), text));
        }
    }

    private void add(String name, String value) {
        names.add(name);
        fields.computeIfAbsent(Fold.of(name), n -> new ArrayList<>()).add(value);
    }

    @Override
    public String source() {
        return FieldMapReader.EVENT_LOG;
    }

    @Override
    public long line() {
        return 0;
    }

    @Override
    public OptionalLong recordId() {
        return value("EventRecordID").map(id -> OptionalLong.of(Long.parseLong(id))).orElse(OptionalLong.empty());
    }

    @Override
    public Optional<Instant> time() {
        return value("SystemTime").map(Instant::parse);
    }

    @Override
    public Optional<String> value(String field) {
        return spellings(field).stream().findFirst();
    }

    @Override
    public List<String> spellings(String field) {
        if (field.matches("Data\\[[0-9]+]")) {
            List<String> unnamed = spellings("Data");
            int index = Integer.parseInt(field.substring(5, field.length() - 1));
            return index < unnamed.size() ? List.of(unnamed.get(index)) : List.of();
        }
        return fields.getOrDefault(Fold.of(field), List.of());
    }

    @Override
    public List<String> fields() {
        return names;
    }

    @Override
    public String text() {
        List<String> all = new ArrayList<>();
        fields.forEach((name, values) -> values.forEach(value -> all.add(name + ": " + value)));
        return String.join(" ", all);
    }
}
