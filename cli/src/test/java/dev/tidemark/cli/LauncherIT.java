package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.testkit.MadeEvidence.Layout;
import dev.tidemark.testkit.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher for Linux and macOS beside the jar, as a release has them, in a folder whose name holds a space. */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {
    @TempDir
    private Path dir;

    private Path home;

    @BeforeEach
    void release() throws IOException {
        home = Files.createDirectories(dir.resolve("a release"));
        Files.copy(Path.of("../tidemark"), home.resolve("tidemark"));
        Files.copy(Path.of("target/tidemark.jar"), home.resolve("tidemark.jar"));
    }

    private Cli run(boolean archive, Object... words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("sh", home.resolve("tidemark").toString()));
        for (Object word : words) {
            line.add(word.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(line).directory(dir.toFile()).redirectOutput(dir.resolve("out").toFile())
                .redirectError(dir.resolve("err").toFile());
        if (!archive) {
            builder.environment().put("TIDEMARK_NO_CLASS_ARCHIVE", "1");
        }
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        int status = builder.start().waitFor();
        return new Cli(status, Files.readString(dir.resolve("out"), StandardCharsets.UTF_8),
                Files.readString(dir.resolve("err"), StandardCharsets.UTF_8));
    }

    @Test
    void wordsReachTheProgramAsTheyAreAndItsStatusComesBack() throws IOException, InterruptedException {
        Path logs = dir.resolve("logs of the server");
        Scenario.PROXYLOGON.make().writeTo(logs, Layout.KAPE);

        Cli scan = run(false, "scan", logs, "--out", dir.resolve("the case"), "--quiet");
        Cli query = run(false, "query", dir.resolve("the case"), "SELECT verdict FROM hosts WHERE verdict LIKE '%o%'");
        Cli dump = run(false, "dump", logs.resolve("C/inetpub"), "--format", "jsonl");

        assertEquals(1, scan.status(), scan.err());
        assertTrue(query.status() == 0 && query.out().contains("compromised"), query.out() + query.err());
        assertTrue(dump.status() == 0 && dump.out().startsWith("{\"file\":"), dump.err());
        assertEquals("", dump.err());
        assertEquals(2, run(false, "dump", dir.resolve("nothing here")).status());
        assertEquals("tidemark 0.1.0", run(false, "--version").out().strip());
    }

    @Test
    void firstRunKeepsTheClassesForTheNextBesideTheJar() throws IOException, InterruptedException {
        assertEquals("tidemark 0.1.0", run(true, "--version").out().strip());

        assertTrue(Files.size(home.resolve("tidemark.jsa")) > 1 << 20);
        assertEquals("tidemark 0.1.0", run(true, "--version").out().strip());
        assertEquals("", run(true, "--version").err());
        assertTrue(Files.list(dir).map(p -> p.getFileName().toString()).allMatch(List.of("a release", "out", "err")::contains));
    }
}
