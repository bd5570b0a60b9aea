package dev.tidemark.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.acquire.EvidenceFile;
import dev.tidemark.detect.Step;
import dev.tidemark.model.Place;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.scan.FileResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanJournalTest {
    @TempDir
    private Path dir;

    @Test
    void runThatGoesOnKnowsTheMatchesThatCorrelationsRestOn() throws IOException {
        Step step = new Step("rule-id", "A rule", Instant.parse("2021-03-03T08:00:00.123456700Z"),
                Place.ofRecord("Security.evtx", 7), "event-log", "10.0.0.1", "ann", Map.of("User", "CORP\\ann", "Host", ""));
        FileResult result = new FileResult(0, "Security.evtx", "event-log", 5, "abc", ReadSummary.NOTHING, List.of(),
                List.of(step), List.of(), List.of());
        try (ScanJournal first = ScanJournal.open(dir, false, "run")) {
            first.keep(FILE, result);
        }

        try (ScanJournal second = ScanJournal.open(dir, true, "run")) {
            assertEquals(Optional.of(result), second.known(FILE));
        }
        try (ScanJournal other = ScanJournal.open(dir, true, "another run")) {
            assertTrue(other.known(FILE).isEmpty());
        }
    }

    private static final EvidenceFile FILE = new EvidenceFile() {
        @Override
        public int root() {
            return 0;
        }

        @Override
        public String path() {
            return "Security.evtx";
        }

        @Override
        public long size() {
            return 5;
        }

        @Override
        public Optional<Instant> modified() {
            return Optional.empty();
        }

        @Override
        public InputStream open() {
            return InputStream.nullInputStream();
        }

        @Override
        public boolean streamed() {
            return false;
        }
    };
}
