package dev.tidemark.read;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that a reader handed out of one file, copied while it was valid. */
public final class Collected implements RecordSink {
    public static final String PATH = "C/logs/a.log";

    /** A record with every field that it has a value for. */
    public record Seen(long line, Optional<Instant> time, Map<String, String> values, String text) {
        public String value(String field) {
            return values.getOrDefault(field, "(absent)");
        }
    }

    /** A fact about the server, at a line. */
    public record Fact(String fact, String value, Instant time, long line) {}

    public final List<Seen> records = new ArrayList<>();
    public final List<Skipped> skipped = new ArrayList<>();
    public final List<Fact> facts = new ArrayList<>();
    public ReadSummary summary = ReadSummary.NOTHING;

    public static Collected of(LogReader reader, String text) {
        return of(reader, text.getBytes(StandardCharsets.UTF_8));
    }

    public static Collected of(LogReader reader, byte[] bytes) {
        return of(reader, new ByteArrayInputStream(bytes), LineFilter.ALL);
    }

    public static Collected of(LogReader reader, InputStream in, LineFilter filter) {
        Collected collected = new Collected();
        try {
            collected.summary = reader.read(in, PATH, filter, collected);
        } catch (IOException e) {
            collected.skipped.add(new Skipped(PATH, "the reader threw " + e));
        }
        return collected;
    }

    @Override
    public void record(Record record) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String field : record.fields()) {
            record.value(field).ifPresent(value -> values.putIfAbsent(field, value));
        }
        records.add(new Seen(record.line(), record.time(), values, record.text()));
    }

    @Override
    public void skipped(Skipped what) {
        skipped.add(what);
    }

    @Override
    public void observed(String fact, String value, Instant time, Place place) {
        facts.add(new Fact(fact, value, time, place.line().orElse(0)));
    }

    @Override
    public void observedOfFile(String fact, String value, Place place) {
        facts.add(new Fact(fact, value, Instant.EPOCH, 0));
    }

    public List<Long> lines() {
        return records.stream().map(Seen::line).toList();
    }

    public List<String> values(String field) {
        return records.stream().map(r -> r.value(field)).toList();
    }

    public List<String> times() {
        return records.stream().map(r -> r.time().map(Instant::toString).orElse("none")).toList();
    }

    /** The reasons of all that was skipped, in one text. */
    public String reasons() {
        return String.join("\n", skipped.stream().map(Skipped::why).toList());
    }
}
