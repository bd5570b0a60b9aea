package dev.tidemark.fuzz;

import dev.tidemark.read.LogReader;
import dev.tidemark.read.ecp.EcpServerReader;
import dev.tidemark.read.ews.EwsReader;
import dev.tidemark.read.httpproxy.HttpProxyReader;
import dev.tidemark.read.oab.OabGeneratorReader;
import dev.tidemark.read.rps.RpsCmdletReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Exchange's own logs, which are CSV: the first byte chooses the reader, the others are the log. */
final class CsvTarget {
    private static final List<LogReader> READERS = List.of(new HttpProxyReader(), new EcpServerReader(),
            new OabGeneratorReader(), new RpsCmdletReader(), new EwsReader());

    private CsvTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            LogReader reader = READERS.get((input[0] & 0xFF) % READERS.size());
            LogText.check(reader, Arrays.copyOfRange(input, 1, input.length), "#fields:", "datetime", "timestamp", "date-time");
        }
    }

    static List<byte[]> seeds() {
        String columns = "DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,UrlStem,AnchorMailbox,"
                + "ServerHostName,UrlQuery,GenericErrors";
        String proxy = columns + "\n#Software: Microsoft Exchange Server\n#Version: 15.01.2176.002\n#Log-type: HttpProxy Logs\n"
                + "#Fields: " + columns + "\n"
                + "2021-03-02T07:15:32.123Z,a-1,15,1,2176,2,/ecp/%79.js,ServerInfo~a]@mx1:444/x?#,MX1,,\n"
                + "2021-03-02T07:16:00.000Z,a-2,15,1,2176,2,/owa//./a,\"a \"\"b\"\", c\",MX1,?a=%25b,\"E: one\n  at two\n\"\n"
                + "2021-03-02T07:17:00.000Z,a-3,15,1,2176,2,/,,MX1,,\"never closed\n2021-03-02T08:00:00Z,a-4,15,1,2176,2,/,,,,\n";
        String ecp = "#Fields: TimeStamp,ServerName,EventId,EventData\n2021-03-03T04:05:06.789Z,MX1,ECP.Request,\"S:TIME=140;"
                + "'S:CMD=Set-X.Url=''http://f/<b l=\"\"J\"\">x;y</b>''.Identity=''aa''';S:URL=/ecp/D?s=O;S:BLD=15.1.2176.2\"\n";
        String oab = "#Fields: Timestamp,RecordType,Message\n2021-03-03T22:00:09.000Z,E,temporary file"
                + " 'C:\\inetpub\\a.aspx' needs to be removed\n";
        String late = "RequestId,DateTime,Cmdlet,Parameters\nr1,2021-08-20T01:02:03.004Z,Get-X,\"-Name \"\"a,b\"\"\"\nr2,,,\n";
        List<String> logs = List.of(proxy, ecp, oab, late, proxy.repeat(5));
        return IntStream.range(0, logs.size()).boxed().flatMap(i -> Stream.of(
                chosen(i, logs.get(i).getBytes(StandardCharsets.UTF_8)),
                chosen(i, ("\uFEFF" + logs.get(i)).getBytes(StandardCharsets.UTF_16LE)))).toList();
    }

    static List<byte[]> real(Path shared) {
        return RealFiles.none(shared);
    }

    private static byte[] chosen(int reader, byte[] log) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(reader);
        out.writeBytes(log);
        return out.toByteArray();
    }
}
