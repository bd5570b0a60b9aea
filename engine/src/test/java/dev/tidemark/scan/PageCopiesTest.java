package dev.tidemark.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Finding;
import dev.tidemark.model.VerdictClass;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageCopiesTest {
    private static final String LOGON = "C/Program Files/Microsoft/Exchange Server/V15/FrontEnd/HttpProxy/owa/auth/logon.aspx";
    private static final String PAGE = "<%@ Page language=\"c#\" AutoEventWireup=\"false\" Inherits=\"Logon\" %>\n<html>BODY</html>\n";

    private final FileSystem fs = Jimfs.newFileSystem(Configuration.unix());
    private final List<Path> roots = new ArrayList<>();

    private void server(String build, String body) {
        Path root = fs.getPath("/ev/mail0" + (roots.size() + 1));
        Server.at(root).from("2021-03-02T00:00:00Z", 24).build(build).all().write(LOGON, PAGE.replace("BODY", body));
        roots.add(root);
    }

    private List<Finding> differing() {
        CaseResult result = Scans.scan(roots.toArray(Path[]::new));
        result.hosts().forEach(h -> assertEquals(VerdictClass.NO_EVIDENCE, h.verdict().verdict(), Scans.why(h)));
        return result.findings().stream().filter(f -> f.rule().equals("web-file-page-differs.yml")).toList();
    }

    @Test
    void pageThatOneServerHasOtherwiseIsTold() {
        server(Server.VULNERABLE, "as shipped");
        server(Server.VULNERABLE, "as shipped");
        server(Server.VULNERABLE, "as shipped and more");

        List<Finding> differing = differing();

        assertEquals(1, differing.size());
        assertEquals("mail03", differing.get(0).host());
        assertEquals(LOGON, differing.get(0).place().path());
        assertTrue(differing.get(0).summary().endsWith("owa\\auth\\logon.aspx differs from that page of 2 other servers of the same build."),
                differing.get(0).summary());
    }

    @Test
    void twoThatDifferTellNothingNorDoOtherBuilds() {
        server(Server.VULNERABLE, "as shipped");
        server(Server.VULNERABLE, "changed");
        server(Server.PATCHED, "as shipped by the update");

        assertEquals(List.of(), differing());
    }

    @Test
    void pageThatDiffersFromABackupOfTheSameBuildIsTold() {
        server(Server.VULNERABLE, "changed");
        String backup = LOGON.replace("C/Program Files/Microsoft/Exchange Server", "D/Backup");
        Server server = Server.at(roots.get(0)).write(backup, PAGE.replace("BODY", "as shipped"));
        // a second one tells nothing more of it
        String other = backup.replace("D/Backup", "E/Backup");
        server.write(other, PAGE.replace("BODY", "as shipped"));
        for (String page : List.of("logoff", "signout", "errorfe", "expiredpassword", "frowny")) {
            server.write(LOGON.replace("logon", page), PAGE.replace("BODY", page));
            server.write(backup.replace("logon", page), PAGE.replace("BODY", page));
            server.write(other.replace("logon", page), PAGE.replace("BODY", page));
        }
        server.write(LOGON.replace("logon", "error"), PAGE.replace("BODY", "error"));

        List<Finding> told = Scans.scan(roots.get(0)).findings().stream()
                .filter(f -> f.rule().equals("web-file-page-differs-from-copy.yml")).toList();

        assertEquals(List.of(LOGON), told.stream().map(f -> f.place().path()).toList());
        assertTrue(told.get(0).summary().endsWith("differs from D:" + backup.substring(1).replace('/', '\\') + ", a copy of the same build."),
                told.get(0).summary());
    }

    @Test
    void copyOfAnotherBuildTellsNothing() {
        server(Server.VULNERABLE, "new");
        Server server = Server.at(roots.get(0)).write(LOGON.replace("C/Program Files/Microsoft/Exchange Server", "D/Old"), PAGE);
        for (String page : List.of("logoff", "signout", "errorfe", "expiredpassword", "frowny")) {
            server.write(LOGON.replace("logon", page), PAGE.replace("BODY", page));
            server.write(LOGON.replace("logon", page).replace("C/Program Files/Microsoft/Exchange Server", "D/Old"), PAGE + page);
        }

        assertEquals(List.of(), Scans.scan(roots.get(0)).findings().stream().filter(f -> f.rule().contains("differs")).toList());
    }

    @Test
    void serversThatAllLookOtherwiseWereBranded() {
        server(Server.VULNERABLE, "as shipped");
        server(Server.VULNERABLE, "as shipped");
        server(Server.VULNERABLE, "north");
        server(Server.VULNERABLE, "south");

        assertEquals(List.of(), differing());
    }
}
