package dev.tidemark.fuzz;

import dev.tidemark.read.iis.IisReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** W3C logs, as IIS writes them. */
final class W3cTarget {
    private W3cTarget() {}

    public static void fuzzerTestOneInput(byte[] log) {
        LogText.check(new IisReader(), log, "#fields:");
    }

    static List<byte[]> seeds() {
        String log = """
                #Software: Microsoft Internet Information Services 10.0
                #Version: 1.0
                #Date: 2021-03-02 00:00:21
                #Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip sc-status
                2021-03-02 00:00:21 10.0.0.5 GET /owa/auth/15.1.2176/%7e/a.aspx x=%41%2541 443 - 203.0.113.7 302
                2021-03-02 07:15:32 10.0.0.5 POST /ecp/y.js &CorrelationID=<empty>; 444 CORP\\MX1$ 203.0.113.9 200
                #Fields: time cs-uri-stem
                23:59:59 /a//b/./c/../d
                00:00:01 /
                """;
        return List.of(log.getBytes(StandardCharsets.UTF_8), log.repeat(6).getBytes(StandardCharsets.UTF_8), ("\uFEFF" + log).getBytes(StandardCharsets.UTF_16LE));
    }

    static List<byte[]> real(Path shared) {
        return RealFiles.below(shared.resolve("real").resolve("iis"), ".log").toList();
    }
}
