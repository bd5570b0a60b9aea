package dev.tidemark.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Skipped;
import dev.tidemark.model.VerdictClass;
import dev.tidemark.testing.Packed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a scan says of a bundle that is not what its manifest says. */
class BundleTest {
    private static final String LOG = Server.PROXY + "Ecp/HttpProxy_2021030207-1.LOG";

    private FileSystem fs;
    private Server server;

    @BeforeEach
    void makeBundle() throws IOException {
        fs = Jimfs.newFileSystem(Configuration.unix());
        server = Server.at(fs.getPath("/ev/mail01")).all();
        server.write("manifest.json", manifest(""));
    }

    @AfterEach
    void dropDisk() throws IOException {
        fs.close();
    }

    private String manifest(String left) throws IOException {
        StringBuilder json = new StringBuilder("{\"tidemark\":\"test\",\"format\":1,\"sources\":[\"C:\\\\\",\"D:\\\\\"],\"files\":[");
        Path root = fs.getPath("/ev/mail01");
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : all.filter(Files::isRegularFile).sorted().toList()) {
                byte[] bytes = Files.readAllBytes(each);
                json.append(json.toString().endsWith("[") ? "\n" : "\n,").append("{\"path\":\"")
                        .append(root.relativize(each)).append("\",\"size\":").append(bytes.length).append(",\"sha256\":\"")
                        .append(sha256(bytes)).append("\",\"modified\":\"2021-03-04T00:00:00Z\"}");
            }
        }
        return json + "],\"left\":[" + left + "]}";
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private HostResult scanned() throws IOException {
        Path zip = Files.write(fs.getPath("/mail01.zip"), Packed.zipOf(fs.getPath("/ev/mail01")));
        return Scans.host(zip);
    }

    private static String reasons(HostResult host) {
        return String.join("\n", host.skipped().stream().map(s -> s.path() + ": " + s.why()).toList());
    }

    @Test
    void bundleThatIsWholeIsScannedLikeItsServer() throws IOException {
        HostResult host = scanned();

        assertEquals(VerdictClass.NO_EVIDENCE, host.verdict().verdict(), Scans.why(host));
        assertEquals("", reasons(host));
    }

    @Test
    void changedByteIsToldAndSilenceProvesNothingMore() throws IOException {
        byte[] log = Files.readAllBytes(server.path(LOG));
        log[log.length - 10] ^= 1;
        server.write(LOG, log);

        HostResult host = scanned();
        assertTrue(reasons(host).contains(LOG + ": its bytes are not those that were collected"), reasons(host));
        assertEquals(VerdictClass.INSUFFICIENT_EVIDENCE, host.verdict().verdict());
    }

    @Test
    void fileThatIsMissingIsTold() throws IOException {
        Files.delete(server.path(LOG));

        HostResult host = scanned();
        assertTrue(reasons(host).contains(LOG + ": the bundle's manifest lists it"), reasons(host));
        assertEquals(VerdictClass.INSUFFICIENT_EVIDENCE, host.verdict().verdict());
    }

    @Test
    void fileThatCameLaterIsToldAndNoLoss() throws IOException {
        server.write("C/inetpub/wwwroot/new.txt", "planted");

        HostResult host = scanned();
        assertTrue(reasons(host).contains("new.txt: the bundle's manifest does not list it"), reasons(host));
        assertEquals(VerdictClass.NO_EVIDENCE, host.verdict().verdict(), Scans.why(host));
    }

    @Test
    void whatWasNotCollectedCountsAsNotRead() throws IOException {
        server.write("manifest.json", "");
        Files.delete(server.path("manifest.json"));
        server.write("manifest.json", manifest("{\"path\":\"" + Server.PROXY + "Owa/HttpProxy_2021030109-1.LOG\",\"size\":77,"
                + "\"why\":\"it was \\\"locked\\\"\"}"));

        HostResult host = scanned();
        Skipped left = host.skipped().get(0);
        assertEquals("was not collected: it was \"locked\"", left.why());
        assertEquals(77, left.bytes());
        assertEquals(VerdictClass.INSUFFICIENT_EVIDENCE, host.verdict().verdict());
    }

    @Test
    void manifestThatIsNotSoundIsTold() throws IOException {
        server.write("manifest.json", manifest("").substring(0, 900));
        assertTrue(reasons(scanned()).contains("the manifest is not sound"), reasons(scanned()));
        server.write("manifest.json", "{\"tidemark\":" + "[".repeat(50_000));
        assertTrue(reasons(scanned()).contains("manifest.json"), reasons(scanned()));
        server.write("manifest.json", "{\"tidemark\":\"x\",\"files\":[{\"path\":\"a\",\"size\":\"many\"},7,[],{\"size\":1}]}"
                .getBytes(StandardCharsets.UTF_8));
        assertEquals(VerdictClass.NO_EVIDENCE, scanned().verdict().verdict());
    }
}
