package dev.tidemark.scan;

import static dev.tidemark.model.VerdictClass.INSUFFICIENT_EVIDENCE;
import static dev.tidemark.model.VerdictClass.NO_EVIDENCE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tidemark.model.HostResult;
import dev.tidemark.testing.FaultyDisk;
import dev.tidemark.testing.Packed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nothing found in evidence that is damaged or missing is never "no evidence": one test a kind of loss. */
class SilenceTest {
    private static final String ECP_LOG = Server.PROXY + "Ecp/HttpProxy_2021030207-1.LOG";
    private static final String SITE_LOG = Server.SITE + "u_ex210302.log";

    private FileSystem fs;
    private Path root;
    private Server server;

    @BeforeEach
    void makeServer() {
        fs = Jimfs.newFileSystem(Configuration.unix());
        root = fs.getPath("/ev/mail01");
        server = Server.at(root);
    }

    @AfterEach
    void dropDisk() throws IOException {
        fs.close();
    }

    private HostResult judged() {
        return Scans.host(root);
    }

    private static byte[] start(Path file, double share) throws IOException {
        byte[] all = Files.readAllBytes(file);
        return Arrays.copyOf(all, (int) (all.length * share));
    }

    private void assertNothingButNoEvidence() {
        HostResult host = judged();
        assertEquals(NO_EVIDENCE, host.verdict().verdict(), Scans.why(host));
    }

    private void assertSilenceProvesNothing(String reason) {
        HostResult host = judged();
        assertEquals(INSUFFICIENT_EVIDENCE, host.verdict().verdict(), Scans.why(host));
        assertTrue(Scans.why(host).contains(reason), Scans.why(host));
    }

    @Test
    void wholeQuietServerHasNoEvidence() {
        server.all();

        HostResult host = judged();
        assertEquals(NO_EVIDENCE, host.verdict().verdict(), Scans.why(host));
        assertEquals("MX1", host.server());
        assertTrue(host.skipped().isEmpty(), host.skipped().toString());
        assertTrue(host.coverageGaps().isEmpty(), host.coverageGaps().toString());
    }

    @Test
    void logCutInTheMiddle() throws IOException {
        server.all();
        server.write(ECP_LOG, start(server.path(ECP_LOG), 0.9));

        assertSilenceProvesNothing("the file ends in the middle of line");
    }

    @Test
    void logThatWasBeingWrittenIsNoLoss() throws IOException {
        server.all();
        for (String last : new String[] {Server.PROXY + "Ecp/HttpProxy_2021030323-1.LOG", Server.SITE + "u_ex210303.log"}) {
            byte[] all = Files.readAllBytes(server.path(last));
            for (int cut : new int[] {1, 12, 60, 150}) {
                server.write(last, Arrays.copyOf(all, all.length - cut));
                assertNothingButNoEvidence();
            }
            assertTrue(judged().skipped().size() > 0, judged().skipped().toString());
        }
    }

    @Test
    void logThatWasJustBegunIsNoLoss() {
        server.all().write(Server.SITE + "u_ex210304.log", "").write(Server.PROXY + "Owa/HttpProxy_2021030400-1.LOG", "");

        assertNothingButNoEvidence();
        assertEquals(2, judged().skipped().size(), judged().skipped().toString());
    }

    @Test
    void logThatWasEmptied() {
        server.all().write(ECP_LOG, "");

        assertSilenceProvesNothing("the file is empty");
    }

    @Test
    void logThatAPowerLossFilledWithZeros() throws IOException {
        server.all();
        byte[] all = Files.readAllBytes(server.path(SITE_LOG));
        Arrays.fill(all, all.length / 2, all.length, (byte) 0);
        server.write(SITE_LOG, all);

        assertSilenceProvesNothing("NUL bytes");
    }

    @Test
    void logThatLostItsHeader() throws IOException {
        server.all();
        String text = Files.readString(server.path(ECP_LOG));
        server.write(ECP_LOG, text.substring(text.indexOf("2021-03-02T07:05")));

        assertSilenceProvesNothing("no header names the columns");
    }

