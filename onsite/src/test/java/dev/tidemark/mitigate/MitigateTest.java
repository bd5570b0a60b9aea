package dev.tidemark.mitigate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From plan to rollback on configurations as IIS and Exchange write them. */
class MitigateTest {
    private static final Instant NOW = Instant.parse("2021-03-05T12:00:00Z");
    private static final List<PublishedMitigation> USUAL =
            PublishedMitigation.all().stream().filter(PublishedMitigation::usual).toList();

    @TempDir
    private Path dir;

    private MadeServer server;
    private int runs;

    @BeforeEach
    void makeServer() {
        server = MadeServer.on(dir.resolve("C"));
    }

    private Mitigator mitigator() {
        return new Mitigator(dir.resolve("backup"));
    }

    private static List<PublishedMitigation> named(String name) {
        return PublishedMitigation.all().stream().filter(m -> m.name().equals(name)).toList();
    }

    private MitigationPlan plan(List<PublishedMitigation> wanted) throws Refusal {
        return MitigationPlan.of(server.drive(), wanted);
    }

    private void assertRefused(String reason) {
        assertRefused(USUAL, reason);
    }

    private void assertRefused(List<PublishedMitigation> wanted, String reason) {
        Refusal refusal = assertThrows(Refusal.class, () -> plan(wanted));
        assertTrue(refusal.getMessage().contains(reason), refusal.getMessage());
    }

    /** What was there is there still, byte for byte, before and behind one insertion; the way back ends where it began. */
    private void assertInsertedAndTakenBack(String name) throws IOException, Refusal {
        byte[] before = server.read(name);
        MitigationPlan plan = plan(USUAL);
        mitigator().apply(plan, NOW.plusSeconds(++runs));
        byte[] after = server.read(name);
        int head = 0;
        while (head < before.length && before[head] == after[head]) {
            head++;
        }
        int tail = 0;
        while (tail < before.length - head && before[before.length - 1 - tail] == after[after.length - 1 - tail]) {
            tail++;
        }
        assertEquals(before.length, head + tail, "bytes outside of the insertion changed");
        assertTrue(after.length > before.length);
        assertTrue(plan(USUAL).isEmpty(), "a second plan has nothing to do");
        mitigator().rollback(server.drive(), NOW.plusSeconds(60));
        assertArrayEquals(before, server.read(name));
    }

    @Test
    void planShowsWhatWouldChangeAndChangesNothing() throws Refusal {
        byte[] before = server.read(MadeServer.SITE_CONFIG);

        String diff = plan(USUAL).diff();

        assertTrue(diff.startsWith("--- " + server.file(MadeServer.SITE_CONFIG)), diff);
        assertTrue(diff.contains("+        <rule name=\"X-AnonResource-Backend Abort - inbound\">"), diff);
        assertTrue(diff.contains("@@ -7,4 +7,"), diff);
        assertTrue(diff.lines().noneMatch(line -> line.startsWith("-") && !line.startsWith("---")), diff);
        assertArrayEquals(before, server.read(MadeServer.SITE_CONFIG));
    }

    @Test
    void rulesAreInForceOnceTheyAreApplied() throws IOException, Refusal {
        assertTrue(MitigationPlan.inForce(server.drive()).isEmpty());

        mitigator().apply(plan(USUAL), NOW);

        assertEquals(List.of("CVE-2021-26855", "CVE-2022-41040"), MitigationPlan.inForce(server.drive()).stream()
                .filter(m -> m.inForce()).flatMap(m -> m.cves().stream()).toList());
    }

