package dev.tidemark.read.rps;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.read.Collected;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReaderContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class RpsCmdletReaderTest extends ReaderContract {
    private static final String COLUMNS = "DateTime,StartTime,RequestId,ClientRequestId,MajorVersion,MinorVersion,"
            + "BuildVersion,RevisionVersion,ServerHostName,ProcessId,ProcessName,AuthenticatedUser,Cmdlet,Parameters,"
            + "ExecutionResult,GenericErrors";
    private static final String START = "2021-08-20T01:02:03.004Z,2021-08-20T01:02:03.000Z,7a,,15,1,2176,9,MX1,157,"
            + "w3wp#MSExchangePowerShellAppPool,";

    @Override
    protected LogReader reader() {
        return new RpsCmdletReader();
    }

    @Override
    protected String sample() {
        return COLUMNS + "\n#Software: Microsoft Exchange Server\n#Version: 15.01.2176.009\n#Log-type: Rps Cmdlet Logs\n"
                + "#Date: 2021-08-20T01:02:03.004Z\n#Fields: " + COLUMNS + "\n"
                + START + "HealthMailbox47,Get-Mailbox,\"-ResultSize \"\"1\"\"\",Success,\n"
                + START + "CORP\\anna,New-MailboxExportRequest,\"-Mailbox \"\"anna\"\" -FilePath"
                + " \"\"\\\\localhost\\c$\\inetpub\\x.aspx\"\", -Name \"\"a,b\"\"\",Success,\n"
                + START + "CORP\\ben,Remove-X,\"-Identity \"\"two\nlines\"\"\",Error,\"System.Exception: a\n   at b\"\n"
                + START + "CORP\\ben,Get-X,,Success,none\n";
    }

    @Override
    protected String separator() {
        return ",";
    }

    @Test
    void parametersAreReadWithTheirQuotesAndBreaks() {
        Collected read = read(sample());

        assertEquals(List.of(7L, 8L, 9L, 12L), read.lines());
        assertEquals(List.of("-ResultSize \"1\"",
                "-Mailbox \"anna\" -FilePath \"\\\\localhost\\c$\\inetpub\\x.aspx\", -Name \"a,b\"",
                "-Identity \"two\nlines\"", ""), read.values("Parameters"));
        assertEquals("System.Exception: a\n   at b", read.records.get(2).value("GenericErrors"));
    }

    @Test
    void buildOfTheTimeIsObserved() {
        assertEquals(List.of("server MX1", "build 15.1.2176.9"),
                read(sample()).facts.stream().map(f -> f.fact() + " " + f.value()).toList());
    }
}
