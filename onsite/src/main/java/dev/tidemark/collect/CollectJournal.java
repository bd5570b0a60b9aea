package dev.tidemark.collect;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is in an unfinished bundle, one line a file, so that a collection that was stopped can go on. */
final class CollectJournal implements Closeable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Writer writer;

    private CollectJournal(Writer writer) {
        this.writer = writer;
    }

    /**
     * What an earlier run had taken, in order; empty if there is none of these sources.
     *
     * @param sources as that run wrote them
     */
    static List<Taken> read(Path file, String sources) throws IOException {
        List<Taken> taken = new ArrayList<>();
        if (!Files.isRegularFile(file)) {
            return taken;
        }
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String first = reader.readLine();
            if (first == null || !MAPPER.readTree(first).path("sources").asText().equals(sources)) {
                return taken;
            }
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                taken.add(taken(MAPPER.readTree(line)));
            }
        } catch (JsonProcessingException e) {
            return taken; // the line that was being written when the run was stopped
        }
        return taken;
    }

    /** Begins anew, with what an earlier run had taken. */
    static CollectJournal write(Path file, String sources, List<Taken> taken) throws IOException {
        Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE,
                StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        CollectJournal journal = new CollectJournal(writer);
        journal.line(MAPPER.createObjectNode().put("sources", sources));
        for (Taken each : taken) {
            journal.add(each);
        }
        return journal;
    }

    void add(Taken t) throws IOException {
        line(MAPPER.createObjectNode().put("path", t.path()).put("start", t.start()).put("end", t.end())
                .put("size", t.size()).put("stored", t.stored()).put("crc", t.crc()).put("sha256", t.sha256())
                .put("modified", t.modified().toString()).put("created", t.created().toString())
                .put("accessed", t.accessed().toString()).put("from", t.from()).put("fault", t.fault()));
    }

    private void line(JsonNode node) throws IOException {
        writer.write(MAPPER.writeValueAsString(node));
        writer.write('\n');
        writer.flush();
    }

    private static Taken taken(JsonNode n) {
        return new Taken(n.path("path").asText(), n.path("start").asLong(), n.path("end").asLong(), n.path("size").asLong(),
                n.path("stored").asLong(), n.path("crc").asLong(), n.path("sha256").asText(), time(n, "modified"),
                time(n, "created"), time(n, "accessed"), n.path("from").asText(), n.path("fault").asText());
    }

    private static Instant time(JsonNode n, String key) {
        return Instant.parse(n.path(key).asText());
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
