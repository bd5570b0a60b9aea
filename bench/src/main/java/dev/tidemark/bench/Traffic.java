package dev.tidemark.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes the logs of a busy, unharmed Exchange server, in the proportions of a real one: hourly HttpProxy files by
 * protocol, daily IIS files of both sites. One line in 100,000 is what a stranger leaves who looks for a version or a
 * page that is not there. The same size and seed give the same bytes.
 *
 * <p>{@code Traffic FOLDER MEGABYTES}; runs from source: {@code java Traffic.java …}.
 */
public final class Traffic {
    private static final long FIRST_DAY = 1_614_556_800_000L; // 2021-03-01T00:00:00Z
    private static final long HOUR = 3_600_000L;
    private static final int RARE = 100_000;
    private static final int PROXY_FILE_BYTES = 9_500_000;
    private static final int IIS_FILE_BYTES = 130_000_000;

    private static final String PROXY_COLUMNS = "DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,"
            + "RevisionVersion,ClientRequestId,Protocol,UrlHost,UrlStem,ProtocolAction,AuthenticationType,"
            + "IsAuthenticated,AuthenticatedUser,Organization,AnchorMailbox,UserAgent,ClientIpAddress,ServerHostName,"
            + "HttpStatus,BackEndStatus,ErrorCode,Method,ProxyAction,TargetServer,TargetServerVersion,RoutingType,"
            + "RoutingHint,BackEndCookie,ServerLocatorHost,ServerLocatorLatency,RequestBytes,ResponseBytes,"
            + "TargetOutstandingRequests,AuthModulePerfContext,HttpPipelineLatency,CalculateTargetBackEndLatency,"
            + "GlsLatencyBreakup,TotalGlsLatency,AccountForestLatencyBreakup,TotalAccountForestLatency,"
            + "ResourceForestLatencyBreakup,TotalResourceForestLatency,ADLatency,SharedCacheLatencyBreakup,"
            + "TotalSharedCacheLatency,ActivityContextLifeTime,ModuleToHandlerSwitchingLatency,"
            + "ClientReqStreamLatency,BackendReqInitLatency,BackendReqStreamLatency,BackendProcessingLatency,"
            + "BackendRespInitLatency,BackendRespStreamLatency,ClientRespStreamLatency,KerberosAuthHeaderLatency,"
            + "HandlerCompletionLatency,RequestHandlerLatency,HandlerToModuleSwitchingLatency,ProxyTime,CoreLatency,"
            + "RoutingLatency,HttpProxyOverhead,TotalRequestTime,RouteRefresherLatency,UrlQuery,BackEndGenericInfo,"
            + "GenericInfo,GenericErrors,EdgeTraceId,DatabaseGuid,UserADObjectGuid,PartitionEndpointLookupLatency,"
            + "RoutingStatus";

    /** What follows the answer in every HttpProxy line. */
    private static final String PROXY_TAIL = ",IntraForest,WindowsIdentity,Database~{guid}~~2021-03-31T00:00:00,,,{n},{n}"
            + ",,,0,1,,0,,0,,0,0,,0,{n},0,0,0,0,{n},0,0,0,0,0,{n},0,{n},2,1,2,{n},,{query},,BeginRequest={time};"
            + "CorrelationID=<empty>;ProxyState-Run=None;FEAuth=BEVersion-1942063232;{entry}BeginGetRequestStream={time};"
            + "OnRequestStreamReady={time};BeginGetResponse={time};OnResponseReady={time};EndGetResponse={time};"
            + "ProxyState-Complete=ProxyResponseData;SharedCacheGuard=0;EndRequest={time};,,,|RoutingDB:{guid},,,CafeV1";

    private static final String IDS = "&CorrelationID=<empty>;&cafeReqId={guid}; 443 ";
    private static final String BROWSER = "Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36+(KHTML,+like+Gecko)"
            + "+Chrome/88.0.4324.190+Safari/537.36";
    private static final String OUTLOOK = "Microsoft+Office/16.0+(Windows+NT+10.0;+Microsoft+Outlook+16.0.13127;+Pro)";
    private static final String LINK_LOCAL = "fe80::8a8d:f486:a2bc:d283%6";

