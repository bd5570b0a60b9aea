package dev.tidemark.testkit;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** {@code Logging/HttpProxy}: one file a protocol and hour, with its header twice, as Exchange 2016 writes it. */
final class HttpProxyWriter implements RecordWriter {
    private static final DateTimeFormatter HOUR = TextLogs.format("uuuuMMddHH");
    private static final List<String> COLUMNS = List.of("DateTime", "RequestId", "MajorVersion", "MinorVersion",
            "BuildVersion", "RevisionVersion", "ClientRequestId", "Protocol", "UrlHost", "UrlStem", "ProtocolAction",
            "AuthenticationType", "IsAuthenticated", "AuthenticatedUser", "Organization", "AnchorMailbox", "UserAgent",
            "ClientIpAddress", "ServerHostName", "HttpStatus", "BackEndStatus", "ErrorCode", "Method", "ProxyAction",
            "TargetServer", "TargetServerVersion", "RoutingType", "RoutingHint", "BackEndCookie", "RequestBytes",
            "ResponseBytes", "TotalRequestTime", "UrlQuery", "GenericInfo", "GenericErrors");

    private final Machine machine;
    private final Builds builds;
    private final Random random;
    private final TextLogs logs;

    HttpProxyWriter(Machine machine, Builds builds, Random random, TextLogs logs) {
        this.machine = machine;
        this.builds = builds;
        this.random = random;
        this.logs = logs;
    }

    void write(Request r, UUID id) {
        Map<String, String> row = new TreeMap<>();
        asked(row, r, id);
        answered(row, r);
        Instant hour = r.time().truncatedTo(ChronoUnit.HOURS);
        String names = String.join(",", COLUMNS);
        logs.add(Csv.EXCHANGE + "Logging/HttpProxy/" + r.protocol() + "/HttpProxy_" + HOUR.format(r.time()) + "-1.LOG",
                List.of(names, "#Software: Microsoft Exchange Server", "#Version: " + builds.headerAt(hour),
                        "#Log-type: HttpProxy Logs", "#Date: " + Csv.TIME.format(hour), "#Fields: " + names),
                r.time(), COLUMNS.stream().map(c -> Csv.quoted(row.getOrDefault(c, ""))).collect(Collectors.joining(",")),
                r.mark());
    }

    private void asked(Map<String, String> row, Request r, UUID id) {
        String[] build = builds.at(r.time());
        row.put("DateTime", Csv.TIME.format(r.time()));
        row.put("RequestId", id.toString());
        row.put("MajorVersion", build[0]);
        row.put("MinorVersion", build[1]);
        row.put("BuildVersion", build[2]);
        row.put("RevisionVersion", build[3]);
        row.put("Protocol", r.protocol());
        row.put("UrlHost", r.client().address().equals(MadeServer.LOOPBACK) ? "localhost" : machine.mailHost());
        row.put("UrlStem", r.ask().stem());
        row.put("UrlQuery", r.ask().query().isEmpty() ? "" : "?" + r.ask().query());
        row.put("AuthenticationType", authentication(r));
        row.put("IsAuthenticated", String.valueOf(!r.client().user().isEmpty()));
        row.put("AuthenticatedUser", r.client().user());
        row.put("UserAgent", r.client().agent());
        row.put("ClientIpAddress", r.client().address());
        row.put("Method", r.ask().method());
        row.put("RequestBytes", String.valueOf(random.nextInt(900)));
    }

    private static String authentication(Request r) {
        return switch (r.protocol()) {
            case "Owa", "Ecp" -> "FBA";
            case "Eas" -> "Basic";
            default -> r.client().user().isEmpty() ? "" : "Negotiate";
        };
    }

    private void answered(Map<String, String> row, Request r) {
        boolean routed = r.backEnd().isPresent() || r.routing().anchor().startsWith("ServerInfo~");
        row.put("AnchorMailbox", r.routing().anchor());
        row.put("ServerHostName", machine.name());
        row.put("HttpStatus", String.valueOf(r.ask().status()));
        row.put("ProxyAction", routed ? "Proxy" : "");
        row.put("TargetServer", r.backEnd().isPresent() ? machine.fqdn() : "");
        row.put("BackEndStatus", r.backEnd().map(b -> String.valueOf(b.status())).orElse(""));
        row.put("RoutingType", routed ? "IntraForest" : "");
        row.put("RoutingHint", r.routing().hint());
        row.put("ResponseBytes", r.backEnd().isPresent() ? String.valueOf(200 + random.nextInt(20_000)) : "0");
        row.put("TotalRequestTime", String.valueOf(1 + random.nextInt(300)));
        row.put("GenericInfo", "BeginRequest=" + Csv.TIME.format(r.time()) + ";CorrelationID=<empty>;SharedCacheGuard=0;");
        row.put("GenericErrors", routed && r.backEnd().isEmpty()
                ? "WebExceptionStatus=ConnectFailure;WebException=the \"remote\" server, as named, does not answer;" : "");
    }

    @Override
    public List<Written> files() {
        return logs.files();
    }
}
