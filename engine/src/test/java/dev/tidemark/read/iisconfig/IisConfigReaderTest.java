package dev.tidemark.read.iisconfig;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.read.Collected;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IisConfigReaderTest {
    private static final String CONFIG = """
            <?xml version="1.0"?>
            <!-- written by hand -->
            <configuration>
              <system.applicationHost>
                <applicationPools>
                  <add name="MSExchangeECPAppPool" autoStart="false"><processModel password="[enc:x]" userName="a" /></add>
                </applicationPools>
              </system.applicationHost>
              <location path="Default Web Site/ecp">
                <system.webServer>
                  <handlers><add name="png" path="*.png" type="A &amp; B" /></handlers>
                  <rewrite><rules><rule name="r&quot;1"><match url=".*" /></rule></rules></rewrite>
                </system.webServer>
              </location>
            </configuration>
            """;

    private static Collected read(String config) {
        return Collected.of(new IisConfigReader(), config);
    }

    @Test
    void elementWithAttributesIsARecordThatKnowsItsPlace() {
        Collected read = read(CONFIG);

        assertEquals(List.of(), read.skipped);
        assertEquals(List.of("MSExchangeECPAppPool", "(absent)", "png", "r\"1", "(absent)"), read.values("name"));
        assertEquals("system.webServer/handlers/add", read.records.get(2).value("Section"));
        assertEquals("Default Web Site/ecp", read.records.get(2).value("Location"));
        assertEquals("A & B", read.records.get(2).value("type"));
        assertEquals(11, read.records.get(2).line());
        assertEquals("<add name=\"png\" path=\"*.png\" type=\"A &amp; B\"/>", read.records.get(2).text());
    }

    @Test
    void factKeepsWhatBearsOnTheDoorAndNoPassword() {
        String told = read(CONFIG).facts.get(0).value();

        assertTrue(told.contains("<rule name=\"r&quot;1\"><match url=\".*\"/></rule>"), told);
        assertTrue(told.contains("autoStart=\"false\""), told);
        assertFalse(told.contains("handlers") || told.contains("enc:x"), told);
        assertEquals(ConfigXml.parse(told).root(), ConfigXml.parse(read(told).facts.get(0).value()).root());
    }

    @Test
    void encodingIsWhatTheFileSays() {
        Collected plain = read(CONFIG);
        for (Charset wide : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            assertEquals(plain.records, Collected.of(new IisConfigReader(), ("\uFEFF" + CONFIG).getBytes(wide)).records);
        }
        assertEquals(plain.records, read("\uFEFF" + CONFIG).records);
        String ansi = CONFIG.replace("version=\"1.0\"", "version=\"1.0\" encoding=\"windows-1252\"").replace("png", "p\u00fcng");
        assertEquals("p\u00fcng", Collected.of(new IisConfigReader(), ansi.getBytes(Charset.forName("windows-1252")))
                .records.get(2).value("name"));
    }

    @Test
    void documentTypeEndsTheReadingBeforeAnythingIsExpanded() {
        String bomb = "<!DOCTYPE configuration [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
                + "<!ENTITY c SYSTEM \"file:///etc/passwd\">]><configuration><a b=\"&b;\" /><c>&c;</c></configuration>";
        Collected read = read(bomb);

        assertTrue(read.reasons().contains("document type"), read.reasons());
        assertEquals(List.of(), read.records);
    }

    @Test
    void endlessNestingEndsTheReading() {
        Collected read = read("<configuration>" + "<a b=\"1\">".repeat(100_000));

        assertTrue(read.reasons().contains("elements in each other"), read.reasons());
        assertTrue(read.records.size() < 100);
    }

    @Test
    void fileThatIsTooLongIsReadAsFarAsItGoes() {
        StringBuilder config = new StringBuilder("<configuration>\n");
        String element = "<add name=\"" + "x".repeat(1 << 20) + "\" />\n";
        for (int i = 0; i < 9; i++) {
            config.append(element);
        }
        assertTrue(read(config + "</configuration>").reasons().contains("only its first 8388608 bytes were read"));
    }

    @Test
    void fileCutAnywhereGivesWhatStoodBeforeTheCutAndTellsTheLoss() {
        byte[] whole = CONFIG.getBytes(StandardCharsets.UTF_8);
        List<Collected.Seen> all = read(CONFIG).records;
        for (int cut = 0; cut < whole.length - 1; cut++) {
            Collected part = Collected.of(new IisConfigReader(), Arrays.copyOf(whole, cut));
            assertTrue(part.reasons().contains("no sound XML"), "cut at " + cut + ": " + part.reasons());
            assertEquals(all.subList(0, part.records.size()).stream().map(Collected.Seen::values).toList(),
                    part.records.stream().map(Collected.Seen::values).toList(), "cut at " + cut);
        }
    }

    @Test
    void damagedBytesAreNeverAnException() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] whole = CONFIG.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 1_000; round++) {
            byte[] damaged = whole.clone();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                assertFalse(Collected.of(new IisConfigReader(), damaged).reasons().contains("threw"));
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    @Test
    void onlyConfigurationsOfIisAreTaken() {
        IisConfigReader reader = new IisConfigReader();
        byte[] config = CONFIG.getBytes(StandardCharsets.UTF_8);

        assertTrue(reader.recognises(config, "c/inetpub/wwwroot/web.config"));
        assertTrue(reader.recognises(config, "applicationhost.config"));
        assertFalse(reader.recognises(config, "c/x/app.config"));
        assertFalse(reader.recognises("<html>".getBytes(StandardCharsets.UTF_8), "web.config"));
    }
}
