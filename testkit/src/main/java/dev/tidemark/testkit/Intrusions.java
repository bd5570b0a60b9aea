package dev.tidemark.testkit;

import java.time.Instant;

/** The traces of known intrusions, in the order in which they come. The scripts in them are words, and run nowhere. */
final class Intrusions {
    private static final String INERT = "http://f/<script language=\"JScript\" runat=\"server\">function Page_Load()"
            + "{/* INERT SAMPLE, NOT A SCRIPT */ eval(Request[\"NOTHING\"],\"unsafe\"}</script>";

    private Intrusions() {}

    /** @param page below {@code <Ex>/FrontEnd/HttpProxy} */
    static void proxyLogon(MadeServer server, Instant at, String page) {
        String attacker = "203.0.113.45";
        String system = server.computerAccount();
        forged(server, at, attacker, "/autodiscover/autodiscover.xml", 200, system, "asked for the name of a mailbox");
        forged(server, at.plusSeconds(2), attacker, "/mapi/emsmdb/", 200, system, "asked for the SID of an administrator");
        forged(server, at.plusSeconds(4), attacker, "/ecp/proxyLogon.ecp", 241, system, "made a session of an administrator");
        forged(server, at.plusSeconds(9), attacker,
                "/ecp/DDI/DDIService.svc/SetObject?msExchEcpCanary=c4n4ry00112233.&schema=OABVirtualDirectory", 200, system,
                "wrote a script into the address of a virtual directory");
        server.ecp(at.plusSeconds(9), "S:TIME=120;S:SID=S-1-5-21-1-2-3-500;'S:CMD=Set-OabVirtualDirectory.ExternalUrl=''" + INERT
                + "''.Identity=''7d0c2f3e-0000-4000-8000-000000000001''';S:URL=/ecp/DDI/DDIService.svc/SetObject?"
                + "msExchEcpCanary=c4n4ry00112233.&schema=OABVirtualDirectory", "the cmdlet that wrote the script");
        forged(server, at.plusSeconds(12), attacker,
                "/ecp/DDI/DDIService.svc/SetObject?msExchEcpCanary=c4n4ry00112233.&schema=ResetOABVirtualDirectory", 200, system,
                "had the virtual directory written to a file");
        server.file("Program Files/Microsoft/Exchange Server/V15/FrontEnd/HttpProxy/" + page,
                "Name                            : OAB (Default Web Site)\nInternalUrl                     : https://mail.example/OAB\n"
                + "ExternalUrl                     : " + INERT + "\nAdminDisplayVersion             : Version 15.1 (Build 2176.2)\n",
                at.plusSeconds(12));
        for (int i = 0; i < 4; i++) {
            server.request(Request.of(at.plusSeconds(70_000 + i * 40L), "Owa", i == 0 ? "GET" : "POST", "/" + page, 200, "198.18.40.7")
                    .agent("antSword/v2.1").plants("used the web shell"));
        }
    }

    private static void forged(MadeServer server, Instant time, String client, String path, int status, String as,
            String shows) {
        int query = path.indexOf('?');
        server.request(Request.of(time, "Ecp", "POST", "/ecp/y.js", status, client)
                .anchor("ServerInfo~a]@" + server.fqdn() + ":444" + path + (query < 0 ? "?#" : "&#"), "X-BEResource-Cookie")
                .backEnd(String.valueOf(status), query < 0 ? path : path.substring(0, query),
                        query < 0 ? "" : path.substring(query + 1), as)
                .agent("python-requests/2.25.1").plants(shows));
    }

    static void proxyShell(MadeServer server, Instant at) {
        String attacker = "203.0.113.120";
        String[] paths = {"/mapi/nspi", "/autodiscover/autodiscover.xml", "/mapi/emsmdb", "/powershell"};
        for (int i = 0; i < paths.length; i++) {
            server.request(Request.of(at.plusSeconds(i * 3L), "Autodiscover", "POST", "/autodiscover/autodiscover.json", 200, attacker)
                    .query("@fir.example" + paths[i] + "/?X-Rps-CAT=INERT&Email=autodiscover/autodiscover.json%3F@fir.example")
                    .backEnd("200", paths[i], "X-Rps-CAT=INERT", server.computerAccount()).agent("python-requests/2.25.1")
                    .plants("reached a back-end service through autodiscover.json"));
        }
        server.cmdlet(at.plusSeconds(20), "fir.example/Users/anna.berg", "New-ManagementRoleAssignment",
                "-Role \"Mailbox Import Export\" -User \"anna.berg\"", "gave itself the right to export");
        server.cmdlet(at.plusSeconds(25), "fir.example/Users/anna.berg", "New-MailboxExportRequest",
                "-Mailbox \"anna.berg\" -FilePath \"\\\\127.0.0.1\\C$\\inetpub\\wwwroot\\aspnet_client\\jetty.aspx\"",
                "exported a mailbox to a page");
        server.file("inetpub/wwwroot/aspnet_client/jetty.aspx",
                "!BDN INERT SAMPLE <%@ Page Language=\"Jscript\"%><% /* nothing */ %>\n", at.plusSeconds(30));
        for (int i = 0; i < 3; i++) {
            server.request(Request.of(at.plusSeconds(600 + i * 20L), "", "POST", "/aspnet_client/jetty.aspx", 200, "198.18.55.9")
                    .plants("used the web shell"));
        }
    }
}
