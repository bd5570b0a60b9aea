package dev.tidemark.testkit;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Logs of Exchange's services behind the front end: admin center, address book, remote PowerShell, web services. */
final class ServiceLogs implements RecordWriter {
    private static final DateTimeFormatter DAY = TextLogs.format("uuuuMMdd");
    private static final DateTimeFormatter HOUR = TextLogs.format("uuuuMMddHH");
    private static final String POWERSHELL = "Logging/CmdletInfra/Powershell-Proxy/";

    private final Machine machine;
    private final Builds builds;
    private final Random random;
    private final TextLogs logs;

    ServiceLogs(Machine machine, Builds builds, Random random, TextLogs logs) {
        this.machine = machine;
        this.builds = builds;
        this.random = random;
        this.logs = logs;
    }

    /**
     * A cmdlet that the admin center ran.
     *
     * @param command as {@code Set-OabVirtualDirectory.ExternalUrl='…'}
     * @param url     by which it was asked for
     */
    void ecp(Instant time, String command, String url, Mark mark) {
        String quoted = command.indexOf('\'') < 0 ? "S:CMD=" + command : "'S:CMD=" + command.replace("'", "''") + "'";
        String build = String.join(".", builds.at(time));
        add("Logging/ECP/Server/ECPServer" + DAY.format(time) + "-1.LOG", "15.0.0.0", "ECP Server Log",
                "TimeStamp,ServerName,EventId,EventData", time, mark, machine.name(), "ECP.Request", "S:TIME="
                        + (10 + random.nextInt(200)) + ";S:SID=" + id() + ";" + quoted + ";S:REQID=;S:URL=" + url
                        + ";S:EX=;S:ACTID=" + id() + ";S:BLD=" + build + ";S:USID=" + id());
    }

    void oabGenerator(Instant time, String message, Mark mark) {
        add("Logging/OABGeneratorLog/oabgen" + DAY.format(time) + "-1.LOG", "15.0.0.0", "OAB Generator Log",
                "Timestamp,RecordType,TraceId,OabGuid,AddressListGuid,Message", time, mark, "DebugTrace", "25", id(), id(),
                message);
    }

    void cmdlet(Instant time, String user, String cmdlet, String parameters, Mark mark) {
        add(POWERSHELL + "Cmdlet/Rps_Cmdlet_" + DAY.format(time) + "00-1.LOG", builds.headerAt(time), "Rps Cmdlet Logs",
                "DateTime,RequestId," + VERSION + ",ServerHostName,ProcessName,AuthenticatedUser,ClientApplication,Cmdlet,"
                        + "Parameters,ExecutionResult,GenericErrors",
                time, mark, id(), version(time), machine.name(), "w3wp#MSExchangePowerShellAppPool", user, "ManagementShell",
                cmdlet, parameters, "Success", "");
    }

    /** A session of remote PowerShell as it came in. */
    void remoteShell(Instant time, Request.Client client, String stem, Mark mark) {
        add(POWERSHELL + "Http/Rps_Http_" + DAY.format(time) + "00-1.LOG", builds.headerAt(time), "Rps Http Logs",
                "DateTime,RequestId," + VERSION + ",ServerHostName,UrlHost,UrlStem,AuthenticatedUser,ClientIpAddress,UserAgent,"
                        + "HttpStatus,GenericErrors",
                time, mark, id(), version(time), machine.name(), machine.mailHost(), stem, client.user(), client.address(),
                client.agent(), "200", "");
    }

    void ews(Instant time, String user, String action) {
        add("Logging/Ews/Ews_" + HOUR.format(time) + "-1.LOG", builds.headerAt(time), "EWS Logs",
                "DateTime,RequestId," + VERSION + ",ServerHostName,SoapAction,AuthenticatedUser,HttpStatus,GenericErrors", time,
                Mark.NONE, id(), version(time), machine.name(), action, user, "200", "");
    }

    private static final String VERSION = "MajorVersion,MinorVersion,BuildVersion,RevisionVersion";

    /** Four values that stand in four columns: not quoted as one. */
    private record Columns(String text) {}

    private Columns version(Instant time) {
        return new Columns(String.join(",", builds.at(time)));
    }

    private String id() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private void add(String path, String version, String type, String columns, Instant time, Mark mark, Object... values) {
        String row = Stream.concat(Stream.of(Csv.TIME.format(time)), Stream.of(values)
                .map(v -> v instanceof Columns c ? c.text() : Csv.quoted(v.toString()))).collect(Collectors.joining(","));
        logs.add(Csv.EXCHANGE + path, List.of("#Software: Microsoft Exchange Server", "#Version: " + version,
                "#Log-type: " + type, "#Date: " + Csv.TIME.format(time.truncatedTo(ChronoUnit.HOURS)), "#Fields: " + columns),
                time, row, mark);
    }

    @Override
    public List<Written> files() {
        return logs.files();
    }
}
