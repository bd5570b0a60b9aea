package dev.tidemark.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** What goes on at a mail server when nobody attacks it: health probes each hour, and people by day. */
final class Everyday {
    private static final List<String> PEOPLE =
            List.of("anna.berg", "otto.lund", "mira.holt", "jan.visser", "lea.moreau", "tom.akande");
    private static final List<String> PROBED = List.of("Autodiscover", "Ecp", "Ews", "Mapi", "Owa");
    private static final String PROBE = "AMProbe/Local/ClientAccess";
    private static final String MONITOR = "10.20.0.40";

    private final MadeServer server;
    private final Machine machine;
    private final Random random;

    Everyday(MadeServer server) {
        this.server = server;
        this.machine = server.machine();
        this.random = server.random();
    }

    void traffic(Instant from, int hours) {
        for (int hour = 0; hour < hours; hour++) {
            Instant start = from.plus(Duration.ofHours(hour));
            probes(start);
            int clock = (int) Math.floorMod(start.getEpochSecond() / 3600, 24L);
            int people = clock >= 6 && clock < 18 ? 6 : 1;
            for (int i = 0; i < people; i++) {
                person(start.plusMillis(random.nextInt(3_590_000)), PEOPLE.get(random.nextInt(PEOPLE.size())));
            }
            if (clock == 9) {
                administrator(start.plusMillis(random.nextInt(3_000_000)));
            }
        }
    }

    private void probes(Instant hour) {
        String prober = machine.account("HealthMailbox4f2a9c01");
        for (String protocol : PROBED) {
            String stem = "/" + protocol.toLowerCase(Locale.ROOT) + "/healthcheck.htm";
            server.request(Request.proxied(hour.plusMillis(60_000 + random.nextInt(600_000)), protocol, "GET", stem, 200,
                    MadeServer.LOOPBACK).agent(PROBE).user(prober));
        }
        server.request(Request.served(hour.plusSeconds(1800), "GET", "/owa/healthcheck.htm", 200, MONITOR)
                .agent("python-requests/2.25.1").mark(hour.getEpochSecond() % 86_400 == 0
                        ? Mark.lookAlike("the owner's own monitoring, a script") : Mark.NONE));
        server.services().ecp(hour.plusSeconds(700), "Get-InboxRule", "/ecp/RulesEditor/InboxRules.svc/GetList", Mark.NONE);
        server.services().cmdlet(hour.plusSeconds(800), prober, "Get-Mailbox", "-ResultSize \"1\"", Mark.NONE);
        server.services().oabGenerator(hour.plusSeconds(900), "OAB generation finished, total time 00:00:21", Mark.NONE);
    }

    private void person(Instant time, String person) {
        int number = PEOPLE.indexOf(person);
        String user = machine.account(person);
        String client = "198.51.100." + (20 + number);
        String sid = "Sid~S-1-5-21-1004-2008-3012-" + (1100 + number);
        switch (random.nextInt(6)) {
            case 0 -> owa(time, user, client, sid);
            case 1 -> server.request(Request.proxied(time, "Eas", "POST", "/Microsoft-Server-ActiveSync/default.eas", 200, client)
                    .query("Cmd=Sync&DeviceId=D0" + number + "&DeviceType=Phone").user(user).routed(sid, "WindowsIdentity")
                    .backEnd("/Microsoft-Server-ActiveSync/Proxy/default.eas", "Cmd=Sync", user).agent("Phone/15.4 (mail)"));
            case 2 -> {
                server.request(Request.proxied(time, "Ews", "POST", "/EWS/Exchange.asmx", 200, client).user(user)
                        .routed(sid, "WindowsIdentity").backEnd("/EWS/Exchange.asmx", "", user).agent("MacOutlook/16.46"));
                server.services().ews(time, user, "GetItem");
            }
            case 3 -> server.request(Request.proxied(time, "Mapi", "POST", "/mapi/emsmdb/", 200, client)
                    .query("MailboxId=5d1c0a3e-0000-4000-8000-00000000000" + number + "@" + machine.domain()).user(user)
                    .routed("MailboxGuid~5d1c0a3e-0000-4000-8000-00000000000" + number, "MailboxGuidWithDomain")
                    .backEnd("/mapi/emsmdb/", "", user).agent("Microsoft Office/16.0 (Outlook 16.0.13127)"));
            case 4 -> autodiscover(time, user, client, person + "@" + machine.domain());
            default -> server.request(Request.served(time, "GET", "/owa/auth/15.1.2176/themes/resources/logon.css", 200, client));
        }
    }

    private void owa(Instant time, String user, String client, String sid) {
        server.request(Request.proxied(time, "Owa", "GET", "/owa/auth/logon.aspx", 200, client)
                .query("url=https%3a%2f%2f" + machine.mailHost() + "%2fowa%2f&reason=0"));
        server.request(Request.proxied(time.plusMillis(5_100), "Owa", "POST", "/owa/auth.owa", 302, client));
        server.request(Request.proxied(time.plusMillis(5_900), "Owa", "POST", "/owa/service.svc", 200, client)
                .query("action=FindConversation").user(user).routed(sid, "WindowsIdentity")
                .backEnd("/owa/service.svc", "action=FindConversation", user));
    }

    private void autodiscover(Instant time, String user, String client, String mail) {
        server.request(Request.proxied(time, "Autodiscover", "GET", "/autodiscover/autodiscover.json", 200, client)
                .query("Email=" + mail.replace("@", "%40") + "&Protocol=ActiveSync&RedirectCount=1").agent("Outlook-iOS-Android/1.0"));
        server.request(Request.proxied(time.plusMillis(900), "Autodiscover", "POST", "/autodiscover/autodiscover.xml", 200, client)
                .user(user).routed("Smtp~" + mail, "EmailAddress").backEnd("/autodiscover/autodiscover.xml", "", user)
                .agent("Microsoft Office/16.0"));
    }

    private void administrator(Instant time) {
        String admin = machine.account("adm.lund");
        server.request(Request.proxied(time, "Ecp", "POST", "/ecp/DDI/DDIService.svc/GetList", 200, "10.20.0.21")
                .query("schema=MailboxService").user(admin).routed("Sid~S-1-5-21-1004-2008-3012-500", "WindowsIdentity")
                .backEnd("/ecp/DDI/DDIService.svc/GetList", "schema=MailboxService", admin));
        Request shell = Request.proxied(time.plusSeconds(600), "PowerShell", "POST", "/PowerShell/", 200, "10.20.0.21")
                .user(admin).routed("Sid~S-1-5-21-1004-2008-3012-500", "WindowsIdentity").backEnd("/PowerShell/", "", admin)
                .agent("Microsoft WinRM Client");
        server.request(shell);
        server.services().remoteShell(shell.time(), shell.client(), "/PowerShell/", Mark.NONE);
        server.services().cmdlet(time.plusSeconds(620), machine.domain() + "/Admins/adm.lund", "Get-MailboxStatistics",
                "-Server \"" + machine.name() + "\"", Mark.NONE);
    }
}
