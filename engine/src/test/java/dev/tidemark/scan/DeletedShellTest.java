package dev.tidemark.scan;

import static dev.tidemark.model.VerdictClass.COMPROMISED;
import static dev.tidemark.model.VerdictClass.COMPROMISED_SUSPECTED;
import static dev.tidemark.model.VerdictClass.NO_EVIDENCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tidemark.detect.content.ContentRules;
import dev.tidemark.detect.RuleSource;
import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Finding;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Severity;
import dev.tidemark.testing.MadeJournal;
import dev.tidemark.testing.MadeLog;
import dev.tidemark.testing.MadeTable;
import dev.tidemark.testing.MadeTable.Record;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A web shell that was taken away again, on a server whose logs show nothing. */
class DeletedShellTest {
    private static final String AUTH = "Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth";
    private static final String CREATED = "2021-03-03T04:05:06.1234567Z";
    private static final String[] SHIPPED = {"logon", "logoff", "errorfe", "error", "expiredpassword", "frowny", "casredirect"};

    private final FileSystem fs = Jimfs.newFileSystem(Configuration.unix());
    private final Path root = fs.getPath("/ev/mail01");
    private final Server server = Server.at(root).all();
    private final MadeTable table = new MadeTable();
    private final int auth = table.folders(AUTH);

    DeletedShellTest() {
        for (String page : SHIPPED) {
            table.add(new Record(page + ".aspx").in(auth, 1).at("2020-11-01T10:00:00.7654321Z"));
        }
    }

