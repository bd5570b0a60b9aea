package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.testkit.MadeEvidence.Layout;
import dev.tidemark.testkit.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path dir;

    private Path server() throws IOException {
        Path root = dir.resolve("MX-CEDAR");
        Scenario.PROXYLOGON.make().writeTo(root, Layout.KAPE);
        return root;
    }

    /** Findings as they are, but for what the name of the host makes of them. */
    private static List<String> findings(Path out) throws IOException {
        List<String> findings = new ArrayList<>();
        for (String line : Files.readAllLines(out.resolve("findings.jsonl"))) {
            ObjectNode finding = (ObjectNode) JSON.readTree(line);
            finding.remove(List.of("id", "host"));
            findings.add(finding.toString());
        }
        findings.sort(null);
        return findings;
    }

    private List<String> scanned(String name, Object... evidence) throws IOException {
        Path out = dir.resolve(name);
        List<Object> words = new ArrayList<>(List.of("scan", "--out", out));
        words.addAll(List.of(evidence));
        Cli cli = Cli.run(words.toArray());
        assertEquals(1, cli.status(), cli.err());
        return findings(out);
    }

    @Test
    void bundleScansToTheSameFindingsAsTheServer() throws IOException {
        Path root = server();
        Path bundle = dir.resolve("bundle.zip");

        Cli cli = Cli.run("collect", "--root", root, "--out", bundle);

        assertEquals(0, cli.status(), cli.err());
        assertTrue(cli.out().matches("(?s).*bundle\\.zip: \\d+ files, \\d+ bytes, \\d+ in the bundle\\s*"), cli.out());
        List<String> direct = scanned("direct", root);
        assertFalse(direct.isEmpty());
        assertEquals(direct, scanned("collected", bundle));
    }

    @Test
    void encryptedBundleIsScannedWithItsIdentityAndLeavesNothingPlain() throws IOException, GeneralSecurityException {
        Path root = server();
        KeyPair pair = new X25519KeyPairGenerator().generateKeyPair();
        Path key = Files.write(dir.resolve("key.txt"), pair.getPrivate().getEncoded());
        Path bundle = dir.resolve("bundle.zip.age");

        assertEquals(0, Cli.run("collect", "--root", root, "--out", bundle, "--recipient",
                new String(pair.getPublic().getEncoded(), StandardCharsets.US_ASCII)).status());

        Cli without = Cli.run("scan", bundle, "--out", dir.resolve("no"));
        assertEquals(2, without.status());
        assertTrue(without.err().contains("--identity FILE opens it"), without.err());
        assertEquals(scanned("direct", root), scanned("opened", bundle, "--identity", key));
        try (Stream<Path> left = Files.list(dir.resolve("opened"))) {
            assertTrue(left.noneMatch(p -> p.toString().endsWith(".zip")));
        }
        assertTrue(Files.readString(dir.resolve("opened/hosts.jsonl")).startsWith("{\"host\":\"bundle.zip\""));
    }

    @Test
    void whatDoesNotFitEndsWithAnotherStatus() throws IOException {
        Cli cli = Cli.run("collect", "--root", server(), "--out", dir.resolve("b.zip"), "--max-size", "20K");

        assertEquals(3, cli.status());
        assertTrue(cli.err().contains("it would not have fit"), cli.err());
        assertTrue(Files.size(dir.resolve("b.zip")) < 80 << 10, "the manifest lists what is missing");
    }

    @Test
    void wrongUseIsOneSentence() throws IOException {
        Path root = server();
        for (Cli cli : List.of(Cli.run("collect", "--root", dir.resolve("no"), "--out", dir.resolve("b.zip")),
                Cli.run("collect", "--root", root, "--out", root.resolve("b.zip")),
                Cli.run("collect", "--root", root, "--out", dir.resolve("b.zip"), "--max-size", "much"),
                Cli.run("collect", "--root", root, "--root", root, "--out", dir.resolve("b.zip")),
                Cli.run("collect", "--root", root, "--out", dir.resolve("b.zip"), "--recipient", "me"))) {
            assertEquals(2, cli.status());
            assertEquals(1, cli.err().strip().lines().count(), cli.err());
        }
        assertEquals(2, Cli.run("collect").status());
        assertFalse(Files.exists(root.resolve("b.zip")) || Files.exists(dir.resolve("b.zip")));
    }
}
