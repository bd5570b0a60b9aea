package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.testkit.MadeEvidence.Layout;
import dev.tidemark.testkit.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is shipped, run as a process of its own. */
class JarIT {
    private static final Path JAR = Path.of("target/tidemark.jar").toAbsolutePath();

    @TempDir
    private Path dir;

    private ProcessBuilder command(Object... words) {
        List<String> line = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-jar", JAR.toString()));
        for (Object word : words) {
            line.add(word.toString());
        }
        return new ProcessBuilder(line).directory(dir.toFile()).redirectOutput(dir.resolve("out").toFile())
                .redirectError(dir.resolve("err").toFile());
    }

    private Cli run(Object... words) throws IOException, InterruptedException {
        int status = command(words).start().waitFor();
        return new Cli(status, Files.readString(dir.resolve("out"), StandardCharsets.UTF_8),
                Files.readString(dir.resolve("err"), StandardCharsets.UTF_8));
    }

    @Test
    void newcomersFirstCommandWorks() throws IOException, InterruptedException {
        Cli cli = run("demo");

        assertEquals(0, cli.status(), cli.err());
        assertTrue(cli.out().startsWith("MX-CEDAR: compromised"), cli.out());
        assertFalse(cli.out().contains("\u001b"), "colours without a terminal");
        assertTrue(Files.size(dir.resolve("tidemark-demo/case/report.html")) > 10_000);
        assertEquals("tidemark 0.1.0", run("--version").out().strip());
        assertEquals(0, run("query", "tidemark-demo/case", "SELECT count(*) FROM findings").status());
        assertEquals(0, run("rules", "test").status());
    }

    @Test
    void statusAndMessagesAreThoseOfTheProcess() throws IOException, InterruptedException {
        Scenario.GAP.make().writeTo(dir.resolve("gap"), Layout.KAPE);
        Scenario.CLEAN.make().writeTo(dir.resolve("clean"), Layout.KAPE);

        assertEquals(3, run("scan", "gap", "--out", "case").status());
        assertEquals(0, run("scan", "clean", "--out", "case").status());
        Cli wrong = run("scan", "nothing", "--out", "case");
        assertEquals(2, wrong.status());
        assertEquals("tidemark: no such evidence: nothing", wrong.err().strip());
    }

    /** Killed as soon as its notes have entries; that it had not ended by then is the only thing left to chance. */
    @Test
    void runThatWasKilledGoesOn() throws IOException, InterruptedException {
        for (Scenario scenario : Scenario.values()) {
            scenario.make().writeTo(dir.resolve("evidence").resolve(scenario.server()), Layout.KAPE);
        }
        Path notes = dir.resolve("case/unfinished.jsonl");
        Process process = command("scan", "evidence", "--out", "case", "--threads", "1").start();
        while (process.isAlive() && (!Files.exists(notes) || Files.size(notes) < 20_000)) {
            Thread.onSpinWait();
        }
        process.destroyForcibly().waitFor();
        assumeTrue(Files.exists(notes) && process.exitValue() > 3, "the run was done before it could be killed");
        assertFalse(Files.exists(dir.resolve("case/run.json")));

        Cli resumed = run("scan", "evidence", "--out", "case", "--threads", "1", "--resume");
        Cli whole = run("scan", "evidence", "--out", "whole", "--threads", "2");

        assertTrue(resumed.err().contains(" files were read by the run before; going on."), resumed.err());
        assertEquals(whole.status(), resumed.status());
        assertEquals(Cases.results(dir.resolve("whole")), Cases.results(dir.resolve("case")));
        assertFalse(Files.exists(notes));
    }
}
