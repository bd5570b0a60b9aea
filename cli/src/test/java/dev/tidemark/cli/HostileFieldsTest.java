package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server on which the intruder wrote every field, and what the user gets to see of it. */
class HostileFieldsTest {
    /** Terminal escapes of both forms, reordering, HTML, quotes, a formula, NUL, half a pair, a line of its own. */
    private static final String EVIL = "\"\"><script>window.pwned=1</script><img src=x onerror=alert(1)>&'`${1}{{1}}"
            + "\u001b[2J\u001b]0;owned\u0007\u009b31m\u202Egnp\u2066\u200b\u0000=cmd|'/c calc'!A1";
    /** Half a pair has no UTF-8: Windows' old tools write it as three bytes all the same. */
    private static final String HALF = "x\ud800y\udfff";
    private static final List<String> FORMULAS = List.of("=cmd|'/c calc'!A1", "+1+cmd", "-2+3", "@SUM(1)", "\t=1", "\r=1",
            " =1", "\uff1d1", "\"\"=1");
    private static final Pattern MARKUP = Pattern.compile("(?i)<(script[^>]*>window|img|iframe|svg[^>]*onload)");

    @TempDir
    private static Path dir;
    private static Path evidence;
    private static Path caseFolder;

    @BeforeAll
    static void makeServerAndScanIt() throws IOException {
        evidence = dir.resolve("ev\u202E<b>=1'\u001b[31m");
        caseFolder = dir.resolve("case");
        StringBuilder text = new StringBuilder("DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion,RevisionVersion,"
                + "Protocol,UrlHost,UrlStem,AuthenticatedUser,AnchorMailbox,UserAgent,ClientIpAddress,ServerHostName,"
                + "HttpStatus,BackEndStatus,Method,TargetServer,UrlQuery,GenericErrors\n");
        record(text, EVIL + "\n2021-03-03T00:00:00.000Z,forged");
        record(text, HALF);
        FORMULAS.forEach(formula -> record(text, formula));
        Path log = evidence.resolve("C/Exchange Server/V15/Logging/HttpProxy/Ecp/HttpProxy_2021030304-1.LOG");
        Files.createDirectories(log.getParent());
        Files.write(log, utf8WithHalves(text.toString()));
        Path locked = evidence.resolve("C/inetpub/logs/LogFiles/W3SVC1/u_ex210303<i>\u001b[5m.log");
        Files.createDirectories(locked.getParent());
        Files.writeString(locked, EVIL);
        assertEquals(Exit.COMPROMISED, Cli.run("scan", evidence, "--out", caseFolder, "--quiet").status());
    }

    private static void record(StringBuilder text, String evil) {
        String quoted = "\"" + evil + "\"";
        text.append("2021-03-03T04:05:06.000Z,").append(quoted).append(",15,1,2176,2,Ecp,").append(quoted)
                .append(",\"/ecp/y.js").append(evil).append("\",,\"ServerInfo~a]@mx1:444/ecp/proxyLogon.ecp?")
                .append(evil).append("\",").append(quoted).append(",\"203.0.113.7\",").append(quoted)
                .append(",241,241,POST,").append(quoted).append(',').append(quoted).append(',').append(quoted).append('\n');
    }