    /** Weight, protocol, then the middle of the line from ClientRequestId to TargetServerVersion, then the query. */
    private static final Kind[] PROXY = {
        new Kind(34, "Mapi", "R:{guid}:{n};RT:Execute;CI:{guid}:1;CID:{guid},Mapi,mail.contoso.example,/mapi/emsmdb/,,"
                + "Negotiate,true,CONTOSO\\{user},contoso.example,MailboxGuid~{guid},Microsoft Office/16.0 (Windows NT"
                + " 10.0; Microsoft Outlook 16.0.13127; Pro),{ip},EX01,200,200,,POST,Proxy,ex01.contoso.example,"
                + "15.01.2176.000", "?MailboxId={guid}@contoso.example"),
        new Kind(20, "Ews", ",Ews,mail.contoso.example,/EWS/Exchange.asmx,GetFolder,Negotiate,true,CONTOSO\\{user},,"
                + "Sid~S-1-5-21-2315629859-1093097531-676738891-{n},Microsoft Office/16.0 (Windows NT 10.0; Microsoft"
                + " Outlook 16.0.5122; Pro),{ip},EX01,200,200,,POST,Proxy,ex01.contoso.example,15.01.2176.000", ""),
        new Kind(20, "Eas", ",Eas,mail.contoso.example,/Microsoft-Server-ActiveSync/default.eas,,Basic,true,"
                + "CONTOSO\\{user},,Sid~S-1-5-21-2315629859-1093097531-676738891-{n},Apple-iPhone12C1/1804.92,{ip},"
                + "EX01,200,200,,POST,Proxy,ex01.contoso.example,15.01.2176.000",
                "?Cmd=Ping&User=contoso.example%5C{user}&DeviceId={hex}&DeviceType=iPhone"),
        new Kind(14, "Owa", ",Owa,mail.contoso.example,/owa/service.svc,GetConversationItems,FBA,true,CONTOSO\\{user},,"
                + "Sid~S-1-5-21-2315629859-1093097531-676738891-{n},\"Mozilla/5.0 (Windows NT 10.0; Win64; x64)"
                + " AppleWebKit/537.36 (KHTML, like Gecko) Chrome/88.0.4324.190 Safari/537.36\",{ip},EX01,200,200,,"
                + "POST,Proxy,ex01.contoso.example,15.01.2176.000", "?action=GetConversationItems&EP=1&ID=-{n}&AC=1"),
        new Kind(5, "Owa", ",Owa,mail.contoso.example,/owa/auth/logon.aspx,,FBA,false,,,,Mozilla/5.0 (iPhone; CPU iPhone"
                + " OS 14_4 like Mac OS X) AppleWebKit/605.1.15,{ip},EX01,200,,,GET,,,",
                "?url=https%3a%2f%2fmail.contoso.example%2fowa%2f&reason=0"),
        new Kind(4, "Autodiscover", ",Autodiscover,autodiscover.contoso.example,/autodiscover/autodiscover.xml,,NTLM,true,"
                + "CONTOSO\\{user},,Smtp~{user}@contoso.example,Microsoft Office/15.0 (Windows NT 6.1; Microsoft"
                + " Outlook 15.0.5311; Pro),{ip},EX01,200,200,,POST,Proxy,ex01.contoso.example,15.01.2176.000", ""),
        new Kind(2, "RpcHttp", ",RpcHttp,mail.contoso.example,/rpc/rpcproxy.dll,,NTLM,true,CONTOSO\\{user},,"
                + "Sid~S-1-5-21-2315629859-1093097531-676738891-{n},MSRPC,{ip},EX01,200,200,,RPC_IN_DATA,Proxy,"
                + "ex01.contoso.example,15.01.2176.000", "?{guid}@contoso.example:6001"),
        new Kind(1, "PowerShell", ",PowerShell,ex01.contoso.example,/powershell,,Kerberos,true,CONTOSO\\{user},,"
                + "Sid~S-1-5-21-2315629859-1093097531-676738891-{n},Microsoft WinRM Client,{ip},EX01,200,200,,POST,Proxy,"
                + "ex01.contoso.example,15.01.2176.000", "?serializationLevel=Full;clientApplication=ManagementShell"),
    };
    private static final String[] PROXY_RARE = {
        ",Ecp,mail.contoso.example,/ecp/y.js,,,false,,,ServerInfo~localhost/ecp/default.flt?#,Mozilla/5.0,{ip},EX01,500,,"
            + ",GET,,,",
        ",Autodiscover,mail.contoso.example,/autodiscover/autodiscover.json,,,false,,,,Mozilla/5.0 zgrab/0.x,{ip},EX01,404,"
            + ",,GET,,,",
    };

