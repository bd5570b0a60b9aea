package dev.tidemark.testkit;

import java.time.Instant;

/** What only looks like an attack: everybody is scanned, and administrators work. */
final class LookAlikes {
    private static final String OWN_SCANNER = "10.20.0.99";

    private final MadeServer server;
    private final Machine machine;

    LookAlikes(MadeServer server) {
        this.server = server;
        this.machine = server.machine();
    }

    /** @param day at midnight */
    void all(Instant day) {
        strangers(day);
        ownScanner(day.plusSeconds(36_000));
        ownServers(day.plusSeconds(37_000));
        virtualDirectories(day.plusSeconds(39_000));
        exports(day.plusSeconds(40_000));
        addressBook(day.plusSeconds(41_000));
        statusPage(day.plusSeconds(42_000));
    }

    private void strangers(Instant day) {
        server.request(Request.served(day.plusSeconds(11_000), "GET",
                "/ecp/Current/exporttool/microsoft.exchange.ediscovery.exporttool.application", 404, "203.0.113.200")
                .agent("Mozilla/5.0 zgrab/0.x").mark(Mark.lookAlike("a stranger asks for the version")));
        server.request(Request.served(day.plusSeconds(12_000), "GET", "/aspnet_client/discover.aspx", 404, "203.0.113.201")
                .mark(Mark.lookAlike("a stranger looks for somebody else's web shell; it is not there")));
        server.request(Request.served(day.plusSeconds(12_001), "GET", "/owa/auth/outlooken.aspx", 302, "203.0.113.201")
                .mark(Mark.lookAlike("a stranger looks for somebody else's web shell; he is sent to the logon page")));
        server.request(Request.proxied(day.plusSeconds(13_000), "Autodiscover", "GET", "/autodiscover/autodiscover.json", 302,
                "203.0.113.202").query("@test.example/mapi/nspi/?&Email=autodiscover/autodiscover.json%3F@test.example")
                .agent("Mozilla/5.0 zgrab/0.x").mark(Mark.lookAlike("a stranger tests for ProxyShell; refused")));
    }

    private void ownScanner(Instant time) {
        server.request(Request.proxied(time, "Ecp", "GET", "/ecp/x.js", 500, OWN_SCANNER)
                .routed("ServerInfo~localhost/ecp/default.flt", "X-BEResource-Cookie").agent("Mozilla/5.0 (own scanner)")
                .mark(Mark.lookAlike("the owner's vulnerability scanner tests for ProxyLogon against localhost")));
        server.request(Request.proxied(time.plusMillis(1_200), "Owa", "GET", "/owa/auth/x.js", 500, OWN_SCANNER)
                .routed("ServerInfo~localhost/owa/auth/logon.aspx?", "X-AnonResource-Backend-Cookie")
                .agent("Mozilla/5.0 (own scanner)")
                .mark(Mark.lookAlike("the owner's vulnerability scanner tests for ProxyLogon against localhost")));
    }

    private void ownServers(Instant time) {
        server.request(Request.proxied(time, "Autodiscover", "POST", "/autodiscover/autodiscover.svc/WSSecurity", 200, "10.20.0.16")
                .routed("ServerInfo~" + machine.fqdn() + "/autodiscover/autodiscover.xml", "ServerInfo")
                .user(machine.account("MX-OTHER$")).agent("ASAutoDiscover/CrossForest/EmailDomain")
                .backEnd("/autodiscover/autodiscover.svc/WSSecurity", "", machine.account("MX-OTHER$"))
                .mark(Mark.lookAlike("another server of the same organisation asks for calendars, signed in")));
    }

    private void virtualDirectories(Instant time) {
        Mark mark = Mark.lookAlike("an administrator changes the address of a virtual directory");
        String admin = machine.account("adm.lund");
        for (String schema : new String[] {"OABVirtualDirectory", "ResetOABVirtualDirectory"}) {
            String query = "schema=" + schema + "&msExchEcpCanary=5a0c1d2e3f40516273.";
            server.request(Request.proxied(time, "Ecp", "POST", "/ecp/DDI/DDIService.svc/SetObject", 200, "10.20.0.21")
                    .query(query).user(admin).routed("Sid~S-1-5-21-1004-2008-3012-500", "WindowsIdentity")
                    .backEnd("/ecp/DDI/DDIService.svc/SetObject", query, admin).mark(mark));
        }
        server.services().ecp(time.plusMillis(400), "Set-OabVirtualDirectory.ExternalUrl='https://" + machine.mailHost()
                + "/OAB'.Identity='OAB (Default Web Site)'", "/ecp/DDI/DDIService.svc/SetObject?schema=OABVirtualDirectory", mark);
        server.services().ecp(time.plusMillis(700), "New-OabVirtualDirectory.WebSiteName='Default Web Site'",
                "/ecp/DDI/DDIService.svc/SetObject?schema=ResetOABVirtualDirectory", mark);
    }

    private void exports(Instant time) {
        Mark mark = Mark.lookAlike("an administrator exports a mailbox to a .pst file");
        String admin = machine.domain() + "/Admins/adm.lund";
        ServiceLogs shells = server.services();
        shells.cmdlet(time, admin, "New-ManagementRoleAssignment", "-Role \"Mailbox Import Export\" -User \"adm.lund\"", mark);
        shells.cmdlet(time.plusSeconds(60), admin, "New-MailboxExportRequest",
                "-Mailbox \"otto.lund\" -FilePath \"\\\\fs01\\pst\\otto.pst\"", mark);
        shells.cmdlet(time.plusSeconds(900), admin, "Remove-MailboxExportRequest", "-Identity \"otto.lund\\MailboxExport\"", mark);
    }

    private void addressBook(Instant time) {
        server.services().oabGenerator(time, "Download failed and temporary file 'C:\\Program Files\\Microsoft\\Exchange Server"
                + "\\V15\\ClientAccess\\OAB\\7d0c2f3e\\tmp41.lzx' needs to be removed.",
                Mark.lookAlike("a failed download in the address book's own folder"));
    }

    private void statusPage(Instant time) {
        server.disk().put("inetpub/wwwroot/aspnet_client/lbstatus.aspx", "<%@ Page Language=\"C#\" %>\nup\n",
                time.minusSeconds(90L * 86_400), Mark.lookAlike("the load balancer's status page"));
        server.request(Request.served(time, "GET", "/aspnet_client/lbstatus.aspx", 200, "10.20.0.2")
                .mark(Mark.lookAlike("the load balancer reads its status page")));
    }
}
