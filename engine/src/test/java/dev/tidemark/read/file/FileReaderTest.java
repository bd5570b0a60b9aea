package dev.tidemark.read.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.read.WebPlaces;
import dev.tidemark.acquire.EvidenceFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileReaderTest {
    private static final int HEAD = 64;

    private record Made(String path, byte[] bytes) implements EvidenceFile {
        @Override
        public int root() {
            return 0;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public Optional<Instant> modified() {
            return Optional.of(Instant.parse("2021-03-03T10:00:00Z"));
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public boolean streamed() {
            return false;
        }
    }

    private static FileReader.Looked look(String path, byte[] bytes) {
        try (InputStream in = new ByteArrayInputStream(bytes)) {
            return new FileReader().look(new Made(path, bytes), in.readNBytes(HEAD), in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String field(String name, String path, String text) {
        return look(path, text.getBytes(StandardCharsets.UTF_8)).record().value(name).orElse("(absent)");
    }

    @ParameterizedTest
    @CsvSource({
        "C/inetpub/wwwroot/aspnet_client/x.aspx,                          web-file,    C:\\inetpub\\wwwroot\\aspnet_client\\x.aspx",
        "uploads/auto/C%3A/inetpub/wwwroot/x.aspx,                        web-file,    C:\\inetpub\\wwwroot\\x.aspx",
        "mail01/D/Apps/Ex/FrontEnd/HttpProxy/owa/auth/X.aspx,             web-file,    D:\\Apps\\Ex\\FrontEnd\\HttpProxy\\owa\\auth\\X.aspx",
        "PROGRAM FILES/MICROSOFT/EXCHANGE SERVER/V15/CLIENTACCESS/owa/a.js, web-file,  PROGRAM FILES\\MICROSOFT\\EXCHANGE SERVER\\V15\\CLIENTACCESS\\owa\\a.js",
        "C/Program Files/Microsoft/Exchange Server/V15/Bin/x.dll,         file-system, C:\\Program Files\\Microsoft\\Exchange Server\\V15\\Bin\\x.dll",
        "C/Windows/Microsoft.NET/Framework64/v4/Temporary ASP.NET Files/inetpub/wwwroot/x.cs, file-system, C:\\Windows\\Microsoft.NET\\Framework64\\v4\\Temporary ASP.NET Files\\inetpub\\wwwroot\\x.cs",
        "C/ProgramData/x.zip,                                             file-system, C:\\ProgramData\\x.zip"})
    void aFileIsOfTheWebByWhereItLiesWhateverTheDriveAndCase(String path, String source, String windows) {
        FileReader.Looked looked = look(path, "x".getBytes(StandardCharsets.UTF_8));

        assertEquals(source, looked.record().source());
        assertEquals(windows, looked.record().value("path").orElse(""));
    }

    @ParameterizedTest
    @CsvSource({"FrontEnd/HttpProxy/owa/auth/logon.aspx, true", "FrontEnd/HttpProxy/owa/auth/LOGON.ASPX, true",
        "FrontEnd/HttpProxy/owa/auth/help.aspx, false", "FrontEnd/HttpProxy/owa/auth/15.1.2176/logon.aspx, false",
        "FrontEnd/HttpProxy/ecp/auth/TimeoutLogout.aspx, true", "ClientAccess/ecp/Any/Page.aspx, ''",
        "ClientAccess/OAB/x.aspx, false", "inetpub/wwwroot/help.aspx, false", "inetpub/wwwroot/Product/help.aspx, ''",
        "inetpub/wwwroot/aspnet_client/system_web/x.ashx, false"})
    void saysWhetherTheProductShipsAPageThere(String path, String ships) {
        assertEquals(ships, field("ProductPage", "D/Relocated/" + path, "<%@ Page %>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252"})
    void aPageIsReadInWhateverEncodingTheServerWould(String encoding) {
        String page = "<%@ Page Language=\"JScript\" %> \u00E4 eval(PLACEHOLDER";

        FileReader.Looked looked = look("C/inetpub/wwwroot/x.aspx", page.getBytes(Charset.forName(encoding)));

        assertEquals(page, looked.record().value("Content").orElse(""));
    }

    @Test
    void utf7IsReadToo() {
        assertEquals("<% x %>", field("Content", "C/inetpub/wwwroot/x.aspx", "+ADw-% x %+AD4-"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "\\u0065v\\u0061l(x => eval(x",
        "ev/* nothing */al(x => eval(x",
        "\"ev\" + \"al(x\" => eval(x",
        "'ev'+'al(x' => eval(x",
        "\"ev\" & \"al(x\" => eval(x",
        "Chr(101)&Chr(118)&Chr(97)&ChrW(108)&Chr(40) => eval(",
        "(char)101+(char)118+(char)97+(char)108 => eval",
        "new char[] {'e', 'v', 'a', 'l', '('} => eval(",
        "String.fromCharCode(101,118,97,108,40,120,41) => eval(x)",
        "new byte[] {0x65,0x76,0x61,0x6c,0x28,0x78,0x29} => eval(x)",
        "&#101;&#x76;al(x => eval(x",
        "unescape(\"%65%76%61%6c(x\") => eval(x",
        "StrReverse(\"x(lave\") => eval(x",
        "FromBase64String(\"ZXZhbChSZXF1ZXN0KQ==\") => eval(Request)",
        "FromBase64String(\"ZXZhb\" + \"ChSZXF1ZXN0KQ==\") => eval(Request)",
        "FromBase64String(\"WlhaaGJDaFNaWEYxWlhOMEtRPT0=\") => eval(Request)",
        "\"6576616c285265717565737429\" => eval(Request)"})
    void codeIsMadePlainWhateverHidesIt(String hiddenAndPlain) {
        String[] parts = hiddenAndPlain.split(" => ");

        String code = field("Code", "C/inetpub/wwwroot/x.aspx", "<% " + parts[0]);

        assertTrue(code.contains(parts[1]), code);
    }

    @Test
    void whatCannotBeRunKeepsItsEscapes() {
        assertEquals("var a = '\\u0041'", field("Code", "C/inetpub/wwwroot/x.js", "var a = '\\u0041'"));
    }

    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, value = {"MDMPx,minidump", "DEARCRY!,encrypted", "PK\u0003\u0004x,zip", "Rar!\u001A\u0007x,rar", "!BDNx,pst",
        "GIF89a<%,image", "<html>,text", "BMessage in a text,text", "-----BEGIN NEW CERTIFICATE REQUEST-----,certificate-request",
        "x\u0001\u0002x,binary"})
    void theFirstBytesSayWhatAFileIs(String head, String kind) {
        byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);

        assertEquals(kind, look("C/x.bin", bytes).record().value("Kind").orElse(""));
        assertEquals("empty", look("C/x.bin", new byte[0]).record().value("Kind").orElse(""));
    }

    @ParameterizedTest
    @CsvSource({"x.aspx, true", "x.ASPX;.jpg, true", "x.asp .png, false", "x.aspx.png, false", "x.soap, true", "aspx, false",
        "x.config, false", "x.aspx:stream, true"})
    void aPageIsKnownByItsExtension(String name, boolean page) {
        assertEquals(page, WebPlaces.page("C/inetpub/wwwroot/" + name));
    }

    @Test
    void noMoreThanTheBoundIsHeld() {
        byte[] large = new byte[FileReader.MOST_BYTES + 5_000_000];
        Arrays.fill(large, (byte) '<');

        FileReader.Looked looked = look("C/inetpub/wwwroot/x.aspx", large);

        assertEquals(FileReader.MOST_BYTES, looked.views().get(0).length);
        assertTrue(looked.record().value("Content").orElse("").length() <= 1 << 20);
        assertEquals(String.valueOf(large.length), looked.record().value("Size").orElse(""));
    }

    @Test
    void contentIsLeftAloneWhereItCannotMatter() {
        FileReader.Looked looked = look("C/Program Files/Vendor/data.bin", "<% eval".getBytes(StandardCharsets.UTF_8));

        assertTrue(looked.views().isEmpty());
        assertFalse(looked.record().value("Content").isPresent());
    }

    @Test
    void noPageBreaksIt() {
        long seed = 20261125;
        Random random = new Random(seed);
        String[] parts = {"\\u00", "\\u0065", "&#", "&#65;", "%u", "%65%76%61", "/*", "*/", "\"", "+", "'e','v'", "Chr(", "101", ",",
            "+ADw", "-", "StrReverse(", "ZXZhbChSZXF1ZXN0KQ", "==", "0x65", "\uFEFF", "\u200B", "\0", "<%", "7'"};
        for (int round = 0; round < 1_000; round++) {
            StringBuilder text = new StringBuilder("<%");
            for (int i = random.nextInt(60); i > 0; i--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            byte[] bytes = text.toString().getBytes(round % 3 == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            try {
                look("C/inetpub/wwwroot/x.aspx", cut);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ", round " + round + ": " + text, e);
            }
        }
    }

    @Test
    void aVeryLongDisguiseDoesNotExhaustTheStack() {
        String page = "<%" + "101,".repeat(200_000) + "'a',".repeat(100_000) + "%65".repeat(100_000) + "\"a\"+".repeat(50_000);

        assertTrue(field("Code", "C/inetpub/wwwroot/x.aspx", page).startsWith("<%"));
    }
}
