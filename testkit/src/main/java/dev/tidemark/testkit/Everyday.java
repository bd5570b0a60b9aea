package dev.tidemark.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/** What goes on at a mail server when nobody attacks it, look-alikes among it. */
final class Everyday {
    private static final List<String> PEOPLE = List.of("anna.berg", "otto.lund", "mira.holt", "jan.visser", "lea.moreau");
    private static final String PROBE = "AMProbe/Local/ClientAccess";

    private final MadeServer server;
    private final Random random;

    Everyday(MadeServer server) {
        this.server = server;
        this.random = server.random();
    }

    /** Health probes each hour and people by day, from {@code from} for {@code hours}. */
    void traffic(Instant from, int hours) {
        for (int hour = 0; hour < hours; hour++) {
            Instant start = from.plus(Duration.ofHours(hour));
            probes(start);
            int clock = (int) Math.floorMod(start.getEpochSecond() / 3600, 24L);
            int people = clock >= 6 && clock < 18 ? 6 : 1;
            for (int i = 0; i < people; i++) {
                person(start.plusSeconds(random.nextInt(3600)));
            }
        }
    }

    private void probes(Instant hour) {
        for (String protocol : List.of("Owa", "Ecp", "Autodiscover", "Ews")) {
            String stem = "/" + protocol.toLowerCase(java.util.Locale.ROOT) + "/healthcheck.htm";
            server.request(Request.of(hour.plusSeconds(60 + random.nextInt(600)), protocol, "GET", stem, 200, "127.0.0.1")
                    .agent(PROBE).user(server.netbios() + "\\HealthMailbox4f2a9"));
        }
        server.ecp(hour.plusSeconds(700), "S:TIME=31;S:SID=health;'S:CMD=Get-Mailbox.ResultSize=1';S:URL=/ecp/exhealth.check", "");
        server.oabGenerator(hour.plusSeconds(900), "OAB generation: nothing to do.", "");
    }

    private void person(Instant time) {
        String person = PEOPLE.get(random.nextInt(PEOPLE.size()));
        String user = server.netbios() + "\\" + person;
        String client = "198.51.100." + (10 + Math.floorMod(person.hashCode(), 60));
        String mail = person + "@" + mailDomain();
        switch (random.nextInt(5)) {
            case 0 -> {
                server.request(Request.of(time, "Owa", "GET", "/owa/auth/logon.aspx", 200, client));
                server.request(Request.of(time.plusSeconds(5), "Owa", "POST", "/owa/service.svc", 200, client).user(user)
                        .anchor("Smtp~" + mail, "").backEnd("200", "/owa/service.svc", "", user));
            }
            case 1 -> server.request(Request.of(time, "Eas", "POST", "/Microsoft-Server-ActiveSync/default.eas", 200, client)
                    .query("Cmd=Sync&DeviceType=Phone").user(user).anchor("Sid~S-1-5-21-1-2-3-1107", "")
                    .backEnd("200", "/Microsoft-Server-ActiveSync/Proxy/default.eas", "", user).agent("Phone/15.4"));
            case 2 -> server.request(Request.of(time, "Ews", "POST", "/EWS/Exchange.asmx", 200, client).user(user)
                    .anchor("Smtp~" + mail, "").backEnd("200", "/EWS/Exchange.asmx", "", user).agent("MacOutlook/16.46"));
            case 3 -> server.request(Request.of(time, "Autodiscover", "GET", "/autodiscover/autodiscover.json", 200, client)
                    .query("Email=" + mail.replace("@", "%40") + "&Protocol=ActiveSync").agent("Outlook-iOS/2.0"));
            default -> server.request(Request.of(time, "Owa", "GET", "/owa/auth/15.1.2176/themes/resources/logon.css", 200, client));
        }
    }

    private String mailDomain() {
        return server.fqdn().substring(server.fqdn().indexOf('.') + 1);
    }

    /** What only looks like an attack: everybody is scanned, and administrators work. */
    void lookAlikes(Instant day) {
        server.request(Request.of(day.plusSeconds(11_000), "", "GET",
                "/ecp/Current/exporttool/microsoft.exchange.ediscovery.exporttool.application", 404, "203.0.113.200").agent("zgrab/0.x"));
        server.request(Request.of(day.plusSeconds(12_000), "", "GET", "/aspnet_client/discover.aspx", 404, "203.0.113.201"));
        server.request(Request.of(day.plusSeconds(36_000), "Ecp", "GET", "/ecp/x.js", 500, "10.20.0.99")
                .anchor("ServerInfo~localhost/ecp/default.flt", "X-BEResource-Cookie").agent("Mozilla/5.0 (scanner)"));
        server.request(Request.of(day.plusSeconds(37_000), "Autodiscover", "POST", "/autodiscover/autodiscover.xml", 200, "10.20.0.16")
                .anchor("ServerInfo~" + server.fqdn() + "/autodiscover", "").user(server.computerAccount())
                .backEnd("200", "/autodiscover/autodiscover.xml", "", server.computerAccount()));
        server.ecp(day.plusSeconds(39_000), "S:TIME=80;S:SID=admin;'S:CMD=Set-OabVirtualDirectory.ExternalUrl=''https://mail."
                + mailDomain() + "/OAB''.Identity=''OAB (Default Web Site)''';S:URL=/ecp/DDI/DDIService.svc/SetObject", "");
        server.cmdlet(day.plusSeconds(40_000), mailDomain() + "/Admins/adm.lund", "New-MailboxExportRequest",
                "-Mailbox \"otto.lund\" -FilePath \"\\\\fs01\\pst\\otto.pst\"", "");
        server.oabGenerator(day.plusSeconds(41_000), "Download failed and temporary file 'C:\\Program Files\\Microsoft\\Exchange"
                + " Server\\V15\\ClientAccess\\OAB\\Temp\\1.lzx' needs to be removed.", "");
    }
}
