package dev.tidemark.testkit;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** {@code W3SVC1}, the front end, and {@code W3SVC2}, the back end: one file a site and day. */
final class IisWriter implements RecordWriter {
    private static final DateTimeFormatter DAY = TextLogs.format("uuMMdd");
    private static final DateTimeFormatter TIME = TextLogs.format("uuuu-MM-dd HH:mm:ss");
    private static final String COLUMNS = "date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip"
            + " cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken";
    private static final String OWN_ADDRESS = "10.20.0.15";
    private static final String OWN_LINK = "fe80::5c1d:77a1:20f0:9b11%5";

    private final Random random;
    private final TextLogs logs;

    IisWriter(Random random, TextLogs logs) {
        this.random = random;
        this.logs = logs;
    }

    /** The request's lines; both sites carry the id that HttpProxy has. */
    void write(Request r, UUID id) {
        String query = r.protocol().isEmpty() ? r.ask().query()
                : r.ask().query() + "&CorrelationID=<empty>;&cafeReqId=" + id + ";";
        line("W3SVC1", OWN_ADDRESS, r.time(), new Request.Ask(r.ask().method(), r.ask().stem(), query, r.ask().status()), "443",
                r.client(), r.mark());
        r.backEnd().ifPresent(there -> line("W3SVC2", OWN_LINK, r.time(),
                new Request.Ask(r.ask().method(), there.stem(), there.query() + "&cafeReqId=" + id + ";", there.status()), "444",
                new Request.Client(OWN_LINK, r.client().agent(), there.user()), there.mark()));
    }

    private void line(String site, String own, Instant time, Request.Ask ask, String port, Request.Client client,
            Mark mark) {
        logs.add("C/inetpub/logs/LogFiles/" + site + "/u_ex" + DAY.format(time) + ".log",
                List.of("#Software: Microsoft Internet Information Services 10.0", "#Version: 1.0",
                        "#Date: " + TIME.format(time.truncatedTo(ChronoUnit.DAYS)), "#Fields: " + COLUMNS),
                time, String.join(" ", TIME.format(time), own, ask.method(), ask.stem(), dash(ask.query()), port,
                        dash(client.user()), client.address(), dash(client.agent()), "-", String.valueOf(ask.status()), "0", "0",
                        String.valueOf(1 + random.nextInt(200))), mark);
    }

    private static String dash(String value) {
        return value.isEmpty() ? "-" : value.replace(' ', '+');
    }

    @Override
    public List<Written> files() {
        return logs.files();
    }
}
