package dev.tidemark.read.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.Record;
import dev.tidemark.read.RecordSink;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
    private final List<String> told = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();

    private void read(String manifest) {
        new ManifestReader().read(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)), "manifest.json",
                LineFilter.ALL, new RecordSink() {
                    @Override
                    public void record(Record record) {}

                    @Override
                    public void skipped(Skipped what) {
                        skipped.add(what);
                    }

                    @Override
                    public void observed(String fact, String value, Instant time, Place place) {}

                    @Override
                    public void observedOfFile(String fact, String value, Place place) {
                        told.add(fact + " " + value);
                    }
                });
    }

    @Test
    void filesAndWhatWasLeftAreTold() {
        read("{\"tidemark\":\"1\",\"files\":[{\"path\":\"C/a.log\",\"size\":1,\"sha256\":\"ab\"}],"
                + "\"left\":[{\"path\":\"b\",\"why\":\"locked\",\"bytes\":2}]}");

        assertEquals(List.of("collected ab 1 C/a.log", "not-collected -1 b\nlocked"), told);
        assertEquals(List.of(), skipped);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"tt\\U", "{\"tt\\x", "{\"files\":[{\"path\":\"a\",", "{\"files\"", "\"\\", "{\"a\":\"\u0000\"}"})
    void manifestThatIsNotSoundIsTold(String manifest) {
        read(manifest);

        assertTrue(skipped.get(0).why().contains("not sound"), skipped.toString());
    }
}
