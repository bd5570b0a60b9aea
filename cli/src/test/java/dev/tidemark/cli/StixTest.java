package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.testkit.MadeEvidence.Layout;
import dev.tidemark.testkit.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StixTest {
    @TempDir
    private Path dir;

    private String bundle(Scenario scenario) throws IOException {
        Path root = dir.resolve(scenario.server());
        scenario.make().writeTo(root, Layout.KAPE);
        Cli.run("scan", root, "--out", dir.resolve("case"), "--quiet");
        return Cli.run("report", dir.resolve("case"), "--format", "stix").out();
    }

    @ParameterizedTest
    @EnumSource(value = Scenario.class, names = {"CLEAN", "PROBED", "PROXYLOGON"})
    void bundleIsWhatTheSchemasAskFor(Scenario scenario) throws IOException {
        String bundle = bundle(scenario);

        assertEquals("[]", Stix.faults(bundle).toString());
        TreeSet<String> types = new TreeSet<>();
        for (JsonNode object : new ObjectMapper().readTree(bundle).get("objects")) {
            types.add(object.get("type").asText());
        }
        assertEquals(scenario != Scenario.CLEAN, types.contains("indicator") && types.contains("sighting"),
                types.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"spec_version\":\"2.1\"|\"spec_version\":\"1.9\"", "\"id\":\"indicator--|\"id\":\"x--",
        "\"pattern_type\":\"stix\"|\"pattern_type\":5", "\"type\":\"sighting\"|\"type\":\"glimpse\""})
    void bundleThatIsBrokenIsTold(String sound, String broken) throws IOException {
        String bundle = bundle(Scenario.PROXYLOGON);

        assertTrue(bundle.contains(sound), bundle.substring(0, 2_000));
        assertFalse(Stix.faults(bundle.replaceFirst(java.util.regex.Pattern.quote(sound), broken)).isEmpty());
    }
}