    @Test
    void logInAFormThatNobodyReads() {
        server.all().write(Server.SITE + "u_in210302.log",
                "192.0.2.9, -, 3/2/2021, 8:01:02, W3SVC1, MX1, 10.0.0.5, 15, 210, 980, 200, 0, GET, /owa/, -,\n");

        assertSilenceProvesNothing("this is the IIS log file format");
    }

    @Test
    void logBehindAFailingDisk() {
        server.all();
        root = FaultyDisk.around(root, "HttpProxy_2021030207-1.LOG", FaultyDisk.Fault.BREAKS);

        assertSilenceProvesNothing("Input/output error");
    }

    @Test
    void logThatMayNotBeOpened() {
        server.all();
        root = FaultyDisk.around(root, "u_ex210302.log", FaultyDisk.Fault.DENIED);

        assertSilenceProvesNothing("permission denied");
    }

    @Test
    void logThatAnotherProcessHasLocked() {
        server.all();
        root = FaultyDisk.around(root, "u_ex210303.log", FaultyDisk.Fault.LOCKED);

        assertSilenceProvesNothing("being used by another process");
    }

    @Test
    void folderOfLogsThatMayNotBeListed() {
        server.all();
        root = FaultyDisk.around(root, "Owa", FaultyDisk.Fault.DENIED);

        assertSilenceProvesNothing("could not be listed");
    }

    @Test
    void logThatShrankWhileItWasRead() {
        server.all();
        root = FaultyDisk.around(root, "HttpProxy_2021030207-1.LOG", FaultyDisk.Fault.SHRINKS);

        assertSilenceProvesNothing("were stated");
    }

    @Test
    void whatElseIsLockedOnAServerIsNoLoss() {
        server.all().write("C/Windows/System32/config/SAM", "x").write("C/pagefile.sys", "x").write("C/DumpStack.log", "x")
                .write("C/Users/anna/notes.log", "x").write("C/Windows/CSC/x", "x");
        for (String locked : new String[] {"SAM", "pagefile.sys", "DumpStack.log", "notes.log", "CSC"}) {
            root = FaultyDisk.around(root, locked, FaultyDisk.Fault.DENIED);
        }

        assertNothingButNoEvidence();
        assertEquals(5, judged().skipped().size());
    }

    @Test
    void movedLogsThatMayNotBeRead() {
        server.all().write("D/ExchLogs/a.log", "x");
        Path healthy = root;
        root = FaultyDisk.around(healthy, "a.log", FaultyDisk.Fault.DENIED);
        assertSilenceProvesNothing("permission denied");
        root = FaultyDisk.around(healthy, "ExchLogs", FaultyDisk.Fault.DENIED);
        assertSilenceProvesNothing("could not be listed");
    }

    @Test
    void hoursThatAreMissing() throws IOException {
        server.all();
        for (String protocol : new String[] {"Ecp", "Owa", "Autodiscover"}) {
            for (int hour = 5; hour < 9; hour++) {
                Files.delete(server.path(Server.PROXY + protocol + "/HttpProxy_202103030" + hour + "-1.LOG"));
            }
        }

        assertSilenceProvesNothing("No httpproxy record for 4 hours");
    }

    @Test
    void dayOfTheFrontEndSiteThatTheBackEndStillHas() throws IOException {
        server.from("2021-03-02T00:00:00Z", 72).iis();
        for (String day : new String[] {"02", "03", "04"}) {
            server.write("C/inetpub/logs/LogFiles/W3SVC2/u_ex2103" + day + ".log",
                    Files.readAllBytes(server.path(Server.SITE + "u_ex2103" + day + ".log")));
        }
        Files.delete(server.path(Server.SITE + "u_ex210303.log"));

        assertSilenceProvesNothing("No iis record for 24 hours");
    }

