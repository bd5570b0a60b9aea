package dev.tidemark.read.ews;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReaderContract;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EwsReaderTest extends ReaderContract {
    private static final String COLUMNS = "DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,"
            + "AuthenticatedUser,UserAgent,ClientIpAddress,ServerHostName,SoapAction,HttpStatus,GenericErrors";

    @Override
    protected LogReader reader() {
        return new EwsReader();
    }

    @Override
    protected String sample() {
        return "#Software: Microsoft Exchange Server\n#Version: 15.01.2176.002\n#Log-type: EWS Logs\n"
                + "#Date: 2021-03-02T01:00:00.000Z\n#Fields: " + COLUMNS + "\n"
                + "2021-03-02T01:00:00.000Z,r1,15,1,2176,2,CORP\\anna,\"Outlook, for Mac\",10.0.0.7,MX1,GetItem,200,\n"
                + "2021-03-02T01:00:01.000Z,r2,15,1,2176,2,CORP\\anna,Mac,10.0.0.7,MX1,FindItem,500,\"a\nb\"\n"
                + "2021-03-02T02:00:01.000Z,r3,15,1,2176,2,,python,10.0.0.7,MX1,GetItem,401,none\n";
    }

    @Override
    protected String separator() {
        return ",";
    }

    @Test
    void recordsAreRead() {
        assertEquals(List.of("GetItem", "FindItem", "GetItem"), read(sample()).values("SoapAction"));
        assertEquals(List.of(6L, 7L, 9L), read(sample()).lines());
    }

    @Test
    void folderTellsTheSourceWhereTheHeaderNamesNoType() {
        assertTrue(reader().recognises("#Fields: DateTime,X\n".getBytes(StandardCharsets.UTF_8), "d/logging/ews/x.log"));
    }
}
