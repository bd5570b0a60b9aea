package dev.tidemark.read.rps;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReaderContract;
import dev.tidemark.read.Readers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RpsHttpReaderTest extends ReaderContract {
    private static final String COLUMNS = "DateTime,StartTime,RequestId,MajorVersion,MinorVersion,BuildVersion,"
            + "RevisionVersion,UrlHost,UrlStem,UrlQuery,AuthenticatedUser,ClientIpAddress,ServerHostName,HttpStatus,"
            + "GenericErrors";

    @Override
    protected LogReader reader() {
        return new RpsHttpReader();
    }

    @Override
    protected String sample() {
        return COLUMNS + "\n#Software: Microsoft Exchange Server\n#Version: 15.01.2507.012\n#Log-type: Rps Http Logs\n"
                + "#Date: 2022-11-20T01:02:03.004Z\n#Fields: " + COLUMNS + "\n"
                + "2022-11-20T01:02:03.004Z,2022-11-20T01:02:03.000Z,r1,15,1,2507,12,mx1,/powershell,?a=1,CORP\\anna,"
                + "203.0.113.9,MX1,200,\n"
                + "2022-11-20T01:02:04.004Z,2022-11-20T01:02:03.000Z,r2,15,1,2507,12,mx1,/powershell,,CORP\\anna,"
                + "203.0.113.9,MX1,500,\"one, two\nthree\"\n"
                + "2022-11-20T02:02:04.004Z,2022-11-20T02:02:03.000Z,r3,15,1,2507,12,mx1,/powershell,,CORP\\ben,"
                + "203.0.113.8,MX1,200,none\n";
    }

    @Override
    protected String separator() {
        return ",";
    }

    @Test
    void recordsAreRead() {
        assertEquals(List.of("r1", "r2", "r3"), read(sample()).values("RequestId"));
        assertEquals(List.of(7L, 8L, 10L), read(sample()).lines());
    }

    @Test
    void folderTellsTheSourceWhereTheHeaderNamesNoType() {
        byte[] log = ("#Fields: " + COLUMNS + "\n").getBytes(StandardCharsets.UTF_8);

        assertTrue(reader().recognises(log, "c/v15/logging/cmdletinfra/powershell-proxy/http/x.log"));
        assertFalse(reader().recognises(log, "c/v15/logging/cmdletinfra/powershell-proxy/cmdlet/x.log"));
        assertTrue(Readers.recognise(log, "x.log").isEmpty());
    }
}
