package dev.tidemark.scan;

import dev.tidemark.model.Place;
import dev.tidemark.read.Record;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** A file that lies inside a record of another one: everything is its own but the place. */
record Inside(Record file, Place where) implements Record {
    @Override
    public String source() {
        return file.source();
    }

    @Override
    public long line() {
        return where.line().orElse(0);
    }

    @Override
    public OptionalLong recordId() {
        return where.recordId();
    }

    @Override
    public Place place(String path) {
        return where;
    }

    @Override
    public Optional<Instant> time() {
        return file.time();
    }

    @Override
    public Optional<String> value(String field) {
        return file.value(field);
    }

    @Override
    public List<String> spellings(String field) {
        return file.spellings(field);
    }

    @Override
    public List<String> fields() {
        return file.fields();
    }

    @Override
    public String text() {
        return file.text();
    }
}
