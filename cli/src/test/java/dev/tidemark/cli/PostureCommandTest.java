package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.testkit.MadeEvidence.Layout;
import dev.tidemark.testkit.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostureCommandTest {
    private static final String RULE = "<rule name='%s'><match url='.*'/><conditions><add input='{HTTP_COOKIE}'"
            + " pattern='X-(AnonResource-Backend|BEResource)='/></conditions><action type='AbortRequest'/></rule>";

    @TempDir
    private Path dir;

    private Path server() throws IOException {
        Path root = dir.resolve("mail01");
        Scenario.CLEAN.make().writeTo(root, Layout.KAPE);
        Files.createDirectories(root.resolve("C/inetpub/wwwroot"));
        return root;
    }

    private static void configure(Path root, String name) throws IOException {
        Files.writeString(root.resolve("C/inetpub/wwwroot/web.config"), "<configuration><system.webServer><rewrite><rules>"
                + String.format(RULE, name) + "</rules></rewrite></system.webServer></configuration>");
    }

    @Test
    void tableTellsBuildPatchMitigationAndExposure() throws IOException {
        Path root = server();
        configure(root, "ours");

        Cli cli = Cli.run("posture", root);

        assertEquals(0, cli.status(), cli.err());
        assertTrue(cli.out().lines().findFirst().orElse("").matches("host +build +patch state +patched +mitigated +stood open"),
                cli.out());
        assertTrue(cli.out().contains("in force"), cli.out());
    }

    @Test
    void jsonHasTheKeysOfACase() throws IOException {
        Path root = server();
        configure(root, "ours");

        JsonNode host = new ObjectMapper().readTree(Cli.run("posture", root, "--format", "json").out());

        assertEquals("mail01", host.get("host").asText());
        assertTrue(host.get("mitigated").asBoolean(), host.toString());
        assertEquals("CVE-2021-26855", host.at("/mitigations/0/cves/0").asText());
        for (String key : new String[] {"server", "product", "build", "patchState", "patchedAt", "exposed", "builds", "flaws",
            "contradictions"}) {
            assertTrue(host.has(key), key);
        }
    }

    @Test
    void nameInTheEvidenceDoesNotWriteToTheTerminal() throws IOException {
        Path root = server();
        configure(root, "&#9;\u009b31mred\u202e");

        String out = Cli.run("posture", root).out();

        assertTrue(out.contains("\\u009b31mred\\u202e"), out);
    }

    @Test
    void hostOfUnknownBuildIsNoCleanAnswer() throws IOException {
        Files.createDirectories(dir.resolve("C/inetpub/wwwroot"));
        configure(dir, "ours");

        Cli cli = Cli.run("posture", dir);

        assertEquals(3, cli.status());
        assertTrue(cli.out().contains("unknown"), cli.out());
    }

    @Test
    void wrongUseIsOneSentence() {
        Cli cli = Cli.run("posture", dir.resolve("nowhere"));

        assertEquals(2, cli.status());
        assertEquals(1, cli.err().strip().lines().count(), cli.err());
        assertEquals(2, Cli.run("posture", dir, "--format", "xml").status());
    }
}