    private static final Kind[] FRONT = {
        new Kind(34, "", "POST /mapi/emsmdb/ MailboxId={guid}@contoso.example&CorrelationID=<empty>;&ClientRequestInfo="
                + "R:{guid}:{n};RT:Execute;CI:{guid}:1;CID:{guid}&cafeReqId={guid}; 443 CONTOSO\\{user} {ip} " + OUTLOOK
                + " - 200 0 0 {n}", ""),
        new Kind(18, "", "POST /EWS/Exchange.asmx " + IDS + "CONTOSO\\{user} {ip} " + OUTLOOK + " - 200 0 0 {n}", ""),
        new Kind(4, "", "POST /EWS/Exchange.asmx " + IDS + "- {ip} " + OUTLOOK + " - 401 1 2148074254 {n}", ""),
        new Kind(20, "", "POST /Microsoft-Server-ActiveSync/default.eas Cmd=Sync&User={user}%40contoso.example&DeviceId="
                + "{hex}&DeviceType=iPhone" + IDS + "{user}@contoso.example {ip} Apple-iPhone12C1/1804.92 - 200 0 0 {n}",
                ""),
        new Kind(12, "", "POST /owa/service.svc action=GetConversationItems&EP=1&ID=-{n}&AC=1" + IDS + "CONTOSO\\{user} {ip} "
                + BROWSER + " https://mail.contoso.example/owa/ 200 0 0 {n}", ""),
        new Kind(2, "", "GET /owa/auth/logon.aspx url=https%3a%2f%2fmail.contoso.example%2fowa%2f&reason=0" + IDS + "- {ip} "
                + BROWSER + " - 200 0 0 {n}", ""),
        new Kind(2, "", "GET /owa/auth/15.1.2176/themes/resources/logon.css " + IDS + "- {ip} " + BROWSER
                + " https://mail.contoso.example/owa/auth/logon.aspx 200 0 0 {n}", ""),
        new Kind(1, "", "GET /owa/prem/15.1.2176.2/scripts/boot.worldwide.0.mouse.js " + IDS + "CONTOSO\\{user} {ip} "
                + BROWSER + " https://mail.contoso.example/owa/ 200 0 0 {n}", ""),
        new Kind(4, "", "POST /autodiscover/autodiscover.xml " + IDS + "CONTOSO\\{user} {ip} " + OUTLOOK + " - 200 0 0 {n}",
                ""),
        new Kind(2, "", "RPC_IN_DATA /rpc/rpcproxy.dll {guid}@contoso.example:6001" + IDS + "CONTOSO\\{user} {ip} MSRPC - 200"
                + " 0 0 {n}", ""),
        new Kind(1, "", "GET /OAB/b732d5dd-56f0-4c23-84f1-46395c732cb9/oab.xml " + IDS + "CONTOSO\\{user} {ip}"
                + " Microsoft+BITS/7.8 - 200 0 0 {n}", ""),
    };
    private static final String[] FRONT_RARE = {
        "GET /ecp/Current/exporttool/microsoft.exchange.ediscovery.exporttool.application - 443 - {ip}"
            + " Mozilla/5.0+zgrab/0.x - 200 0 0 {n}",
        "GET /aspnet_client/discover.aspx - 443 - {ip} python-requests/2.25.1 - 404 0 2 {n}",
    };

