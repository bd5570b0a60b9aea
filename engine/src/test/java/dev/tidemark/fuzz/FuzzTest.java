package dev.tidemark.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A short run of each target, always the same; {@code bench/fuzz.sh} makes long ones. */
class FuzzTest {
    @TempDir
    Path work;

    @ParameterizedTest
    @EnumSource(FuzzTarget.class)
    void noBytesBringAReaderDown(FuzzTarget target) throws IOException, InterruptedException {
        FuzzRun run = FuzzRun.of(target, target.seeds(), work, "-runs=1500", "-seed=1");

        assertEquals(List.of(), run.failures(), () -> log(run));
        assertTrue(run.executions() >= 1500 && run.features() > 100, () -> log(run));
    }

    private static String log(FuzzRun run) {
        try {
            return Files.readString(run.log(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
