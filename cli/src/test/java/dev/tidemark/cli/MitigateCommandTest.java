package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MitigateCommandTest {
    private static final String SITE = "<configuration>\n</configuration>\n";

    @TempDir
    private Path drive;

    private Path server() throws IOException {
        Path config = Files.createDirectories(drive.resolve("Windows/System32/inetsrv/config"));
        Files.writeString(config.resolve("applicationHost.config"), """
                <configuration>
                  <configSections><sectionGroup name="system.webServer"><sectionGroup name="rewrite">
                    <section name="rules" overrideModeDefault="Allow" /></sectionGroup></sectionGroup></configSections>
                  <system.applicationHost><sites><site name="Default Web Site">
                    <application path="/"><virtualDirectory path="/" physicalPath="%SystemDrive%\\inetpub\\wwwroot" /></application>
                    <bindings><binding protocol="https" bindingInformation="*:443:" /></bindings></site></sites>
                  </system.applicationHost>
                  <system.webServer><globalModules><add name="RewriteModule" image="x\\rewrite.dll" /></globalModules></system.webServer>
                </configuration>
                """);
        Path site = Files.createDirectories(drive.resolve("inetpub/wwwroot")).resolve("web.config");
        Files.writeString(site, SITE);
        return site;
    }

    @Test
    void fromPlanToRollback() throws IOException {
        Path site = server();

        Cli plan = Cli.run("mitigate", "plan", "--root", drive);
        assertEquals(0, plan.status(), plan.err());
        assertTrue(plan.out().contains("+        <rule name=\"X-BEResource Abort - inbound\""), plan.out());
        assertEquals(3, Cli.run("mitigate", "verify", "--root", drive).status());
        assertEquals(SITE, Files.readString(site));

        Cli apply = Cli.run("mitigate", "apply", "--root", drive);
        assertEquals(0, apply.status(), apply.err());
        assertTrue(apply.out().contains("proxylogon-cookies (CVE-2021-26855): in force in "), apply.out());
        assertEquals(0, Cli.run("mitigate", "verify", "--root", drive).status());
        assertTrue(Cli.run("mitigate", "plan", "--root", drive).out().contains("nothing would change"));
        assertTrue(Files.isDirectory(drive.resolve("ProgramData/tidemark-backup")));

        Cli rollback = Cli.run("mitigate", "rollback", "--root", drive);
        assertEquals(0, rollback.status(), rollback.err());
        assertEquals(SITE, Files.readString(site));
        assertEquals(2, Cli.run("mitigate", "rollback", "--root", drive).status());
    }

    @Test
    void whatIsNotUnderstoodIsRefusedInOneSentence() throws IOException {
        Path site = server();
        Files.writeString(site, "<configuration><a></configuration>");

        Cli cli = Cli.run("mitigate", "apply", "--root", drive);

        assertEquals(2, cli.status());
        assertEquals(1, cli.err().strip().lines().count(), cli.err());
        assertTrue(cli.err().contains("web.config: at line 1 it is no sound XML"), cli.err());
    }

    @Test
    void wrongUse() throws IOException {
        server();
        assertEquals(2, Cli.run("mitigate").status());
        assertEquals(2, Cli.run("mitigate", "plan").status());
        assertEquals(2, Cli.run("mitigate", "plan", "--root", drive.resolve("nowhere")).status());
        Cli cli = Cli.run("mitigate", "plan", "--root", drive, "--mitigation", "magic");
        assertEquals(2, cli.status());
        assertTrue(cli.err().contains("there are proxylogon-cookies, autodiscover-powershell, ecp-pool, oab-pool"), cli.err());
    }
}