    static Stream<String> shapes() {
        String head = "<?xml version=\"1.0\"?>\n";
        return Stream.of(MadeServer.WEB_CONFIG,
                head + "<configuration>\n</configuration>",
                head + "<configuration></configuration>\n\n",
                "<configuration><system.webServer></system.webServer></configuration>",
                head + "<configuration>\n\t<system.webServer>\n\t\t<rewrite>\n\t\t</rewrite>\n\t</system.webServer>\n</configuration>\n",
                head + "<configuration>\n  <system.webServer>\n    <rewrite>\n      <rules>\n        <rule name=\"https\""
                        + " stopProcessing=\"true\">\n          <match url=\"(.*)\" />\n          <conditions><add input=\"{HTTPS}\""
                        + " pattern=\"off\" /></conditions>\n          <action type=\"Redirect\" url=\"https://{HTTP_HOST}/{R:1}\" />\n"
                        + "        </rule>\n      </rules>\n    </rewrite>\n  </system.webServer>\n</configuration>\n",
                "<configuration><system.webServer><rewrite><rules><clear /><rule name='all' stopProcessing='true'><match url='.*'/>"
                        + "<action type='None'/></rule></rules></rewrite></system.webServer></configuration>",
                head + "<configuration  xmlns:x = 'urn:a' >\n<system.webServer x:y='a &lt; b &#10;'>\n<!-- > </rules> -->\n<![CDATA[ <x> ]]>"
                        + "\n</system.webServer >\n</configuration >\n<!-- end -->\n");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whateverTheShapeAllElseStaysByteForByte(String shape) throws IOException, Refusal {
        server.write(MadeServer.SITE_CONFIG, shape);

        assertInsertedAndTakenBack(MadeServer.SITE_CONFIG);
    }

    @Test
    void encodingMarkAndLineEndsStay() throws IOException, Refusal {
        String text = MadeServer.WEB_CONFIG.replace("remark", "Bemerkung \u00fc\u20ac");
        for (String shape : List.of(text, text.replace("\n", "\r\n"))) {
            String utf16 = shape.replace("encoding=\"UTF-8\"", "encoding=\"utf-16\"");
            for (byte[] bytes : List.of(("\uFEFF" + shape).getBytes(StandardCharsets.UTF_8),
                    ("\uFEFF" + utf16).getBytes(StandardCharsets.UTF_16LE), ("\uFEFF" + utf16).getBytes(StandardCharsets.UTF_16BE),
                    utf16.getBytes(StandardCharsets.UTF_16LE),
                    shape.replace("UTF-8", "windows-1252").getBytes(Charset.forName("windows-1252")))) {
                server.write(MadeServer.SITE_CONFIG, bytes);
                assertInsertedAndTakenBack(MadeServer.SITE_CONFIG);
            }
        }
        server.write(MadeServer.SITE_CONFIG, text.replace("\n", "\r\n"));
        mitigator().apply(plan(USUAL), NOW.plusSeconds(500));
        String after = new String(server.read(MadeServer.SITE_CONFIG), StandardCharsets.UTF_8);
        assertEquals(after.lines().count(), after.split("\r\n").length);
    }

    @Test
    void emptySectionIsOpened() throws IOException, Refusal {
        for (String shape : List.of("<configuration/>", "<configuration>\n  <system.webServer />\n</configuration>\n",
                "<configuration><system.webServer><rewrite><rules /></rewrite></system.webServer></configuration>")) {
            server.write(MadeServer.SITE_CONFIG, shape);
            mitigator().apply(plan(USUAL), NOW);
            assertTrue(plan(USUAL).isEmpty());
            mitigator().rollback(server.drive(), NOW.plusSeconds(1));
            assertEquals(shape, new String(server.read(MadeServer.SITE_CONFIG), StandardCharsets.UTF_8));
            org.junit.jupiter.api.Assertions.assertTrue(Files.exists(dir.resolve("backup")));
            deleteBackups();
        }
    }

    private void deleteBackups() throws IOException {
        try (Stream<Path> all = Files.walk(dir.resolve("backup"))) {
            for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Test
    void siteWithoutAConfigurationGetsOneAndLosesItAgain() throws IOException, Refusal {
        Files.delete(server.file(MadeServer.SITE_CONFIG));

        mitigator().apply(plan(USUAL), NOW);
        assertTrue(plan(USUAL).isEmpty());
        assertTrue(plan(named("ecp-pool")).diff().contains("autoStart=\"false\""));
        mitigator().rollback(server.drive(), NOW.plusSeconds(1));

        assertFalse(Files.exists(server.file(MadeServer.SITE_CONFIG)));
    }

    @Test
    void poolsAreKeptFromStarting() throws IOException, Refusal {
        byte[] before = server.read(MadeServer.SERVER_CONFIG);
        List<PublishedMitigation> pools = PublishedMitigation.all().stream().filter(m -> m.pool().isPresent()).toList();

        mitigator().apply(plan(pools), NOW);

        String after = new String(server.read(MadeServer.SERVER_CONFIG), StandardCharsets.UTF_8);
        assertTrue(after.contains("<add name='MSExchangeECPAppPool' autoStart=\"false\" managedRuntimeVersion"), after);
        assertTrue(after.contains("<add name=\"MSExchangeOABAppPool\" autoStart=\"false\" managedRuntimeVersion"), after);
        assertEquals(MadeServer.APPLICATION_HOST.length() + " autoStart=\"false\"".length() + 1, after.length());
        mitigator().rollback(server.drive(), NOW.plusSeconds(1));
        assertArrayEquals(before, server.read(MadeServer.SERVER_CONFIG));
        server.write(MadeServer.SERVER_CONFIG, MadeServer.APPLICATION_HOST.replace("MSExchangeECPAppPool", "Other"));
        assertRefused(named("ecp-pool"), "no application pool MSExchangeECPAppPool");
    }

    @Test
    void everySiteOfTheFrontEndGetsTheRules() throws IOException, Refusal {
        String second = MadeServer.APPLICATION_HOST.replace("<site name=\"Exchange Back End\"", "<site name=\"Webmail\" id=\"3\">"
                + "<application path=\"/\"><virtualDirectory path=\"/\" physicalPath=\"C:\\inetpub\\webmail\" /></application>"
                + "<application path=\"/owa\"><virtualDirectory path=\"/\" physicalPath=\"C:\\Exchange\\FrontEnd\\HttpProxy\\owa\" />"
                + "</application></site>\n<site name=\"Exchange Back End\"");
        server.write(MadeServer.SERVER_CONFIG, second).write("inetpub/webmail/web.config", "<configuration />");

        assertEquals(2, plan(USUAL).files().size());
    }

    @Test
    void drivesInFoldersByLetterAreFoundInAnyCase() throws IOException, Refusal {
        MadeServer other = MadeServer.on(dir.resolve("host/C"));
        Files.move(other.drive().resolve("Windows"), other.drive().resolve("WINDOWS"));

        assertEquals(1, MitigationPlan.of(dir.resolve("host"), USUAL).files().size());
    }

    @Test
    void configurationThatIsNotUnderstoodIsRefusedAndLeftAlone() {
        for (String[] odd : new String[][] {
            {"<configuration><system.webServer></configuration>", "no sound XML"},
            {"<!DOCTYPE configuration [<!ENTITY a 'b'>]><configuration/>", "document type"},
            {"<configuration><system.webServer><rewrite><rules configSource='r.config'/></rewrite></system.webServer>"
                    + "</configuration>", "configSource"},
            {"<configuration><system.webServer configProtectionProvider='x'><EncryptedData/></system.webServer></configuration>",
                "configProtectionProvider"},
            {"<configuration><system.webServer/><system.webServer/></configuration>", "2 times"},
            {"<web/>", "not <configuration>"},
            {"", "no"},
            {"<configuration><a b='&other;'/></configuration>", "entity"},
            {"<?xml version='1.0' encoding='no-such'?><configuration/>", "encoding"}}) {
            server.write(MadeServer.SITE_CONFIG, odd[0]);
            assertRefused(odd[1]);
            assertEquals(odd[0], new String(server.read(MadeServer.SITE_CONFIG), StandardCharsets.UTF_8));
        }
        server.write(MadeServer.SITE_CONFIG, new byte[] {'<', 'c', (byte) 0xFF, '>'});
        assertRefused("no sound UTF-8");
    }

    @Test
    void ruleOfTheSameNameThatDoesSomethingElseIsRefused() {
        server.write(MadeServer.SITE_CONFIG, "<configuration><system.webServer><rewrite><rules><rule name='PowerShell - inbound'>"
                + "<match url='x'/><action type='None'/></rule></rules></rewrite></system.webServer></configuration>");

        assertRefused("is called 'PowerShell - inbound' already");
    }

    @Test
    void publishedRuleThatIsThereIsNotPutInAgain() throws IOException, Refusal {
        mitigator().apply(plan(named("proxylogon-cookies")), NOW);

        assertFalse(plan(USUAL).diff().contains("+        <rule name=\"X-BEResource"));
        assertTrue(plan(USUAL).diff().contains("PowerShell - inbound"));
    }

    @Test
    void rulesThatWouldHaveNoEffectAreRefused() {
        server.write(MadeServer.SERVER_CONFIG, MadeServer.APPLICATION_HOST.replace("rewrite.dll", "other.dll"));
        assertRefused("URL Rewrite module is not installed");
        server.write(MadeServer.SERVER_CONFIG, MadeServer.APPLICATION_HOST.replace("<section name=\"rules\"", "<section name=\"x\""));
        assertRefused("URL Rewrite module is not installed");
        server.write(MadeServer.SERVER_CONFIG, MadeServer.APPLICATION_HOST.replace("name=\"rules\" overrideModeDefault=\"Allow\"",
                "name=\"rules\" overrideModeDefault=\"Deny\""));
        assertRefused("does not let a site have rewrite rules");
        server.write(MadeServer.SERVER_CONFIG, MadeServer.APPLICATION_HOST).write("Exchange/FrontEnd/HttpProxy/ecp/web.config",
                "<configuration><system.webServer><rewrite><rules><clear/></rules></rewrite></system.webServer></configuration>");
        assertRefused("would not stop CVE-2021-26855");
    }

    @Test
    void siteElsewhereOrBehindALinkIsRefused() throws IOException {
        server.write(MadeServer.SERVER_CONFIG, MadeServer.APPLICATION_HOST.replace("%SystemDrive%\\inetpub", "D:\\inetpub"));
        assertRefused("not below");
        server.write(MadeServer.SERVER_CONFIG, MadeServer.APPLICATION_HOST.replace("%SystemDrive%\\inetpub", "C:\\..\\inetpub"));
        assertRefused("not below");
        server.write(MadeServer.SERVER_CONFIG, MadeServer.APPLICATION_HOST);
        Path outside = Files.writeString(dir.resolve("outside.config"), "<configuration/>");
        Files.delete(server.file(MadeServer.SITE_CONFIG));
        Files.createSymbolicLink(server.file(MadeServer.SITE_CONFIG), outside);
        assertRefused("behind a link");
        assertEquals("<configuration/>", Files.readString(outside));
    }

    @Test
    void folderThatIsNoServerIsRefused() {
        assertThrows(Refusal.class, () -> MitigationPlan.of(dir.resolve("nowhere"), USUAL));
    }

    @Test
    void fileThatChangedSinceIsNeverOverwritten() throws IOException, Refusal {
        MitigationPlan plan = plan(USUAL);
        String others = MadeServer.WEB_CONFIG + "<!-- by others -->";
        server.write(MadeServer.SITE_CONFIG, others);
        assertTrue(assertThrows(Refusal.class, () -> mitigator().apply(plan, NOW)).getMessage().contains("since the plan"));
        assertEquals(others, new String(server.read(MadeServer.SITE_CONFIG), StandardCharsets.UTF_8));

        mitigator().apply(plan(USUAL), NOW);
        String later = new String(server.read(MadeServer.SITE_CONFIG), StandardCharsets.UTF_8) + " ";
        server.write(MadeServer.SITE_CONFIG, later);
        Refusal refusal = assertThrows(Refusal.class, () -> mitigator().rollback(server.drive(), NOW));
        assertTrue(refusal.getMessage().contains("has changed since"), refusal.getMessage());
        assertEquals(later, new String(server.read(MadeServer.SITE_CONFIG), StandardCharsets.UTF_8));
    }

    @Test
    void damagedCopyIsNotWrittenBack() throws IOException, Refusal {
        Path backup = mitigator().apply(plan(USUAL), NOW);
        byte[] applied = server.read(MadeServer.SITE_CONFIG);
        Files.writeString(backup.resolve("1-web.config"), "other");

        assertTrue(assertThrows(Refusal.class, () -> mitigator().rollback(server.drive(), NOW)).getMessage()
                .contains("SHA-256 differs"));
        assertArrayEquals(applied, server.read(MadeServer.SITE_CONFIG));
    }

    @Test
    void stepsAreTakenBackInTurnAndOnlyOnce() throws IOException, Refusal {
        mitigator().apply(plan(named("proxylogon-cookies")), NOW);
        byte[] between = server.read(MadeServer.SITE_CONFIG);
        mitigator().apply(plan(named("autodiscover-powershell")), NOW.plusSeconds(1));

        mitigator().rollback(server.drive(), NOW.plusSeconds(2));
        assertArrayEquals(between, server.read(MadeServer.SITE_CONFIG));
        mitigator().rollback(server.drive(), NOW.plusSeconds(3));
        assertEquals(MadeServer.WEB_CONFIG, new String(server.read(MadeServer.SITE_CONFIG), StandardCharsets.UTF_8));
        assertTrue(assertThrows(Refusal.class, () -> mitigator().rollback(server.drive(), NOW)).getMessage()
                .contains("nothing in"));
    }

    @Test
    void spoiltConfigurationIsRefusedOrStillEditedByteForByte() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] whole = MadeServer.WEB_CONFIG.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 400; round++) {
            byte[] spoilt = whole.clone();
            for (int i = 0; i < 1 + random.nextInt(3); i++) {
                spoilt[random.nextInt(spoilt.length)] = (byte) (random.nextInt(4) == 0 ? random.nextInt() : "<>/\"'= &;-![]a".charAt(
                        random.nextInt(14)));
            }
            server.write(MadeServer.SITE_CONFIG, spoilt);
            try {
                for (Change change : plan(USUAL).changes()) {
                    String before = new String(spoilt, StandardCharsets.UTF_8);
                    String after = new String(change.after(), StandardCharsets.UTF_8);
                    assertTrue(after.length() > before.length(), "seed " + seed + ", round " + round);
                }
            } catch (Refusal e) {
                assertFalse(e.getMessage().isEmpty());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }
}
