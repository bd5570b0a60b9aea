package dev.tidemark.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tidemark.model.Finding;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Posture.Mitigation;
import dev.tidemark.model.VerdictClass;
import dev.tidemark.testing.MadeHive;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the registry of a server adds to what its logs say. */
class RegistryScanTest {
    private static final String DAY = "2021-03-03T04:05:06.789Z";
    private static final String CONFIG = "C/Windows/System32/config/";

    private final Path root = Jimfs.newFileSystem(Configuration.unix()).getPath("/ev/mail01");
    private final Server server = Server.at(root);

    private HostResult with(String file, MadeHive hive) {
        server.write(file, hive.bytes());
        return Scans.host(root);
    }

    private static MadeHive software(String build) {
        return new MadeHive().key("Microsoft\\ExchangeServer\\v15\\Setup", DAY).text("OwaVersion", build);
    }

    private static MadeHive system() {
        return new MadeHive().key("Select", DAY).number("Current", 1);
    }

    @Test
    void registryThatSaysWhatTheLogsSayChangesNothing() {
        server.all();
        HostResult before = Scans.host(root);
        HostResult after = with(CONFIG + "SOFTWARE", software(before.posture().build()));

        assertEquals(VerdictClass.NO_EVIDENCE, after.verdict().verdict(), Scans.why(after));
        assertEquals(before.posture(), after.posture());
        assertEquals(before.skipped(), after.skipped());
        assertTrue(after.coverage().stream().anyMatch(c -> c.source().equals("registry") && c.from().isEmpty()));
    }

    @Test
    void registryThatNamesAnotherBuildIsAContradictionThatIsSaid() {
        server.all();
        HostResult host = with(CONFIG + "SOFTWARE", software("15.1.2308.8"));

        assertEquals(Scans.host(root).posture().build(), host.posture().build());
        assertTrue(host.posture().contradictions().toString().contains("The registry names build 15.1.2308.8"),
                host.posture().contradictions().toString());
    }

    @Test
    void registryAloneTellsTheBuildAndTheName() {
        server.write(CONFIG + "SYSTEM", system().key("ControlSet001\\Control\\ComputerName\\ComputerName", DAY)
                .text("ComputerName", "MAIL01").bytes());
        HostResult host = with(CONFIG + "SOFTWARE", software("15.1.2176.9"));

        assertEquals("15.1.2176.9", host.posture().build());
        assertEquals("MAIL01", host.server());
    }

    @Test
    void unifiedMessagingThatIsOffIsAMitigation() {
        server.all();
        HostResult host = with(CONFIG + "SYSTEM", system().key("ControlSet001\\Services\\MSExchangeUM", DAY).number("Start", 4));

        List<Mitigation> found = host.posture().mitigations().stream().filter(m -> m.name().startsWith("service")).toList();
        assertEquals(List.of("CVE-2021-26857"), found.get(0).cves());
        assertTrue(found.get(0).inForce());
    }

    @Test
    void serviceAndToolOfAnIntruderAreFound() {
        server.all();
        server.write("C/Windows/appcompat/Programs/Amcache.hve", new MadeHive()
                .key("Root\\InventoryApplicationFile\\procdump64.exe|51a0d2d9816c", DAY)
                .text("LowerCaseLongPath", "c:\\programdata\\procdump64.exe").bytes());
        server.write(CONFIG + "SYSTEM", system().key("ControlSet001\\Services\\winsvcupd", DAY)
                .text("ImagePath", "C:\\Users\\Public\\svc.exe").number("Start", 2).bytes());

        List<String> rules = Scans.scan(root).findings().stream().filter(f -> f.source().equals("registry"))
                .map(Finding::rule).toList();

        assertEquals(List.of("amcache-tool.yml", "registry-service-from-odd-place.yml"), rules.stream().sorted().toList());
    }
}