    @Test
    void otherProtocolsAloneShowNoWayIn() {
        server.proxy("Mapi").proxy("Eas");

        assertSilenceProvesNothing("neither HttpProxy nor IIS logs of the front end");
    }

    @Test
    void backEndSiteAloneShowsNoWayIn() throws IOException {
        server.iis();
        server.write("C/inetpub/logs/LogFiles/W3SVC2/u_ex210302.log", Files.readAllBytes(server.path(SITE_LOG)));
        Files.delete(server.path(SITE_LOG));
        Files.delete(server.path(Server.SITE + "u_ex210303.log"));

        assertSilenceProvesNothing("neither HttpProxy nor IIS logs of the front end");
    }

    @Test
    void oneProtocolAloneIsNotEnough() {
        server.proxy("Ecp").proxy("Owa");

        assertSilenceProvesNothing("autodiscover");
    }

    @Test
    void eitherSourceAloneIsEnough() {
        server.iis();
        assertNothingButNoEvidence();

        root = fs.getPath("/ev/mail02");
        server = Server.at(root).proxy("Ecp").proxy("Owa").proxy("Autodiscover");
        assertNothingButNoEvidence();
    }

    @Test
    void logsThatBeginAfterTheFirstKnownAttacksAreOnlySaid() {
        server.all();

        String why = Scans.why(judged());
        assertTrue(why.contains("reach from 2021-03-02T00:00:00Z"), why);
        assertTrue(why.contains("what happened before or after, they cannot say"), why);
    }

    @Test
    void frontEndThatBeginsAfterThePatch() {
        String columns = "DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,ServerHostName,"
                + "ProcessName,AuthenticatedUser,Cmdlet,Parameters,ExecutionResult\n";
        String cmdlets = "C/Program Files/Microsoft/Exchange Server/V15/Logging/CmdletInfra/LocalPowerShell/Cmdlet/";
        server.from("2021-03-10T00:00:00Z", 48).build(Server.PATCHED).all();
        server.write(cmdlets + "Rps_Cmdlet_2021030400-1.LOG", columns
                + "2021-03-04T01:00:00Z,r1," + Server.VULNERABLE + ",MX1,w3wp,CORP\\x,Get-Mailbox,,Success\n"
                + "2021-03-06T01:00:00Z,r2," + Server.PATCHED + ",MX1,w3wp,CORP\\x,Get-Mailbox,,Success\n");

        assertSilenceProvesNothing("begin after the server was patched");
    }