    private CaseResult scan() {
        ScanOptions options = new ScanOptions(List.of(EvidenceRoot.of(root)), Optional.empty(), Optional.empty(), 2,
                Severity.INFORMATIONAL, List.of(), "test");
        try {
            return new Scan(Scans.bundled(), ContentRules.load(RuleSource.bundledYara()), options, Progress.NONE,
                    Journal.NONE).run();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HostResult judged() {
        server.write("C/$MFT", table.bytes());
        return scan().hosts().get(0);
    }

    private static List<String> rules(CaseResult result) {
        return result.findings().stream().filter(f -> f.severity().accuses()).map(Finding::rule).toList();
    }

    @Test
    void tableOfAServerWithoutAnythingOddChangesNothing() {
        HostResult host = judged();

        assertEquals(NO_EVIDENCE, host.verdict().verdict(), Scans.why(host));
        assertEquals(List.of(), host.coverageGaps());
        assertEquals(List.of(), host.skipped());
        assertTrue(host.coverage().stream().anyMatch(c -> c.source().equals("mft") && c.records() > 10));
    }

    @Test
    void nameOfADeletedPageAloneIsASign() {
        table.add(new Record("status.aspx").in(auth, 1).at(CREATED).deleted());

        HostResult host = judged();

        assertEquals(COMPROMISED_SUSPECTED, host.verdict().verdict(), Scans.why(host));
        assertTrue(Scans.why(host).contains("owa\\auth\\status.aspx, a server page that Exchange does not ship, was created at "
                + CREATED + " and has been deleted since"), Scans.why(host));
    }

    @Test
    void deletedShellOfWhichTheTableStillHasTheContentIsAWebShell() {
        table.add(new Record("status.aspx").in(auth, 1).at(CREATED).deleted()
                .content("<%@ Page Language=\"Jscript\" %><% eval(Request[\"PLACEHOLDER\" #INERT#"));

        HostResult host = judged();

        assertEquals(COMPROMISED, host.verdict().verdict(), Scans.why(host));
        assertEquals(List.of("C:\\" + AUTH + "\\status.aspx"), host.webShells());
    }

    @Test
    void twoDeletedShellsAreTwoFindings() {
        String shell = "<%@ Page Language=\"Jscript\" %><% eval(Request[\"PLACEHOLDER\" #INERT#";
        table.add(new Record("a.aspx").in(auth, 1).at(CREATED).deleted().content(shell));
        table.add(new Record("b.aspx").in(auth, 1).at(CREATED).deleted().content(shell));
        server.write("C/$MFT", table.bytes());

        List<Finding> findings = scan().findings();

        assertEquals(findings.size(), findings.stream().map(Finding::id).distinct().count());
        assertEquals(2, scan().hosts().get(0).webShells().size());
    }

    @Test
    void pageWhoseTimeWasSetBackIsASign() {
        table.add(new Record("status.aspx").in(auth, 1).created("2016-07-16T13:18:00Z").nameCreated(CREATED));

        HostResult host = judged();

        assertEquals(COMPROMISED_SUSPECTED, host.verdict().verdict(), Scans.why(host));
    }

    @Test
    void journalTellsADeletionOfWhichTheTableHasNothingLeft() {
        server.write("C/$Extend/$J", new MadeJournal().zeros(30).created(CREATED, 900, auth, "status.aspx")
                .deleted("2021-03-03T09:00:00Z", 900, auth, "status.aspx").bytes());

        HostResult host = judged();

        assertEquals(COMPROMISED_SUSPECTED, host.verdict().verdict(), Scans.why(host));
        assertTrue(Scans.why(host).contains("owa\\auth\\status.aspx, a server page that Exchange does not ship, was deleted"),
                Scans.why(host));
        assertEquals(List.of("usn-page-deleted.yml"), rules(scan()));
    }

    @Test
    void logOfTheFileSystemTellsADeletionOfWhichNothingElseIsLeft() {
        server.write("C/$LogFile", new MadeLog(40).created(CREATED, 900, auth, "status.aspx").other(300)
                .deleted(CREATED, 900, auth, "status.aspx").bytes());

        HostResult host = judged();

        assertEquals(COMPROMISED_SUSPECTED, host.verdict().verdict(), Scans.why(host));
        assertTrue(Scans.why(host).contains("owa\\auth\\status.aspx, a server page that Exchange does not ship, was deleted"),
                Scans.why(host));
        assertEquals(List.of("usn-page-deleted.yml"), rules(scan()));
        assertEquals("logfile", scan().findings().get(0).source());
    }

    @Test
    void journalWithoutATableSaysWhatItCannotTell() {
        server.write("C/$Extend/$UsnJrnl%3A$J", new MadeJournal().deleted(CREATED, 900, auth, "status.aspx").bytes());

        HostResult host = scan().hosts().get(0);

        assertEquals(NO_EVIDENCE, host.verdict().verdict(), Scans.why(host));
        assertTrue(host.skipped().toString().contains("1 changes of pages in the change journal are not told"),
                host.skipped().toString());
    }

    @Test
    void updateThatChangesAllPagesIsNoIntruder() {
        MadeJournal journal = new MadeJournal();
        int number = 2000;
        for (String page : SHIPPED) {
            table.add(new Record(page + ".aspx").in(auth, 1).at("2020-01-01T10:00:00.5Z").deleted());
            journal.deleted("2021-03-03T04:00:00Z", number++, auth, page + ".aspx");
            journal.created("2021-03-03T04:01:00Z", number++, auth, page + ".aspx");
        }
        table.add(new Record("OldPage.aspx").in(auth, 1).at("2020-01-01T10:00:00.5Z").deleted());
        table.add(new Record("NewPage.aspx").in(auth, 1).created("2019-01-01T00:00:00Z").nameCreated("2020-11-01T10:01:00.5Z"));
        journal.deleted("2021-03-03T04:00:30Z", number++, auth, "OldPage.aspx");
        journal.created("2021-03-03T04:01:30Z", number, auth, "NewPage.aspx");
        server.write("C/$Extend/$J", journal.bytes());

        HostResult host = judged();

        assertEquals(NO_EVIDENCE, host.verdict().verdict(), Scans.why(host));
        assertEquals(List.of(), rules(scan()));
    }

    @Test
    void pageThatWasMadeUsedAndTakenAwayIsOneEpisode() {
        server.write("C/$Extend/$J", new MadeJournal().created(CREATED, 900, auth, "status.aspx")
                .deleted("2021-03-03T23:00:00Z", 900, auth, "status.aspx").bytes());
        server.write("C/inetpub/logs/LogFiles/W3SVC1/u_ex210303_x.log", "#Software: Microsoft Internet Information Services"
                + " 10.0\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent)"
                + " sc-status\n2021-03-03 12:00:00 10.0.0.5 POST /owa/auth/status.aspx - 443 - 198.51.100.4 Mozilla 200\n");
        judged();

        CaseResult result = scan();

        assertEquals(1, result.episodes().size(), result.episodes().toString());
        assertEquals(List.of("usn-page-came.yml", "iis-webshell-used.yml", "usn-page-deleted.yml"), result.findings().stream()
                .filter(f -> !f.episode().isEmpty()).map(Finding::rule).toList());
        assertEquals(COMPROMISED, result.hosts().get(0).verdict().verdict());
    }
}