    private static byte[] utf8WithHalves(String text) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.writeBytes(Character.isSurrogate(c)
                    ? new byte[] {(byte) (0xE0 | c >> 12), (byte) (0x80 | c >> 6 & 0x3F), (byte) (0x80 | c & 0x3F)}
                    : String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private static void assertTame(String where, String text) {
        text.codePoints().filter(c -> c != '\n' && c != '\r' && c != '\t' && (Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT || Character.getType(c) == Character.SURROGATE)).findFirst()
                .ifPresent(c -> fail(where + " holds U+" + Integer.toHexString(c) + ": " + text));
    }

    @Test
    void terminalShowsAndObeysNothing() {
        Cli cli = Cli.run("scan", evidence, "--out", dir.resolve("again"), "--verbose");

        assertEquals(Exit.COMPROMISED, cli.status(), cli.err());
        assertTame("standard output", cli.out());
        assertTame("standard error", cli.err());
        assertTrue(cli.out().contains("compromised"), cli.out());
        assertFalse((cli.out() + cli.err()).lines().anyMatch(l -> l.startsWith("2021-03-03T00:00:00.000Z,forged")),
                cli.out());
    }

    @Test
    void everyFileOfTheCaseHoldsTheFieldsAsText() throws IOException {
        String page = Files.readString(caseFolder.resolve("report.html"));
        assertTame("report.html", page.replaceAll("(?s)<style.*?</style>", ""));
        assertFalse(MARKUP.matcher(page).find());
        for (String name : List.of("findings.jsonl", "hosts.jsonl", "episodes.jsonl")) {
            List<String> lines = Files.readAllLines(caseFolder.resolve(name));
            assertFalse(lines.isEmpty());
            for (String line : lines) {
                assertTrue(new ObjectMapper().readTree(line).isObject());
                assertFalse(line.chars().anyMatch(c -> c < ' '), name);
            }
        }
        assertNoFormula(Files.readString(caseFolder.resolve("timeline.csv")));
    }

    private static void assertNoFormula(String csv) {
        int rows = 0;
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(csv)) {
            for (CsvRecord row : reader) {
                rows++;
                for (String cell : row.getFields()) {
                    assertFalse(cell.strip().matches("(?s)[=+@\\uFF1D].*|-[^0-9].*|-.*[^0-9.].*"), cell);
                    assertFalse(cell.indexOf('\n') >= 0, cell);
                }
                assertTame("a cell", String.join("|", row.getFields()));
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        assertTrue(rows > 5, csv);
    }

    @ParameterizedTest
    @ValueSource(strings = {"html", "csv", "timesketch", "stix", "ecs", "navigator", "misp", "directive"})
    void everyRenderingIsTame(String format) {
        Cli cli = Cli.run("report", caseFolder, "--format", format);

        assertEquals(Exit.NOTHING_FOUND, cli.status(), cli.err());
        assertTame(format, cli.out().replaceAll("(?s)<style.*?</style>", ""));
        if (format.equals("stix")) {
            assertEquals("[]", Stix.faults(cli.out()).toString());
        }
        if (format.equals("csv") || format.equals("timesketch")) {
            assertNoFormula(cli.out());
        }
    }

    @Test
    void answersToQueriesAreTame() {
        for (String format : List.of("table", "csv", "json")) {
            Cli cli = Cli.run("query", caseFolder, "SELECT * FROM findings", "--format", format);

            assertEquals(Exit.NOTHING_FOUND, cli.status(), cli.err());
            assertTame("query as " + format, cli.out());
        }
    }

    @Test
    void dumpsAreTame() {
        for (String format : List.of("jsonl", "csv", "xml")) {
            Cli cli = Cli.run("dump", evidence, "--format", format);

            assertTrue(cli.out().contains("forged"), cli.err());
            cli.out().chars().filter(c -> c != '\n' && c != '\r' && c != '\t' && Character.isISOControl(c)).findFirst()
                    .ifPresent(c -> fail(format + " holds U+" + Integer.toHexString(c)));
            assertTame("standard error", cli.err());
        }
    }

    @Test
    void comparisonsAreTame() throws IOException {
        Path empty = Files.createDirectories(dir.resolve("none"));
        Cli.run("scan", empty, "--out", dir.resolve("other"));

        assertTame("diff", Cli.run("diff", dir.resolve("other"), caseFolder).out());
    }

    @Test
    void messagesAboutWrongUseAreTame() {
        assertTame("error", Cli.run("scan", dir.resolve("none\u001b[2J\u202E"), "--out", caseFolder).err());
        assertTame("error", Cli.run("report", dir.resolve("none\u001b[2J\u202E"), "--format", "html").err());
        assertTame("error", Cli.run("rules", "show", "x\u001b[2J\u202E").err());
    }
}