    @Test
    void archivesThatAreDamaged() throws IOException {
        server.all();
        byte[] zip = Packed.zipOf(root);
        byte[] tgz = gzip(Packed.tarOf(root));
        Path whole = Files.write(fs.getPath("/ev/whole.zip"), zip);
        assertEquals(NO_EVIDENCE, Scans.verdict(whole));
        assertEquals(NO_EVIDENCE, Scans.verdict(Files.write(fs.getPath("/ev/whole.tar.gz"), tgz)));

        root = Files.write(fs.getPath("/ev/cut.zip"), Arrays.copyOf(zip, zip.length - 400));
        assertSilenceProvesNothing("its directory could not be read");
        root = Files.write(fs.getPath("/ev/cut.tar.gz"), Arrays.copyOf(tgz, tgz.length / 2));
        assertSilenceProvesNothing("could not be read to its end");
        root = Files.write(fs.getPath("/ev/encrypted.zip"), Packed.encrypted(zip, "HttpProxy_2021030207-1.LOG"));
        assertSilenceProvesNothing("is protected by a password");
        root = Files.write(fs.getPath("/ev/flipped.zip"), Packed.damaged(zip, "10.0.0.7"));
        assertSilenceProvesNothing("CRC-32");
        root = Files.write(fs.getPath("/ev/method.zip"), Packed.method(zip, "HttpProxy_2021030207-1.LOG", 99));
        assertSilenceProvesNothing("compression method 99");
        root = Files.write(fs.getPath("/ev/other.7z"), new byte[] {'7', 'z', (byte) 0xBC, (byte) 0xAF, 0x27, 0x1C, 0, 4});
        assertSilenceProvesNothing("7-Zip");
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void damagedArchiveThatSomebodyLeftOnTheServerIsNoLoss() throws IOException {
        server.write("D/a/setup/readme.txt", "no log".repeat(100));
        byte[] zip = Packed.zipOf(root.resolve("D"));
        Files.delete(server.path("D/a/setup/readme.txt"));
        server.all().write("C/Users/anna/Downloads/setup.zip", Arrays.copyOf(zip, 300));

        assertNothingButNoEvidence();
        assertTrue(judged().skipped().stream().anyMatch(s -> s.path().endsWith("setup.zip")));
    }

    @Test
    void damagedArchiveAmongHostsIsNotForgotten() throws IOException {
        server.all();
        Server.at(fs.getPath("/ev/mail02")).all();
        Files.write(fs.getPath("/ev/mail03.zip"), Arrays.copyOf(Packed.zipOf(root), 1000));

        var hosts = Scans.scan(fs.getPath("/ev")).hosts();

        assertEquals(3, hosts.size(), hosts.stream().map(HostResult::host).toList().toString());
        HostResult lost = hosts.stream().filter(h -> h.verdict().verdict() == INSUFFICIENT_EVIDENCE).findFirst().orElseThrow();
        assertTrue(Scans.why(lost).contains("mail03.zip"), Scans.why(lost));
        assertEquals(2, hosts.stream().filter(h -> h.verdict().verdict() == NO_EVIDENCE).count());
    }

    @Test
    void lossInAnArchiveOfSeveralHostsConcernsAllOfThem() throws IOException {
        server.all();
        Server.at(fs.getPath("/ev/mail02")).all();
        byte[] tar = Packed.tarOf(fs.getPath("/ev"));
        Path archive = Files.write(fs.getPath("/all.tar"), Arrays.copyOf(tar, tar.length - 1536));
        Files.createDirectories(fs.getPath("/delivery"));
        Files.move(archive, fs.getPath("/delivery/all.tar"));

        for (Path root : new Path[] {fs.getPath("/delivery"), fs.getPath("/delivery/all.tar")}) {
            for (HostResult host : Scans.scan(root).hosts()) {
                assertEquals(INSUFFICIENT_EVIDENCE, host.verdict().verdict(), root + " " + host.host());
                assertTrue(Scans.why(host).contains("all.tar"), Scans.why(host));
            }
        }
    }

    @Test
    void faultInTheProgramItselfEndsOneFileNotTheRun() {
        server.all();
        root = FaultyDisk.around(root, "HttpProxy_2021030207-1.LOG", FaultyDisk.Fault.THROWS);

        assertSilenceProvesNothing("this is a fault of Tidemark");
    }

    @Test
    void pageOfTheWebServerThatMayNotBeRead() {
        server.all().write("C/inetpub/wwwroot/aspnet_client/a.aspx", "x").write("C/inetpub/wwwroot/logo.png", "x");
        Path healthy = root;
        root = FaultyDisk.around(healthy, "logo.png", FaultyDisk.Fault.DENIED);
        assertNothingButNoEvidence();
        root = FaultyDisk.around(healthy, "a.aspx", FaultyDisk.Fault.DENIED);
        assertEquals(INSUFFICIENT_EVIDENCE, judged().verdict().verdict(), Scans.why(judged()));
        root = FaultyDisk.around(healthy, "aspnet_client", FaultyDisk.Fault.DENIED);
        assertSilenceProvesNothing("could not be listed");
    }

    @Test
    void pageThatIsFilledUpBeyondWhatIsSearchedIsTold() {
        server.all().write("C/inetpub/wwwroot/aspnet_client/a.aspx", " ".repeat(5 << 20) + "<% end %>");

        assertTrue(judged().skipped().toString().contains("only its first 4194304 bytes were searched"),
                judged().skipped().toString());
    }
}
