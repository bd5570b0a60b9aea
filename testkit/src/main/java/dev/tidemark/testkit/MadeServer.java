package dev.tidemark.testkit;

import dev.tidemark.testkit.MadeEvidence.Planted;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A made-up server under construction: takes requests and other records, and writes the logs that a real one would have.
 * The same seed gives the same bytes.
 */
public final class MadeServer {
    static final String EXCHANGE = "C/Program Files/Microsoft/Exchange Server/V15/";
    private static final String WWW = "C/inetpub/logs/LogFiles/";
    private static final DateTimeFormatter MILLIS = format("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final DateTimeFormatter IIS = format("uuuu-MM-dd HH:mm:ss");
    private static final List<String> PROXY_COLUMNS = List.of("DateTime", "RequestId", "MajorVersion", "MinorVersion",
            "BuildVersion", "RevisionVersion", "ClientRequestId", "Protocol", "UrlHost", "UrlStem", "ProtocolAction",
            "AuthenticationType", "IsAuthenticated", "AuthenticatedUser", "Organization", "AnchorMailbox", "UserAgent",
            "ClientIpAddress", "ServerHostName", "HttpStatus", "BackEndStatus", "ErrorCode", "Method", "ProxyAction",
            "TargetServer", "TargetServerVersion", "RoutingType", "RoutingHint", "BackEndCookie", "RequestBytes",
            "ResponseBytes", "TotalRequestTime", "UrlQuery", "GenericInfo", "GenericErrors");
    private static final String IIS_COLUMNS = "date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip"
            + " cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken";

    private final String name;
    private final String domain;
    private final Random random;
    private final TreeMap<String, List<Line>> logs = new TreeMap<>();
    private final TreeMap<String, String> heads = new TreeMap<>();
    private final List<MadeFile> others = new ArrayList<>();
    private String build;

    private record Line(Instant time, String text, String plants) {}

    /** @param build at first, as {@code 15.1.2176.2} */
    MadeServer(String name, String domain, String build, long seed) {
        this.name = name;
        this.domain = domain;
        this.build = build;
        this.random = new Random(seed);
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    Random random() {
        return random;
    }

    String fqdn() {
        return name.toLowerCase(Locale.ROOT) + "." + domain;
    }

    String netbios() {
        return domain.substring(0, domain.indexOf('.')).toUpperCase(Locale.ROOT);
    }

    String computerAccount() {
        return netbios() + "\\" + name + "$";
    }

    /** From now on the logs carry this build: an update was installed. */
    void update(String newBuild) {
        build = newBuild;
    }

    void request(Request request) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        int bytes = 200 + random.nextInt(20_000);
        if (!request.protocol().isEmpty()) {
            httpProxy(request, id, bytes);
        }
        String query = (request.query().isEmpty() ? "" : request.query() + "&") + "CorrelationID=<empty>;&cafeReqId=" + id + ";";
        iis("W3SVC1", request.time(), request.method(), request.stem(),
                request.protocol().isEmpty() ? request.query() : query, 443, request.user(), request.client(),
                request.agent(), request.status(), request.plants());
        if (!request.backEndStem().isEmpty()) {
            String there = (request.backEndQuery().isEmpty() ? "" : request.backEndQuery() + "&") + "cafeReqId=" + id + ";";
            iis("W3SVC2", request.time(), request.method(), request.backEndStem(), there, 444, request.backEndUser(),
                    "fe80::5c1d:77a1:20f0:9b11%5", request.agent(), request.status(),
                    // a back end that works for a user looks the same whoever sent the request
                    request.backEndUser().endsWith("$") ? request.plants() : "");
        }
    }

    private void httpProxy(Request r, UUID id, int bytes) {
        String[] version = build.split("\\.");
        Map<String, String> row = new TreeMap<>();
        row.put("DateTime", MILLIS.format(r.time()));
        row.put("RequestId", id.toString());
        row.put("MajorVersion", version[0]);
        row.put("MinorVersion", version[1]);
        row.put("BuildVersion", version[2]);
        row.put("RevisionVersion", version[3]);
        row.put("Protocol", r.protocol());
        row.put("UrlHost", "mail." + domain);
        row.put("UrlStem", r.stem());
        row.put("UrlQuery", r.query().isEmpty() ? "" : "?" + r.query());
        row.put("AuthenticationType", r.user().isEmpty() ? "" : "FBA");
        row.put("IsAuthenticated", r.user().isEmpty() ? "false" : "true");
        row.put("AuthenticatedUser", r.user());
        row.put("AnchorMailbox", r.anchor());
        row.put("RoutingHint", r.routingHint());
        row.put("UserAgent", r.agent());
        row.put("ClientIpAddress", r.client());
        row.put("ServerHostName", name);
        row.put("HttpStatus", String.valueOf(r.status()));
        row.put("BackEndStatus", r.backEndStatus());
        row.put("Method", r.method());
        row.put("ProxyAction", r.backEndStatus().isEmpty() ? "" : "Proxy");
        row.put("TargetServer", r.backEndStatus().isEmpty() ? "" : fqdn());
        row.put("RequestBytes", String.valueOf(random.nextInt(900)));
        row.put("ResponseBytes", String.valueOf(bytes));
        row.put("TotalRequestTime", String.valueOf(1 + random.nextInt(300)));
        row.put("GenericInfo", "OnBeginRequest=0;");
        String path = EXCHANGE + "Logging/HttpProxy/" + r.protocol() + "/HttpProxy_" + format("uuuuMMddHH").format(r.time())
                + "-1.LOG";
        heads.putIfAbsent(path, String.join(",", PROXY_COLUMNS) + "\n#Software: Microsoft Exchange Server\n#Version: " + build
                + "\n#Log-type: HttpProxy Logs\n#Date: " + MILLIS.format(r.time().truncatedTo(ChronoUnit.HOURS))
                + "\n#Fields: " + String.join(",", PROXY_COLUMNS) + "\n");
        add(path, r.time(), PROXY_COLUMNS.stream().map(c -> quoted(row.getOrDefault(c, "")))
                .collect(Collectors.joining(",")), r.plants());
    }

    private void iis(String site, Instant time, String method, String stem, String query, int port, String user,
            String client, String agent, int status, String plants) {
        String path = WWW + site + "/u_ex" + format("uuMMdd").format(time) + ".log";
        heads.putIfAbsent(path, "#Software: Microsoft Internet Information Services 10.0\n#Version: 1.0\n#Date: "
                + IIS.format(time.truncatedTo(ChronoUnit.DAYS)) + "\n#Fields: " + IIS_COLUMNS + "\n");
        add(path, time, String.join(" ", IIS.format(time), "10.20.0.15", method, stem, dash(query), String.valueOf(port),
                dash(user), client, dash(agent), "-", String.valueOf(status), "0", "0",
                String.valueOf(1 + random.nextInt(200))), plants);
    }

    private static String dash(String value) {
        return value.isEmpty() ? "-" : value.replace(' ', '+');
    }

    private static String quoted(String value) {
        return value.indexOf(',') < 0 && value.indexOf('"') < 0 ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    void ecp(Instant time, String data, String plants) {
        csv("Logging/ECP/Server/ECPServer" + format("uuuuMMdd").format(time) + "-1.LOG", "ECP Server Log",
                "TimeStamp,ServerName,EventId,EventData", time, name + ",ECP.Request," + quoted(data), plants);
    }

    void oabGenerator(Instant time, String message, String plants) {
        csv("Logging/OABGeneratorLog/OABGeneratorLog_" + format("uuuuMMdd").format(time) + "-1.LOG", "OABGenerator Log",
                "DateTime,Thread,Level,Message", time, "12,Information," + quoted(message), plants);
    }

    void cmdlet(Instant time, String user, String cmdlet, String parameters, String plants) {
        csv("Logging/CmdletInfra/Powershell-Proxy/Cmdlet/Cmdlet_" + format("uuuuMMdd").format(time) + "-1.LOG",
                "Rps Cmdlet Logs", "DateTime,AuthenticatedUser,ProcessName,Cmdlet,Parameters,ExecutionResult,GenericErrors",
                time, quoted(user) + ",w3wp#MSExchangePowerShellAppPool," + cmdlet + "," + quoted(parameters) + ",Success,", plants);
    }

    private void csv(String path, String type, String columns, Instant time, String rest, String plants) {
        String full = EXCHANGE + path;
        heads.putIfAbsent(full, "#Software: Microsoft Exchange\n#Version: " + build + "\n#Log-type: " + type + "\n#Date: "
                + MILLIS.format(time.truncatedTo(ChronoUnit.DAYS)) + "\n#Fields: " + columns + "\n");
        add(full, time, MILLIS.format(time) + "," + rest, plants);
    }

    private void add(String path, Instant time, String text, String plants) {
        logs.computeIfAbsent(path, p -> new ArrayList<>()).add(new Line(time, text, plants));
    }

    /** @param path below the drive, {@code inetpub/wwwroot/…} */
    void file(String path, String content, Instant modified) {
        others.add(MadeFile.text("C/" + path, content, modified));
    }

    MadeEvidence evidence() {
        List<MadeFile> files = new ArrayList<>(others);
        List<Planted> planted = new ArrayList<>();
        logs.forEach((path, lines) -> {
            String head = heads.get(path);
            StringBuilder text = new StringBuilder(head);
            long number = head.chars().filter(c -> c == '\n').count();
            List<Line> sorted = lines.stream().sorted(java.util.Comparator.comparing(Line::time)).toList();
            for (Line line : sorted) {
                number++;
                text.append(line.text()).append('\n');
                if (!line.plants().isEmpty()) {
                    planted.add(new Planted(path, number, line.plants()));
                }
            }
            files.add(MadeFile.text(path, text.toString(), sorted.get(sorted.size() - 1).time()));
        });
        return new MadeEvidence(files, planted);
    }
}
