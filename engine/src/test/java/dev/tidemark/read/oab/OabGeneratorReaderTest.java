package dev.tidemark.read.oab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.Collected;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReaderContract;
import dev.tidemark.read.Record;
import dev.tidemark.read.RecordSink;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OabGeneratorReaderTest extends ReaderContract {
    private static final String HEADER = "#Software: Microsoft Exchange Server\n#Version: 15.0.0.0\n"
            + "#Log-type: OAB Generator Log\n#Date: 2021-03-03T22:00:00.254Z\n"
            + "#Fields: Timestamp,RecordType,TraceId,OabGuid,AddressListGuid,Message\n";

    @Override
    protected LogReader reader() {
        return new OabGeneratorReader();
    }

    @Override
    protected String sample() {
        return HEADER + "2021-03-03T22:00:00.254Z,DebugTrace,27,b7,70,OABGenerator.Initialize: start\n"
                + "2021-03-03T22:00:04.876Z,DebugTrace,27,b7,70,\"Begin of \"\"\\Default Offline Address Book\"\","
                + "\n349 entries\"\n"
                + "2021-03-03T22:00:09.000Z,ErrorTrace,27,b7,70,Download failed and temporary file"
                + " 'C:\\inetpub\\wwwroot\\aspnet_client\\a.aspx' needs to be removed\n"
                + "2021-03-03T23:00:09.000Z,ErrorTrace,27,b7,70,it's done\n";
    }

    @Override
    protected String separator() {
        return ",";
    }

    @Test
    void fileThatAMessageNamesInQuotesIsAField() {
        List<String> paths = new ArrayList<>();
        RecordSink sink = new RecordSink() {
            @Override
            public void record(Record record) {
                paths.add(record.value("Path").orElse("(absent)"));
            }

            @Override
            public void skipped(Skipped what) {}

            @Override
            public void observed(String fact, String value, Instant time, Place place) {}
        };
        new OabGeneratorReader().read(new ByteArrayInputStream(sample().getBytes(StandardCharsets.UTF_8)),
                Collected.PATH, LineFilter.ALL, sink);

        assertEquals(List.of("(absent)", "(absent)", "C:\\inetpub\\wwwroot\\aspnet_client\\a.aspx", "(absent)"), paths);
    }

    @Test
    void folderTellsTheSourceWhereTheHeaderNamesNoType() {
        byte[] log = "#Fields: Timestamp,Message\n".getBytes(StandardCharsets.UTF_8);

        assertTrue(reader().recognises(log, "c/exchange server/v15/logging/oabgeneratorlog/x.log"));
    }
}
