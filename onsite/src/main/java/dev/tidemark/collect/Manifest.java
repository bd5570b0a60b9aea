package dev.tidemark.collect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * What a bundle says of itself: each file with its SHA-256, size and times, and what was not taken. One file a line, so
 * that it can be read without tools.
 */
final class Manifest {
    static final String NAME = "manifest.json";

    private Manifest() {}

    static byte[] of(List<Taken> files, List<Left> left, List<String> sources, String version, Instant from, Instant to)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("tidemark", version);
            json.writeNumberField("format", 1);
            json.writeStringField("started", from.toString());
            json.writeStringField("finished", to.toString());
            json.writeArrayFieldStart("sources");
            for (String source : sources) {
                json.writeString(source);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("files");
            for (Taken file : files) {
                json.writeRaw('\n');
                file(json, file);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("left");
            for (Left each : left) {
                json.writeRaw('\n');
                json.writeStartObject();
                json.writeStringField("path", each.path());
                json.writeNumberField("size", each.bytes());
                json.writeStringField("why", each.why());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void file(JsonGenerator json, Taken file) throws IOException {
        json.writeStartObject();
        json.writeStringField("path", file.path());
        json.writeNumberField("size", file.size());
        json.writeStringField("sha256", file.sha256());
        json.writeStringField("modified", file.modified().toString());
        json.writeStringField("created", file.created().toString());
        json.writeStringField("accessed", file.accessed().toString());
        json.writeStringField("from", file.from());
        if (!file.fault().isEmpty()) {
            json.writeStringField("fault", file.fault());
        }
        json.writeEndObject();
    }
}
