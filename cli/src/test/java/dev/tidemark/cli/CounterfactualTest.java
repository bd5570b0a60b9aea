package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.testkit.MadeEvidence;
import dev.tidemark.testkit.MadeEvidence.Layout;
import dev.tidemark.testkit.Scenario;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What would be said had less been left: an intrusion never becomes "no evidence" because a source is gone. */
class CounterfactualTest {
    /** Name of a server to the test of what it lost, on paths in lower case. */
    private static final Map<String, Predicate<String>> LOST = Map.of(
            "httpproxy-gone", path -> path.contains("/logging/httpproxy/"),
            "httpproxy-of-ecp-gone", path -> path.contains("/logging/httpproxy/ecp/"),
            "iis-front-gone", path -> path.contains("/w3svc1/"),
            "iis-back-gone", path -> path.contains("/w3svc2/"),
            "iis-gone", path -> path.contains("/w3svc"),
            "admin-center-gone", path -> path.contains("/logging/ecp/"),
            "other-services-gone", path -> path.contains("/cmdletinfra/") || path.contains("/oabgeneratorlog/")
                    || path.contains("/logging/ews/"),
            "pages-gone", path -> path.contains("/frontend/"),
            "all-logs-gone", path -> path.endsWith(".log"));

    @TempDir
    private Path dir;

    private Map<String, String> verdicts(Scenario scenario) throws IOException {
        MadeEvidence whole = scenario.make();
        Path all = Files.createDirectories(dir.resolve("all"));
        for (Map.Entry<String, Predicate<String>> lost : LOST.entrySet()) {
            try (OutputStream out = Files.newOutputStream(all.resolve(lost.getKey() + ".zip"))) {
                whole.without(path -> lost.getValue().test(path.toLowerCase(java.util.Locale.ROOT)))
                        .writeZip(out, Layout.KAPE, "");
            }
        }
        Cli.run("scan", all, "--out", dir.resolve("case"));
        Map<String, String> verdicts = new TreeMap<>();
        Cases.verdicts(dir.resolve("case")).forEach((host, verdict) -> verdicts.put(host.replace(".zip", ""), verdict));
        return verdicts;
    }

    @Test
    void oneSourceLessNeverMakesTheEffectSilent() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        LOST.keySet().forEach(name -> expected.put(name, "compromised"));

        assertEquals(expected, verdicts(Scenario.PROXYLOGON));
    }

    @Test
    void quietServerWithoutItsFrontEndIsNotCleared() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        LOST.keySet().forEach(name -> expected.put(name, "no-evidence"));
        expected.put("all-logs-gone", "insufficient-evidence");

        assertEquals(expected, verdicts(Scenario.CLEAN));
    }
}
