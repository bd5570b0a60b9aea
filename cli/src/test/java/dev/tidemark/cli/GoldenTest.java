package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo's case, byte for byte: whoever changes what a scan says sees all of the change in the golden files.
 * {@code -Dtidemark.golden=update} writes them anew; their difference is to be reviewed like code.
 */
class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/demo");
    /** Times, the version and the rules are those of the run and of the build, not of the evidence. */
    private static final List<String> OF_THE_RUN = List.of("version", "started", "finished", "rulesHash", "rules");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path dir;

    @Test
    void demoGivesTheGoldenCase() throws IOException {
        assertEquals(0, Cli.run("demo", "--out", dir).status());
        Path made = dir.resolve("case");

        for (String name : List.of("findings.jsonl", "hosts.jsonl", "episodes.jsonl", "timeline.csv")) {
            compare(name, Files.readString(made.resolve(name)));
        }
        ObjectNode run = (ObjectNode) JSON.readTree(made.resolve("run.json").toFile());
        run.remove(OF_THE_RUN);
        compare("run.json", JSON.writerWithDefaultPrettyPrinter().writeValueAsString(run).replace("\r\n", "\n") + "\n");
    }

    private static void compare(String name, String text) throws IOException {
        Path golden = GOLDEN.resolve(name);
        if ("update".equals(System.getProperty("tidemark.golden"))) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, text);
        }
        assertEquals(Files.readString(golden), text, name + " is not as in " + golden
                + "; if it should not be, run this test with -Dtidemark.golden=update and review the difference");
    }
}
