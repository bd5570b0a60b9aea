package dev.tidemark.read.httpproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.read.Collected;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.NaiveCsv;
import dev.tidemark.read.ReaderContract;
import dev.tidemark.read.Record;
import dev.tidemark.read.RecordSink;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpProxyReaderTest extends ReaderContract {
    /** Exchange 2013, without routing and query of later builds in their later places. */
    private static final String COLUMNS_2013 = "DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,"
            + "RevisionVersion,Protocol,UrlHost,UrlStem,AuthenticatedUser,AnchorMailbox,UserAgent,ClientIpAddress,"
            + "ServerHostName,HttpStatus,BackEndStatus,Method,TargetServer,UrlQuery,GenericErrors";
    /** A later build: another order, and columns that the older one had not. */
    private static final String COLUMNS_LATER = "DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,"
            + "RevisionVersion,ClientRequestId,Protocol,UrlHost,UrlStem,ProtocolAction,AuthenticationType,"
            + "IsAuthenticated,AuthenticatedUser,Organization,AnchorMailbox,UserAgent,ClientIpAddress,ServerHostName,"
            + "HttpStatus,BackEndStatus,ErrorCode,Method,TargetServer,RoutingHint,BackEndCookie,UrlQuery,GenericInfo,"
            + "GenericErrors";

    private static final String ONE = "2021-03-02T07:15:32.123Z,aaaa-1,15,1,2176,2,Ecp,mail.example.org,/ecp/y.js,,"
            + "ServerInfo~a]@mx1:444/x?#,python-requests/2.25.1,203.0.113.7,MX1,241,241,POST,mx1.example.org,,\n";
    private static final String QUOTED = "2021-03-02T07:16:00.000Z,aaaa-2,15,1,2176,2,Owa,mail.example.org,/owa/,"
            + "CORP\\anna,Smtp~anna@example.org,\"Mozilla/5.0 (\"\"quoted\"\", with a comma)\",198.51.100.4,MX1,200,200,"
            + "GET,mx1.example.org,?a=b,\"System.Exception: first line\n   at second line\n\n   at fourth line, the end\"\n";
    private static final String LAST = "2021-03-02T08:00:00Z,aaaa-3,15,1,2176,2,Mapi,mail.example.org,/mapi/emsmdb,"
            + "CORP\\ben,,Outlook,198.51.100.5,MX1,200,200,POST,mx1.example.org,,none\n";

    private static String block(String columns) {
        return "#Software: Microsoft Exchange Server\n#Version: 15.01.2176.002\n#Log-type: HttpProxy Logs\n"
                + "#Date: 2021-03-02T07:15:32.123Z\n#Fields: " + columns + "\n";
    }

    @Override
    protected LogReader reader() {
        return new HttpProxyReader();
    }

    @Override
    protected String sample() {
        return COLUMNS_2013 + "\n" + block(COLUMNS_2013) + ONE + QUOTED + LAST;
    }

    @Override
    protected String separator() {
        return ",";
    }

    @Test
    void recordHasItsLineItsTimeAndItsValues() {
        Collected read = read(sample());

        assertEquals(List.of(7L, 8L, 12L), read.lines());
        assertEquals(List.of("2021-03-02T07:15:32.123Z", "2021-03-02T07:16:00Z", "2021-03-02T08:00:00Z"), read.times());
        assertEquals("ServerInfo~a]@mx1:444/x?#", read.records.get(0).value("AnchorMailbox"));
        assertEquals("", read.records.get(0).value("AuthenticatedUser"));
        assertEquals("Mozilla/5.0 (\"quoted\", with a comma)", read.records.get(1).value("UserAgent"));
        assertEquals("System.Exception: first line\n   at second line\n\n   at fourth line, the end",
                read.records.get(1).value("GenericErrors"));
    }

    @Test
    void fieldThatTheBuildDoesNotLogIsAbsentNotEmpty() {
        List<Optional<String>> seen = new ArrayList<>();
        reader(sample(), record -> {
            seen.add(record.value("RoutingHint"));
            seen.add(record.value("AnchorMailbox"));
            seen.add(record.value("anchormailbox"));
        });

        assertEquals(List.of(Optional.empty(), Optional.of("ServerInfo~a]@mx1:444/x?#"),
                Optional.of("ServerInfo~a]@mx1:444/x?#")), seen.subList(0, 3));
    }

    private void reader(String text, java.util.function.Consumer<Record> each) {
        RecordSink sink = new RecordSink() {
            @Override
            public void record(Record record) {
                each.accept(record);
            }

            @Override
            public void skipped(dev.tidemark.model.Skipped what) {}

            @Override
            public void observed(String fact, String value, java.time.Instant time, dev.tidemark.model.Place place) {}
        };
        new HttpProxyReader().read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Collected.PATH,
                LineFilter.ALL, sink);
    }

    @Test
    void headerIsTheBareLineOrTheBlockOrBoth() {
        List<Collected.Seen> both = read(sample()).records;
        List<Collected.Seen> bare = read(COLUMNS_2013 + "\n" + ONE + QUOTED + LAST).records;
        List<Collected.Seen> block = read(block(COLUMNS_2013) + ONE + QUOTED + LAST).records;

        for (int i = 0; i < both.size(); i++) {
            assertEquals(both.get(i).values(), bare.get(i).values());
            assertEquals(both.get(i).values(), block.get(i).values());
        }
        assertTrue(reader().recognises((COLUMNS_2013 + "\n").getBytes(StandardCharsets.UTF_8), "x"));
    }

    @Test
    void updateInTheMiddleOfTheFileBringsOtherColumns() {
        String later = "2021-03-02T09:00:00.000Z,bbbb-1,15,1,2242,4,c-1,Ecp,mail.example.org,/ecp/default.aspx,,FBA,true,"
                + "CORP\\anna,,Sid~S-1,Mozilla,198.51.100.4,MX1,200,200,,GET,mx1.example.org,WindowsIdentity,,?x=1,,\n";
        for (String header : List.of(COLUMNS_LATER + "\n", block(COLUMNS_LATER),
                COLUMNS_LATER + "\n" + block(COLUMNS_LATER))) {
            Collected read = read(sample() + header + later);

            assertEquals(List.of(), read.skipped);
            assertEquals("CORP\\anna", read.records.get(3).value("AuthenticatedUser"));
            assertEquals("?x=1", read.records.get(3).value("UrlQuery"));
            assertEquals("WindowsIdentity", read.records.get(3).value("RoutingHint"));
            assertEquals("CORP\\anna", read.records.get(1).value("AuthenticatedUser"));
            assertTrue(read.facts.contains(new Collected.Fact(RecordSink.BUILD, "15.1.2242.4",
                    read.records.get(3).time().orElseThrow(), read.records.get(3).line())), read.facts.toString());
        }
    }

    @Test
    void columnsAreReadInAnyOrder() {
        String header = "HttpStatus,UrlStem,DateTime,BackEndStatus,RequestId";
        String text = header + "\n200,/ecp/a,2021-03-02T07:00:00.000Z,200,r1\n"
                + "200,\"/ecp/\nb\",2021-03-02T07:00:01.000Z,200,r2\n" + header + "\n"
                + "#Fields: " + header + "\n" + "503,/ecp/c,2021-03-02T07:00:02.000Z,,r3\n";
        Collected read = read(text);

        assertEquals(List.of("r1", "r2", "r3"), read.values("RequestId"));
        assertEquals(List.of("/ecp/a", "/ecp/\nb", "/ecp/c"), read.values("UrlStem"));
        assertEquals(List.of("2021-03-02T07:00:00Z", "2021-03-02T07:00:01Z", "2021-03-02T07:00:02Z"), read.times());
        assertEquals(List.of(2L, 3L, 7L), read.lines());
        assertEquals(List.of(), read.skipped);
    }

    @Test
    void quotedTimeIsATime() {
        Collected read = read("DateTime,RequestId,UrlStem,HttpStatus,BackEndStatus\n"
                + "\"2021-03-02T07:00:00.000Z\",r1,/a,200,200\n\"2021-03-02T07:00:00.000Z\",r2,\"/open,200\n"
                + "\"2021-03-02T08:00:00.000Z\",r3,/c,200,200\n");

        assertEquals(List.of("2021-03-02T07:00:00Z", "2021-03-02T07:00:00Z", "2021-03-02T08:00:00Z"), read.times());
    }

    @Test
    void quoteThatIsNeverClosedLosesNoRecordBehindIt() {
        String torn = "2021-03-02T07:15:40.000Z,torn,15,1,2176,2,Ecp,h,/ecp/,,\"never closed\n";
        Collected read = read(COLUMNS_2013 + "\n" + torn + ONE + LAST);

        assertEquals(List.of("torn", "aaaa-1", "aaaa-3"), read.values("RequestId"));
        assertEquals(List.of(2L, 3L, 4L), read.lines());
        assertTrue(read.reasons().contains("line 2"), read.reasons());
    }

    @Test
    void quoteThatIsNeverClosedDoesNotSwallowAFile() {
        StringBuilder text = new StringBuilder(COLUMNS_2013 + "\n2021-03-02T07:15:40.000Z,torn,\"open\n");
        text.append("no record at all\n".repeat(100_000));
        text.append(ONE);
        Collected read = read(text.toString());

        assertEquals(List.of("torn", "aaaa-1"), read.values("RequestId"));
        assertFalse(read.skipped.isEmpty());
    }

    @Test
    void logWithoutAnyHeaderIsKnownByItsNameAndTold() {
        byte[] headless = (ONE + LAST).getBytes(StandardCharsets.UTF_8);
        assertTrue(reader().recognises(headless, "c/x/logging/httpproxy/ecp/httpproxy_2021030207-1.log"));
        assertTrue(reader().recognises(headless, "moved/httpproxy_2021030207-12.log"));

        Collected read = read(ONE + LAST);

        assertEquals(List.of(), read.records);
        assertTrue(read.reasons().contains("no header names the columns"), read.reasons());
    }

    @Test
    void serverAndBuildAreObservedOnceAnHourAndAfterEachStart() {
        Collected read = read(sample() + block(COLUMNS_2013) + LAST);

        assertEquals(List.of("server MX1 7", "build 15.1.2176.2 7", "server MX1 12", "build 15.1.2176.2 12",
                "server MX1 18", "build 15.1.2176.2 18"),
                read.facts.stream().map(f -> f.fact() + " " + f.value() + " " + f.line()).toList());
    }

    @Test
    void hoursAreCountedWhetherOrNotARuleWakes() {
        Collected read = Collected.of(reader(), new ByteArrayInputStream(sample().getBytes(StandardCharsets.UTF_8)),
                (bytes, from, to) -> false);

        assertEquals(List.of(), read.records);
        assertEquals(3, read.summary.records());
        assertEquals(List.of(2L, 1L), List.copyOf(read.summary.recordsByHour().values()));
        assertEquals(Optional.of("2021-03-02T07:15:32.123Z"), read.summary.first().map(Object::toString));
        assertEquals(Optional.of("2021-03-02T08:00:00Z"), read.summary.last().map(Object::toString));
    }

    @Test
    void filterSeesAllBytesOfARecordOfSeveralLines() {
        Collected read = Collected.of(reader(), new ByteArrayInputStream(sample().getBytes(StandardCharsets.UTF_8)),
                (bytes, from, to) -> new String(bytes, from, to - from, StandardCharsets.UTF_8).contains("fourth line"));

        assertEquals(List.of("aaaa-2"), read.values("RequestId"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2021-13-01T00:00:00.000Z", "2021-02-31T00:00:00.000Z", "2021-03-02T24:00:00.000Z",
        "0000-00-00T00:00:00.000Z", "03/02/2021 07:00:00", "-1"})
    void lineWhoseTimeIsNoneIsTold(String time) {
        Collected read = read(COLUMNS_2013 + "\n" + ONE + LAST.replaceFirst("^[^,]*", time));

        assertEquals(List.of("aaaa-1"), read.values("RequestId"));
        assertTrue(read.reasons().contains("1 lines from line 3 on are no records"), read.reasons());
    }

    @Test
    void plainSecondImplementationReadsTheSame() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            String text = NaiveCsv.randomLog(random, COLUMNS_LATER);
            Collected read = read(text);
            assertEquals(NaiveCsv.records(text), read.records.stream()
                    .map(r -> new NaiveCsv.Row(r.line(), List.copyOf(r.values().values()))).toList(), "seed " + seed);
        }
    }
}
