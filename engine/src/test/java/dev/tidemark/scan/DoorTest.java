package dev.tidemark.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Posture;
import dev.tidemark.model.VerdictClass;
import dev.tidemark.testing.Programs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the door stood, from whole evidence to the words of the verdict. */
class DoorTest {
    private static final String SITE_CONFIG = "C/inetpub/wwwroot/web.config";
    private static final String PROGRAM = "C/Program Files/Microsoft/Exchange Server/V15/Bin/ExSetup.exe";
    private static final String RULES = """
            <configuration><system.webServer><rewrite><rules>
              <rule name="X-AnonResource-Backend Abort - inbound"><match url=".*" /><conditions>
                <add input="{HTTP_COOKIE}" pattern="(.*)X-AnonResource-Backend(.*)" /></conditions>
                <action type="AbortRequest" /></rule>
              <rule name="X-BEResource Abort - inbound" stopProcessing="true"><match url=".*" /><conditions>
                <add input="{HTTP_COOKIE}" pattern="(.*)X-BEResource=(.+)/(.+)~(.+)" /></conditions>
                <action type="AbortRequest" /></rule>
            </rules></rewrite></system.webServer></configuration>
            """;

    private FileSystem fs;
    private Server server;

    @BeforeEach
    void makeServer() {
        fs = Jimfs.newFileSystem(Configuration.unix());
        server = Server.at(fs.getPath("/ev/mail01"));
    }

    @AfterEach
    void dropDisk() throws IOException {
        fs.close();
    }

    private void written(String name, String time) throws IOException {
        Files.setLastModifiedTime(server.path(name), FileTime.from(Instant.parse(time)));
    }

    private Posture posture() {
        return Scans.host(fs.getPath("/ev/mail01")).posture();
    }

    @Test
    void rulesInTheSiteConfigurationAreAMitigationSinceTheFileWasWritten() throws IOException {
        server.all().write(SITE_CONFIG, RULES);
        written(SITE_CONFIG, "2021-03-02T10:00:00Z");

        assertEquals(Optional.of(true), posture().mitigated());
        assertEquals(Optional.of(Instant.parse("2021-03-02T10:00:00Z")), posture().mitigations().get(0).since());
        assertEquals(SITE_CONFIG, posture().mitigations().get(0).place().path());
        HostResult host = Scans.host(fs.getPath("/ev/mail01"));
        assertTrue(Scans.why(host).contains("Against CVE-2021-26855, in force: rewrite rules"), Scans.why(host));
    }

    @Test
    void withoutAConfigurationNobodyKnowsOfAMitigation() {
        server.all();
        assertEquals(Optional.empty(), posture().mitigated());
        server.write(SITE_CONFIG, "<configuration/>");
        assertEquals(Optional.of(false), posture().mitigated());
    }

    @Test
    void programFileThatContradictsTheLogsIsSaid() throws IOException {
        server.all().write(PROGRAM, Programs.version("15.1.2176.9"));
        written(PROGRAM, "2021-03-02T10:00:00Z");

        assertEquals(Posture.PatchState.VULNERABLE, posture().patchState());
        HostResult host = Scans.host(fs.getPath("/ev/mail01"));
        assertTrue(Scans.why(host).contains("is of build 15.1.2176.9, last written at 2021-03-02T10:00:00Z"), Scans.why(host));
    }

    @Test
    void updateAfterTheLastRecordIsDatedByTheProgramFile() throws IOException {
        server.all().write(PROGRAM, Programs.version("15.1.2176.9"));
        written(PROGRAM, "2021-03-05T10:00:00Z");

        assertEquals(Posture.PatchState.PATCHED, posture().patchState());
        assertEquals(Optional.of(Instant.parse("2021-03-05T10:00:00Z")), posture().patchedAt());
    }

    @Test
    void setupLogTellsOfTheInstallation() {
        server.all().write("C/ExchangeSetupLogs/ExchangeSetup.log", """
                [03/03/2021 22:00:00.0123] [0] Starting Microsoft Exchange Server 2016 Setup
                [03/03/2021 22:00:01.0123] [0] Setup version: 15.1.2242.4.
                [03/03/2021 23:55:00.0123] [0] The Exchange Server setup operation completed successfully.
                """);

        assertEquals("15.1.2242.4", posture().build());
        assertEquals(Optional.of(Instant.parse("2021-03-03T23:55:00Z")), posture().patchedAt());
    }

    @Test
    void configurationIsJudgedAsAFileToo() {
        server.all().write(SITE_CONFIG, RULES.replace("<rewrite>", "<handlers><add name=\"x\" path=\"*.png\" verb=\"*\""
                + " type=\"System.Web.UI.PageHandlerFactory\" /></handlers><rewrite>") + "<!-- <%@ Page %> inert -->\n");
        Path root = fs.getPath("/ev/mail01");

        List<String> rules = Scans.scan(root).findings().stream().filter(f -> f.place().path().equals(SITE_CONFIG))
                .map(f -> f.rule()).toList();
        assertTrue(rules.contains("iis-config-runs-other-files.yml"), rules.toString());
        assertTrue(rules.contains("web-file-config-with-code.yml"), rules.toString());
        assertEquals(VerdictClass.COMPROMISED, Scans.verdict(root));
        assertEquals(Optional.of(true), posture().mitigated());
    }

    @Test
    void damagedConfigurationIsReadAsFarAsItGoesAndTold() {
        server.all().write(SITE_CONFIG, RULES.substring(0, RULES.indexOf("X-BEResource")));

        HostResult host = Scans.host(fs.getPath("/ev/mail01"));
        assertEquals(Optional.of(false), host.posture().mitigated());
        assertTrue(host.skipped().stream().anyMatch(s -> s.path().equals(SITE_CONFIG)), host.skipped().toString());
        assertFalse(host.posture().mitigations().get(0).inForce());
    }
}
