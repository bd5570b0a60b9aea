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
    void serversThatAllLookOtherwiseWereBranded() {
        server(Server.VULNERABLE, "as shipped");
        server(Server.VULNERABLE, "as shipped");
        server(Server.VULNERABLE, "north");
        server(Server.VULNERABLE, "south");

        assertEquals(List.of(), differing());
    }
}
