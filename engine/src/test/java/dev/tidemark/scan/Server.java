package dev.tidemark.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Writes the tree of a made-up server whose logs hold nothing but everyday requests; tests then spoil it. */
public final class Server {
    public static final String PROXY = "C/Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy/";
    public static final String SITE = "C/inetpub/logs/LogFiles/W3SVC1/";
    public static final String VULNERABLE = "15,1,2176,2";
    public static final String PATCHED = "15,1,2176,9";

    private static final String COLUMNS = "DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,"
            + "Protocol,UrlHost,UrlStem,AuthenticatedUser,AnchorMailbox,UserAgent,ClientIpAddress,ServerHostName,"
            + "HttpStatus,BackEndStatus,Method,TargetServer,UrlQuery,GenericErrors\n";
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyMMdd", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyyMMddHH", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Path root;
    private final Instant from;
    private final int hours;
    private final String build;

    private Server(Path root, Instant from, int hours, String build) {
        this.root = root;
        this.from = from;
        this.hours = hours;
        this.build = build;
    }

    /** Two days of a server that was never patched. */
    public static Server at(Path root) {
        return new Server(root, Instant.parse("2021-03-02T00:00:00Z"), 48, VULNERABLE);
    }

    public Server from(String time, int newHours) {
        return new Server(root, Instant.parse(time), newHours, build);
    }

    public Server build(String newBuild) {
        return new Server(root, from, hours, newBuild);
    }

    public Server all() {
        return proxy("Ecp").proxy("Owa").proxy("Autodiscover").iis();
    }

    /** HttpProxy's hourly files of one protocol. */
    public Server proxy(String protocol) {
        for (int i = 0; i < hours; i++) {
            Instant hour = from.plus(i, ChronoUnit.HOURS);
            StringBuilder text = new StringBuilder(COLUMNS).append("#Software: Microsoft Exchange Server\n#Version: 15.0\n"
                    + "#Log-type: HttpProxy Logs\n#Date: ").append(hour).append("\n#Fields: ").append(COLUMNS);
            for (int minute = 5; minute < 60; minute += 20) {
                text.append(hour.plus(minute, ChronoUnit.MINUTES)).append(",r").append(minute).append(',').append(build)
                        .append(',').append(protocol).append(",mx1,/").append(protocol.toLowerCase(Locale.ROOT))
                        .append("/,CORP\\anna,Sid~S-1-5,Mozilla,10.0.0.7,MX1,200,200,GET,mx1,,\n");
            }
            write(PROXY + protocol + "/HttpProxy_" + HOUR.format(hour) + "-1.LOG", text.toString());
        }
        return this;
    }

    /** The front-end site's daily files. */
    public Server iis() {
        for (Instant day = from; day.isBefore(from.plus(hours, ChronoUnit.HOURS)); day = day.plus(1, ChronoUnit.DAYS)) {
            StringBuilder text = new StringBuilder("#Software: Microsoft Internet Information Services 10.0\n#Fields: date"
                    + " time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status\n");
            for (Instant time = day; time.isBefore(day.plus(1, ChronoUnit.DAYS)); time = time.plus(10, ChronoUnit.MINUTES)) {
                text.append(time.toString(), 0, 10).append(' ').append(time.toString(), 11, 19)
                        .append(" 10.0.0.5 GET /owa/ - 443 CORP\\anna 10.0.0.7 Mozilla 200\n");
            }
            write(SITE + "u_ex" + DAY.format(day) + ".log", text.toString());
        }
        return this;
    }

    public Path path(String name) {
        Path path = root;
        for (String each : name.split("/")) {
            path = path.resolve(each);
        }
        return path;
    }

    public Server write(String name, String text) {
        return write(name, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    public Server write(String name, byte[] bytes) {
        try {
            Files.createDirectories(path(name).getParent());
            Files.write(path(name), bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
