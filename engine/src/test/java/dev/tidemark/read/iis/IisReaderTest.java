package dev.tidemark.read.iis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.Collected;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReaderContract;
import dev.tidemark.read.Readers;
import dev.tidemark.read.Record;
import dev.tidemark.read.RecordSink;
import dev.tidemark.testing.Shared;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IisReaderTest extends ReaderContract {
    private static final String FIELDS = "#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username"
            + " c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken\n";
    private static final String HEADER = "#Software: Microsoft Internet Information Services 10.0\n#Version: 1.0\n"
            + "#Date: 2021-03-02 00:00:21\n" + FIELDS;
    private static final String PAGE = "2021-03-02 07:15:32 10.0.0.5 GET /owa/ - 443 - 203.0.113.7 Mozilla/5.0+(X) - 200 0"
            + " 0 93\n";

    @Override
    protected LogReader reader() {
        return new IisReader();
    }

    @Override
    protected String sample() {
        return HEADER + "2021-03-02 00:00:21 10.0.0.5 GET /owa/ - 443 - 203.0.113.7 Mozilla/5.0+(X) - 302 0 0 3\n"
                + "2021-03-02 07:15:32 10.0.0.5 POST /ecp/y.js &CorrelationID=<empty>;&cafeReqId=0a1b2c3d-0000-4000-8000-"
                + "1234567890ab; 443 - 203.0.113.9 python-requests/2.25.1 - 200 0 0 193\n"
                + "2021-03-02 08:00:00 10.0.0.5 GET /ecp/%7e/a.aspx x=%41 444 CORP\\MX1$ 10.0.0.5 - - 404 0 2 1\n";
    }

    @Override
    protected String separator() {
        return " ";
    }

    private static List<String> fieldOf(String text, String field) {
        List<String> values = new ArrayList<>();
        RecordSink sink = new RecordSink() {
            @Override
            public void record(Record record) {
                values.add(record.value(field).orElse("(absent)"));
            }

            @Override
            public void skipped(Skipped what) {}

            @Override
            public void observed(String fact, String value, Instant time, Place place) {}
        };
        new IisReader().read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Collected.PATH,
                LineFilter.ALL, sink);
        return values;
    }

    @Test
    void recordHasItsLineItsTimeAndItsValues() {
        Collected read = read(sample());

        assertEquals(List.of(5L, 6L, 7L), read.lines());
        assertEquals(List.of("2021-03-02T00:00:21Z", "2021-03-02T07:15:32Z", "2021-03-02T08:00:00Z"), read.times());
        assertEquals(List.of("", "", "CORP\\MX1$"), read.values("cs-username"));
        assertEquals("python-requests/2.25.1", read.records.get(1).value("cs(User-Agent)"));
        assertEquals(List.of("(absent)", "0a1b2c3d-0000-4000-8000-1234567890ab", "(absent)"),
                fieldOf(sample(), "cafeReqId"));
    }

    @Test
    void columnsAreReadInAnyOrderAndChangeInTheMiddleOfTheFile() {
        Collected read = read("#Fields: time sc-status cs-method date c-ip\n"
                + "07:00:00 200 GET 2021-03-02 203.0.113.7\n"
                + "#Fields: c-ip date cs(Cookie) time cs-method\n"
                + "203.0.113.8 2021-03-02 a=b 08:00:00 POST\n"
                + "#Date: 2021-03-02 09:00:00\n#Fields: time cs-method c-ip\n09:00:00 PUT 203.0.113.9\n");

        assertEquals(List.of(), read.skipped);
        assertEquals(List.of("203.0.113.7", "203.0.113.8", "203.0.113.9"), read.values("c-ip"));
        assertEquals(List.of("GET", "POST", "PUT"), read.values("cs-method"));
        assertEquals(List.of("200", "(absent)", "(absent)"), read.values("sc-status"));
        assertEquals(List.of("2021-03-02T07:00:00Z", "2021-03-02T08:00:00Z", "2021-03-02T09:00:00Z"), read.times());
    }

    @Test
    void dayThatOnlyTheHeaderNamesRunsOverMidnight() {
        String header = "#Date: 2021-02-28 22:00:00\n#Fields: time cs-method\n";
        Collected read = read(header + "22:00:00 A\n23:59:59 B\n00:00:00 C\n11:59:00 D\n23:00:00 E\n00:10:00 F\n"
                + "#Date: 2021-03-05 08:00:00\n08:00:01 G\n");

        assertEquals(List.of("2021-02-28T22:00:00Z", "2021-02-28T23:59:59Z", "2021-03-01T00:00:00Z",
                "2021-03-01T11:59:00Z", "2021-03-01T23:00:00Z", "2021-03-02T00:10:00Z", "2021-03-05T08:00:01Z"),
                read.times());
        assertEquals(List.of(), read.skipped);
    }

    @Test
    void lineFinishedLateIsNoMidnight() {
        Collected read = read("#Date: 2021-03-02 07:00:00\n#Fields: time cs-method\n07:00:10 A\n07:00:04 B\n07:00:11 C\n");

        assertEquals(List.of("2021-03-02T07:00:10Z", "2021-03-02T07:00:04Z", "2021-03-02T07:00:11Z"), read.times());
    }

    @Test
    void timeWithoutAnyDayIsToldNotGuessed() {
        Collected read = read("#Fields: time cs-method c-ip\n07:00:10 GET 203.0.113.7\n");

        assertEquals(List.of(), read.records);
        assertTrue(read.reasons().contains("they have no date and time"), read.reasons());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "X-Forwarded-For  | 198.51.100.7                   | 198.51.100.7",
        "X-Forwarded-For  | 198.51.100.7,+10.0.0.9         | 198.51.100.7",
        "X-Forwarded-For  | 198.51.100.7:51234             | 198.51.100.7",
        "X-Forwarded-For  | [2001:db8::7]:51234            | 2001:db8::7",
        "x-forwarded-for  | 2001:db8::7                    | 2001:db8::7",
        "OriginalIP       | 198.51.100.7                   | 198.51.100.7",
        "X-Forwarded-For  | -                              | 10.0.0.9",
        "X-Forwarded-For  | <script>alert(1)</script>      | 10.0.0.9",
        "X-Forwarded-For  | unknown                        | 10.0.0.9",
        "X-Other          | 198.51.100.7                   | 10.0.0.9"})
    void clientBehindABalancerIsTheForwardedOne(String column, String value, String client) {
        String text = "#Fields: date time c-ip cs-method " + column + "\n2021-03-02 07:00:00 10.0.0.9 GET " + value + "\n";

        assertEquals(List.of(client), fieldOf(text, "client"));
        assertEquals(List.of("10.0.0.9"), fieldOf(text, "c-ip"));
    }

    @Test
    void addressThatAClientFromOutsideForwardsForItselfIsNotBelieved() {
        String text = "#Fields: date time c-ip cs-method X-Forwarded-For\n"
                + "2021-03-02 07:00:00 203.0.113.7 GET 192.0.2.1\n"
                + "2021-03-02 07:00:01 10.0.0.9 GET 192.0.2.1,+203.0.113.7\n";

        assertEquals(List.of("203.0.113.7", "203.0.113.7"), fieldOf(text, "client"));
    }

    @Test
    void centralLogOfAllSitesIsRead() {
        String text = "#Software: Microsoft Internet Information Services 10.0\n#Date: 2021-03-02 00:00:00\n"
                + "#Fields: date time s-sitename s-computername s-ip cs-method cs-uri-stem c-ip sc-status\n"
                + "2021-03-02 00:00:00 W3SVC1 MX1 10.0.0.5 GET /owa/ 203.0.113.7 200\n"
                + "2021-03-02 00:00:01 W3SVC2 MX1 10.0.0.5 GET /ecp/ 10.0.0.5 200\n";

        assertTrue(reader().recognises(text.getBytes(StandardCharsets.UTF_8), "c/logs/logfiles/w3svc/u_ex210302.log"));
        assertEquals(List.of("W3SVC1", "W3SVC2"), read(text).values("s-sitename"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "in210304.log   | 192.0.2.9, -, 3/4/2021, 8:01:02, W3SVC1, MX1, 10.0.0.5, 15, 210, 980, 200, 0, GET, /owa/, -, | IIS",
        "u_in210304.log | fe80::1, CORP\\anna, 03/04/21, 18:01:02, W3SVC1, MX1, 10.0.0.5, 1, 2, 9, 200, 0, GET, /, -, | IIS",
        "nc210304.log   | 192.0.2.9 - anna [04/Mar/2021:08:01:02 +0000] \"GET /owa/ HTTP/1.1\" 200 980 | NCSA",
        "u_nc210304.log | 192.0.2.9 - CORP\\anna [04/Mar/2021:08:01:02 -0500] \"POST / HTTP/1.1\" 401 0 | NCSA"})
    void olderFormsAreNamedAsUnsupported(String file, String line, String form) {
        String text = (line + "\n").repeat(3);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);

        assertEquals("iis", Readers.recognise(bytes, "moved/" + file).orElseThrow().source());
        Collected read = read(text);
        assertEquals(List.of(), read.records);
        assertEquals(1, read.skipped.size());
        assertTrue(read.reasons().contains("this is the " + form), read.reasons());
        assertTrue(read.reasons().contains("set the site to W3C"), read.reasons());
    }

    @ParameterizedTest
    @ValueSource(strings = {"w3svc1/u_ex210302.log", "w3svc1/ex210302.log", "w3svc1/u_ex21030207.log",
        "w3svc1/u_extend1.log", "w3svc1/u_in210302.log", "w3svc1/nc210302.log", "w3svc/u_ex210302.log",
        "a.zip!/w3svc2/u_ex210302_x.log"})
    void logOfASiteThatLostItsHeaderIsKnownByItsPlaceAndTold(String path) {
        byte[] torn = ("f/5.0+(X) - 200 0 0 93\n" + PAGE).getBytes(StandardCharsets.UTF_8);

        assertTrue(reader().recognises(torn, "c/inetpub/logs/logfiles/" + path));
        assertTrue(reader().recognises(new byte[0], "c/inetpub/logs/logfiles/" + path));
        Collected read = Collected.of(reader(), torn);
        assertEquals(List.of(), read.records);
        assertTrue(read.reasons().contains("no #Fields line names the columns"), read.reasons());
    }

    @Test
    void emptyLogIsTold() {
        assertTrue(read("").reasons().contains("empty"), read("").reasons());
        assertTrue(read(HEADER.substring(0, HEADER.indexOf("#Fields"))).reasons().contains("#Fields"));
        assertEquals("", read(HEADER).reasons());
    }

    @Test
    void runOfSpacesSeparatesTwoValuesAsOneDoes() {
        Collected read = read(HEADER + PAGE.replace(" 443 - ", " 443  - "));

        assertEquals(List.of("203.0.113.7"), read.values("c-ip"));
        assertEquals(List.of("93"), read.values("time-taken"));
    }

    @Test
    void valuesInAnyScriptAreRead() {
        String line = "2021-03-02 07:15:32 10.0.0.5 GET /owa/\u0645\u0631\u062d\u0628\u0627\u202e/\ud83d\ude00 - 443"
                + " CORP\\\u00fcmit 203.0.113.7 - - 200 0 0 93\n";

        assertEquals(List.of("CORP\\\u00fcmit"), read(HEADER + line).values("cs-username"));
        Collected ansi = Collected.of(reader(), (HEADER + PAGE.replace("443 -", "443 CORP\\\u00fcmit"))
                .getBytes(Charset.forName("windows-1252")));
        assertEquals(List.of("CORP\\\u00fcmit"), ansi.values("cs-username"));
    }

    @Test
    void otherLogsOfMicrosoftAreNotTakenForIt() {
        String httpErr = "#Software: Microsoft HTTP API 2.0\n#Fields: date time c-ip c-port s-ip s-port cs-version"
                + " cs-method cs-uri sc-status s-siteid s-reason s-queuename\n";
        String firewall = "#Version: 1.5\n#Software: Microsoft Windows Firewall\n#Fields: date time action protocol src-ip"
                + " dst-ip src-port dst-port size\n";

        assertFalse(reader().recognises(firewall.getBytes(StandardCharsets.UTF_8), "pfirewall.log"));
        assertFalse(reader().recognises(httpErr.getBytes(StandardCharsets.UTF_8), "httperr1.log"),
                "HTTP.sys refusals are no requests that IIS answered");
    }

    @Test
    void lineOfTwoGigabytesCostsNeitherMemoryNorItsNeighbours() {
        assertLineOf(2L << 30);
    }

    @Test
    void plainSecondImplementationReadsTheSame() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            String text = randomLog(random);
            List<NaiveW3c.Row> plain = NaiveW3c.rows(text);
            List<NaiveW3c.Row> ours = read(text).records.stream()
                    .map(r -> new NaiveW3c.Row(r.line(), r.time().orElseThrow().toString(), r.values())).toList();
            assertEquals(plain, ours, "seed " + seed);
        }
    }

    private static String randomLog(Random random) {
        List<String> pool = List.of("s-ip", "cs-method", "cs-uri-stem", "cs-uri-query", "c-ip", "cs(Cookie)", "sc-status");
        StringBuilder text = new StringBuilder();
        List<String> fields = List.of();
        int clock = 0;
        for (int i = 0; i < 40; i++) {
            if (i == 0 || random.nextInt(10) == 0) {
                List<String> shuffled = new ArrayList<>(pool);
                java.util.Collections.shuffle(shuffled, random);
                fields = new ArrayList<>(shuffled.subList(0, 1 + random.nextInt(pool.size())));
                fields.add(random.nextInt(fields.size() + 1), "time");
                if (random.nextBoolean()) {
                    fields.add(random.nextInt(fields.size() + 1), "date");
                }
                text.append("#Date: 2021-03-0").append(1 + random.nextInt(9)).append(" 00:00:00\n#Fields: ")
                        .append(String.join(" ", fields)).append('\n');
                clock = 0;
            }
            clock = Math.min(86_399, clock + random.nextInt(2000));
            int now = clock;
            text.append(String.join(" ", fields.stream().map(f -> switch (f) {
                case "time" -> java.time.LocalTime.ofSecondOfDay(now).format(
                        java.time.format.DateTimeFormatter.ofPattern("HH:mm:ss"));
                case "date" -> "2021-02-1" + random.nextInt(10);
                default -> random.nextInt(3) == 0 ? "-" : "v%" + Integer.toHexString(random.nextInt()) + "+\u00e9";
            }).toList())).append(random.nextBoolean() ? "\n" : "\r\n");
        }
        return text.toString();
    }

    @Test
    void realLogsThatNobodyMadeForUsAreReadInFull() throws IOException {
        Path folder = Shared.required("real/iis");
        try (var files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files.filter(f -> f.toString().endsWith(".log")).sorted()::iterator) {
                byte[] bytes = Files.readAllBytes(file);
                String text = new String(bytes, StandardCharsets.UTF_8);

                assertEquals("iis", Readers.recognise(bytes, "x/" + file.getFileName()).orElseThrow().source());
                Collected read = Collected.of(reader(), bytes);
                assertEquals(List.of(), read.skipped, file.toString());
                assertEquals(NaiveW3c.rows(text), read.records.stream().map(r ->
                        new NaiveW3c.Row(r.line(), r.time().orElseThrow().toString(), r.values())).toList());
            }
        }
    }
}
