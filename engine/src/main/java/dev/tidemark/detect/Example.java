package dev.tidemark.detect;

import dev.tidemark.bytes.Uris;
import dev.tidemark.read.Record;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A record made of the fields of a rule's test. */
final class Example implements Record {
    /** Says what the example shows; no field of the record. */
    static final String WHY = "why";
    private static final String TIME = "time";

    private final String source;
    private final FieldMap fieldMap;
    /** By folded name, in their order. */
    private final Map<String, List<String>> fields = new LinkedHashMap<>();

    private Example(String source, FieldMap fieldMap) {
        this.source = source;
        this.fieldMap = fieldMap;
    }

    /** A record of the kind that the rules run on, or of the one that the example names as {@code source}. */
    static Example of(Yaml.Mapping map, RuleSet rules, FieldMap fieldMap) {
        String source = map.text("source").or(() -> rules.infos().stream().flatMap(i -> i.sources().stream()).findFirst())
                .orElse("");
        Example example = new Example(source, fieldMap);
        for (Yaml.Entry entry : map.entries()) {
            List<String> values = Yaml.texts(entry.value());
            if (!entry.key().equals(WHY) && !values.isEmpty()) {
                example.fields.put(Fold.of(entry.key()), values);
            }
        }
        if (source.equals(FieldMapReader.EVENT_LOG)) {
            rules.forms().stream().map(CompiledRule::events).findFirst().ifPresent(example::addEvent);
        }
        return example;
    }

    /** What the rule's logsource says of the event, where the example does not. */
    private void addEvent(EventKey events) {
        events.channels().stream().sorted().findFirst()
                .ifPresent(channel -> fields.putIfAbsent(Fold.of(EventKey.CHANNEL), List.of(channel)));
        events.eventIds().stream().sorted().findFirst()
                .ifPresent(id -> fields.putIfAbsent(Fold.of(EventKey.EVENT_ID), List.of(id.toString())));
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public long line() {
        return source.equals(FieldMapReader.EVENT_LOG) ? 0 : 1;
    }

    @Override
    public OptionalLong recordId() {
        return source.equals(FieldMapReader.EVENT_LOG) ? OptionalLong.of(1) : OptionalLong.empty();
    }

    @Override
    public Optional<Instant> time() {
        try {
            return value(TIME).map(Instant::parse);
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> value(String field) {
        return values(field).stream().findFirst();
    }

    private List<String> values(String field) {
        // Readers derive the client; an example need not say it twice.
        Stream<String> names = field.equals("client") ? Stream.of("client", "c-ip", "clientipaddress")
                : Stream.of(Fold.of(field));
        return names.map(name -> fields.getOrDefault(name, List.of())).filter(values -> !values.isEmpty()).findFirst()
                .orElse(List.of());
    }

    @Override
    public List<String> spellings(String field) {
        if (!fieldMap.isUri(field)) {
            return values(field);
        }
        return values(field).stream().flatMap(value -> Uris.spellings(value).stream()).toList();
    }

    @Override
    public List<String> fields() {
        return List.copyOf(fields.keySet());
    }

    @Override
    public String text() {
        List<String> all = new ArrayList<>();
        fields.values().forEach(all::addAll);
        return String.join(" ", all);
    }
}
