package dev.tidemark.testkit;

import java.time.Instant;

/**
 * The traces of intrusions through a second path in an address: CVE-2021-34473 and what came after it. Nothing in them
 * runs: tokens and scripts are words.
 * Source: Microsoft, "ProxyShell vulnerabilities and your Exchange Server" and "Customer guidance for reported zero-day
 * vulnerabilities in Exchange"; CrowdStrike, "OWASSRF".
 */
final class ProxyShell {
    private static final String CALLER = "203.0.113.120";

    private final MadeServer server;
    private final Machine machine;

    ProxyShell(MadeServer server) {
        this.server = server;
        this.machine = server.machine();
    }

    /** Without a password: a mailbox exported to a page, and its use. */
    void chain(Instant at, String page) {
        String[] paths = {"/mapi/nspi", "/autodiscover/autodiscover.xml", "/mapi/emsmdb", "/EWS/exchange.asmx"};
        for (int i = 0; i < paths.length; i++) {
            server.request(confused(at.plusMillis(i * 3_050L), paths[i], "", "")
                    .mark(Mark.planted("reaches a back-end service without signing in")));
        }
        for (int i = 0; i < 3; i++) {
            server.request(confused(at.plusMillis(12_400 + i * 2_900L), "/powershell", "X-Rps-CAT=INERT", "")
                    .mark(Mark.planted("reaches remote PowerShell without signing in")));
        }
        String victim = machine.domain() + "/Users/anna.berg";
        server.services().cmdlet(at.plusMillis(22_300), victim, "New-ManagementRoleAssignment",
                "-Role \"Mailbox Import Export\" -User \"anna.berg\"", Mark.planted("gives itself the right to export"));
        server.services().cmdlet(at.plusMillis(25_800), victim, "New-MailboxExportRequest",
                "-Mailbox \"anna.berg\" -FilePath \"\\\\127.0.0.1\\C$\\inetpub\\wwwroot\\aspnet_client\\" + page + "\"",
                Mark.planted("exports a mailbox to a page"));
        server.disk().put("inetpub/wwwroot/aspnet_client/" + page,
                "!BDN INERT SAMPLE <%@ Page Language=\"Jscript\"%><% /* NOT A SCRIPT */ eval(Request[\"NOTHING\"] %>\n",
                at.plusMillis(31_000), Mark.planted("the web shell"));
        for (int i = 0; i < 3; i++) {
            server.request(Request.served(at.plusMillis(600_000 + i * 20_700L), "POST", "/aspnet_client/" + page, 200,
                    "198.18.55.9").mark(Mark.planted("uses the web shell")));
        }
    }

    /** With the password of an ordinary user: CVE-2022-41040. */
    void signedIn(Instant at) {
        for (int i = 0; i < 3; i++) {
            server.request(confused(at.plusMillis(i * 4_200L), "/powershell", "", machine.account("mira.holt"))
                    .markFrontEnd(Mark.planted("an ordinary user reaches remote PowerShell")));
        }
    }

    private Request confused(Instant time, String path, String token, String user) {
        String there = token.isEmpty() ? "" : token + "&";
        return Request.proxied(time, "Autodiscover", "POST", "/autodiscover/autodiscover.json", 200, CALLER)
                .query("a@" + machine.domain() + path + "/?" + there + "Email=autodiscover/autodiscover.json%3Fa@" + machine.domain())
                .user(user).routed("SMTP~a@" + machine.domain(), "ExplicitLogon-SMTP")
                .backEnd(path, token, user.isEmpty() ? machine.computerAccount() : user).agent("python-requests/2.26.0");
    }

    /** With the password of an ordinary user, through OWA: CVE-2022-41080. */
    void throughOwa(Instant at) {
        String user = machine.account("anna.berg");
        String stem = "/owa/anna.berg@" + machine.domain() + "/powershell";
        for (int i = 0; i < 2; i++) {
            Request shell = Request.proxied(at.plusMillis(i * 5_300L), "Owa", "POST", stem, 200, "203.0.113.91").user(user)
                    .routed("Smtp~anna.berg@" + machine.domain(), "ExplicitLogon-SMTP").backEnd("/powershell", "", user)
                    .agent("python-requests/2.28.1").markFrontEnd(Mark.planted("an ordinary user reaches remote PowerShell through OWA"));
            server.request(shell);
            server.services().remoteShell(shell.time(), shell.client(), stem, shell.mark());
        }
    }
}