    private static final Kind[] BACK = {
        new Kind(40, "", "POST /mapi/emsmdb/ MailboxId={guid}@contoso.example&cafeReqId={guid}; 444 CONTOSO\\{user} "
                + LINK_LOCAL + " " + OUTLOOK + " - 200 0 0 {n}", ""),
        new Kind(24, "", "POST /EWS/Exchange.asmx &ActID={guid}&cafeReqId={guid}; 444 CONTOSO\\{user} " + LINK_LOCAL + " "
                + OUTLOOK + " - 200 0 0 {n}", ""),
        new Kind(22, "", "POST /Microsoft-Server-ActiveSync/Proxy/default.eas Cmd=Ping&User={user}%40contoso.example&DeviceId"
                + "={hex}&DeviceType=iPhone&Log=V141_Fc1_Fid:{n}_Ty:Em_Filt5_St:S_Sk:{n}_&cafeReqId={guid}; 444"
                + " CONTOSO\\{user} " + LINK_LOCAL + " Apple-iPhone12C1/1804.92 - 200 0 0 {n}", ""),
        new Kind(14, "", "POST /owa/service.svc action=GetConversationItems&cafeReqId={guid}; 444 CONTOSO\\{user} "
                + LINK_LOCAL + " " + BROWSER + " - 200 0 0 {n}", ""),
    };
    private static final String[] BACK_RARE = {
        "GET /owa/auth/frowny.aspx &cafeReqId={guid}; 444 - " + LINK_LOCAL + " Mozilla/5.0 - 404 0 0 {n}",
    };

    private record Kind(int weight, String protocol, String line, String query) {}

    private final Path folder;
    private final Random random = new Random(20210302);
    private final StringBuilder line = new StringBuilder(2048);
    private String time = "";
    private long lines;

    private Traffic(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: Traffic FOLDER MEGABYTES");
            System.exit(2);
        }
        Traffic traffic = new Traffic(Path.of(args[0]));
        long bytes = Long.parseLong(args[1]) * 1_000_000;
        traffic.proxy(bytes * 6 / 10);
        traffic.iis("W3SVC1", "10.0.0.5 ", FRONT, FRONT_RARE, bytes / 4);
        traffic.iis("W3SVC2", LINK_LOCAL + " ", BACK, BACK_RARE, bytes * 15 / 100);
        System.err.println(traffic.lines + " lines in " + args[0]);
    }

    /** Hour after hour, each protocol's file as large as its share of the traffic. */
    private void proxy(long bytes) throws IOException {
        Path logs = folder.resolve("C/Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy");
        List<String> protocols = new ArrayList<>();
        int all = 0;
        for (Kind kind : PROXY) {
            all += kind.weight;
            if (!protocols.contains(kind.protocol)) {
                protocols.add(kind.protocol);
            }
        }
        long written = 0;
        for (int hour = 0; written < bytes; hour++) {
            for (String protocol : protocols) {
                List<Kind> kinds = new ArrayList<>();
                int share = 0;
                for (Kind kind : PROXY) {
                    if (kind.protocol.equals(protocol)) {
                        kinds.add(kind);
                        share += kind.weight;
                    }
                }
                Instant start = Instant.ofEpochMilli(FIRST_DAY + hour * HOUR);
                String stamp = start.toString().substring(0, 13).replaceAll("[-T]", "");
                Path file = logs.resolve(protocol + "/HttpProxy_" + stamp + "-1.LOG");
                String head = PROXY_COLUMNS + "\r\n#Software: Microsoft Exchange Server\r\n#Version: 15.01.2176.002\r\n"
                        + "#Log-type: HttpProxy Logs\r\n#Date: " + start + "\r\n#Fields: " + PROXY_COLUMNS + "\r\n";
                long size = Math.min((long) PROXY_FILE_BYTES * share * 3 / all, bytes - written);
                written += write(file, head, start.toEpochMilli(), HOUR, size, kinds.toArray(new Kind[0]), PROXY_RARE, true, "");
            }
        }
    }

    private void iis(String site, String server, Kind[] kinds, String[] rare, long bytes) throws IOException {
        long written = 0;
        for (int day = 0; written < bytes; day++) {
            Instant start = Instant.ofEpochMilli(FIRST_DAY + day * 24 * HOUR);
            String date = start.toString().substring(0, 10);
            Path file = folder.resolve("C/inetpub/logs/LogFiles/" + site + "/u_ex"
                    + date.substring(2).replace("-", "") + ".log");
            String head = "#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: " + date
                    + " 00:00:01\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip"
                    + " cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\r\n";
            written += write(file, head, start.toEpochMilli(), 24 * HOUR, Math.min(IIS_FILE_BYTES, bytes - written), kinds,
                    rare, false, server);
        }
    }

    /** Spreads {@code size} bytes of lines evenly over the time. */
    private long write(Path file, String head, long start, long span, long size, Kind[] kinds, String[] rare,
            boolean proxy, String server) throws IOException {
        Files.createDirectories(file.getParent());
        int all = 0;
        for (Kind kind : kinds) {
            all += kind.weight;
        }
        long written = 0;
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            while (written < size) {
                Kind kind = pick(kinds, all);
                String odd = ++lines % RARE == 0 ? rare[(int) (lines / RARE % rare.length)] : "";
                time = stamp(start + (long) ((double) span * written / size));
                line.setLength(0);
                if (proxy) {
                    fill("{time},{guid},15,1,2176,2,");
                    fill(odd.isEmpty() ? kind.line : odd);
                    String entry = kind.protocol.equals("Eas") ? "RoutingEntry=DatabaseGuid:{guid}%40contoso.example%40"
                            + "contoso.example Server:ex01.contoso.example+1942063232@637503675061488860;" : "";
                    fill(PROXY_TAIL.replace("{query}", odd.isEmpty() ? kind.query : "").replace("{entry}", entry));
                } else {
                    line.append(time, 0, 10).append(' ').append(time, 11, 19).append(' ').append(server);
                    fill(odd.isEmpty() ? kind.line : odd);
                }
                line.append("\r\n");
                out.write(line.toString().getBytes(StandardCharsets.ISO_8859_1));
                written += line.length();
            }
        }
        return written;
    }

    private Kind pick(Kind[] kinds, int all) {
        int at = random.nextInt(all);
        for (Kind kind : kinds) {
            at -= kind.weight;
            if (at < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("weights do not add up");
    }

    private static String stamp(long millis) {
        String text = Instant.ofEpochMilli(millis).toString();
        return text.length() == 24 ? text : text.substring(0, 19) + ".000Z";
    }

    private void fill(String pattern) {
        int at = 0;
        for (int open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', at)) {
            line.append(pattern, at, open);
            at = pattern.indexOf('}', open) + 1;
            switch (pattern.substring(open + 1, at - 1)) {
                case "guid" -> guid();
                case "hex" -> hex(32);
                case "user" -> line.append("user").append(random.nextInt(2000));
                case "ip" -> line.append("10.").append(random.nextInt(256)).append('.').append(random.nextInt(256))
                        .append('.').append(1 + random.nextInt(254));
                case "n" -> line.append(random.nextInt(4000));
                case "time" -> line.append(time);
                default -> throw new IllegalArgumentException("no such slot in '" + pattern + "'");
            }
        }
        line.append(pattern, at, pattern.length());
    }

    private void guid() {
        hex(8);
        for (int i = 0; i < 3; i++) {
            line.append('-');
            hex(4);
        }
        line.append('-');
        hex(12);
    }

    private void hex(int digits) {
        long bits = 0;
        for (int i = 0; i < digits; i++) {
            bits = i % 16 == 0 ? random.nextLong() : bits >>> 4;
            line.append("0123456789abcdef".charAt((int) (bits & 15)));
        }
    }
}
