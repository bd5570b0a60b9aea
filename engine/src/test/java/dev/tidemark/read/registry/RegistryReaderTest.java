package dev.tidemark.read.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.Record;
import dev.tidemark.read.RecordSink;
import dev.tidemark.testing.MadeHive;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryReaderTest {
    private static final String SETUP = "Microsoft\\ExchangeServer\\v15\\Setup";
    private static final String DAY = "2021-03-03T04:05:06.789Z";

    private final RegistryReader reader = new RegistryReader();
    private final Map<String, Map<String, String>> keys = new LinkedHashMap<>();
    private final List<String> facts = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private List<String> anyCase = List.of();

    private ReadSummary read(byte[] hive) throws IOException {
        keys.clear();
        facts.clear();
        skipped.clear();
        return reader.read(new ByteArrayInputStream(hive), "C/SOFTWARE", LineFilter.ALL, new RecordSink() {
            @Override
            public void record(Record record) {
                Map<String, String> fields = new LinkedHashMap<>();
                record.fields().forEach(f -> fields.put(f, record.value(f).orElseThrow()));
                keys.put(record.value("Key").orElseThrow(), fields);
                anyCase = List.of(record.value("KEY").orElseThrow(), record.value("owaversion").orElse(""));
                record.text();
            }

            @Override
            public void skipped(Skipped what) {
                skipped.add(what);
            }

            @Override
            public void observed(String fact, String value, Instant time, Place place) {
                facts.add(fact + " " + value + " " + time);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"lf", "lh", "li", "ri"})
    void keyIsFoundInEveryKindOfList(String kind) throws IOException {
        byte[] hive = new MadeHive().lists(kind).key("Classes", DAY).key(SETUP, DAY).text("OwaVersion", "15.1.2176.9")
                .text("MsiInstallPath", "D:\\Exchange\\").number("MsiProductMajor", 15)
                .key("Microsoft\\Windows\\CurrentVersion\\Run", DAY).text("A b", "C:\\x.exe").text("", "default").bytes();

        ReadSummary summary = read(hive);

        assertEquals(List.of(), skipped);
        assertEquals(2, summary.records());
        assertEquals(Map.of("Key", "HKLM\\SOFTWARE\\" + SETUP, "KeyName", "Setup", "LastWritten",
                "2021-03-03T04:05:06.7890000Z", "OwaVersion", "15.1.2176.9", "MsiInstallPath", "D:\\Exchange\\", "MsiProductMajor",
                "15"), keys.get("HKLM\\SOFTWARE\\" + SETUP));
        assertEquals("C:\\x.exe", keys.get("HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run").get("A b"));
        assertEquals("default", keys.get("HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run").get("(Default)"));
        assertEquals(List.of("registry-build 15.1.2176.9 " + DAY), facts);
    }

    @Test
    void buildIsThatOfTheCumulativeUpdateWhereNoMoreIsSaid() throws IOException {
        read(new MadeHive().key(SETUP, DAY).number("MsiProductMajor", 15).number("MsiProductMinor", 2).number("MsiBuildMajor", 792)
                .number("MsiBuildMinor", 3).bytes());

        assertEquals(List.of("registry-build 15.2.792 " + DAY), facts);
    }

    @Test
    void controlSetIsTheOneThatRanLast() throws IOException {
        MadeHive hive = new MadeHive().key("Select", DAY).number("Current", 2);
        hive.key("ControlSet001\\Control\\ComputerName\\ComputerName", DAY).text("ComputerName", "OLD");
        hive.key("ControlSet002\\Control\\ComputerName\\ComputerName", DAY).text("ComputerName", "MAIL01");
        hive.key("ControlSet002\\Services\\MSExchangeUM", DAY).number("Start", 4).text("ImagePath", "um.exe");
        hive.key("ControlSet002\\Services\\W3SVC", DAY).number("Start", 2);

        read(hive.bytes());

        assertEquals(List.of("server MAIL01 " + DAY, "service-off MSExchangeUM " + DAY), facts);
        assertEquals("um.exe", keys.get("HKLM\\SYSTEM\\CurrentControlSet\\Services\\MSExchangeUM").get("ImagePath"));
    }

    @Test
    void everyKindOfValueIsTold() throws IOException {
        String run = "Microsoft\\Windows\\CurrentVersion\\Run";
        byte[] large = ("x".repeat(20_000) + "\0").getBytes(java.nio.charset.StandardCharsets.UTF_16LE);
        read(new MadeHive().key(run, DAY).value("texts", 7, "one\0two\0\0".getBytes(java.nio.charset.StandardCharsets.UTF_16LE))
                .value("long", 11, new byte[] {1, 0, 0, 0, 0, 0, 0, (byte) 0x80}).value("bytes", 3, new byte[] {1, (byte) 0xAB})
                .value("big", 5, new byte[] {0, 0, 1, 0}).value("large", 1, large).value("odd", 4, new byte[] {1, 2})
                .value("none", 0, new byte[0]).value("open", 1, "no end".getBytes(java.nio.charset.StandardCharsets.UTF_16LE)).bytes());

        Map<String, String> values = keys.get("HKLM\\SOFTWARE\\" + run);
        assertEquals("one\ntwo", values.get("texts"));
        assertEquals("9223372036854775809", values.get("long"));
        assertEquals("01ab", values.get("bytes"));
        assertEquals("256", values.get("big"));
        assertEquals("x".repeat(20_000), values.get("large"));
        assertEquals("0102", values.get("odd"));
        assertEquals("", values.get("none"));
        assertEquals("no end", values.get("open"));
    }

    @Test
    void programsThatRanAreTold() throws IOException {
        read(new MadeHive().key("Root\\InventoryApplicationFile\\procdump.exe|ab12", DAY)
                .text("LowerCaseLongPath", "c:\\programdata\\procdump.exe").text("FileId", "0000aa").bytes());

        assertEquals("c:\\programdata\\procdump.exe",
                keys.get("Amcache\\Root\\InventoryApplicationFile\\procdump.exe|ab12").get("LowerCaseLongPath"));
    }

    @Test
    void hiveWithChangesElsewhereAndCutHiveAreTold() throws IOException {
        byte[] hive = new MadeHive().key(SETUP, DAY).text("OwaVersion", "15.1.2176.9").bytes();
        hive[8]++;
        read(hive);
        assertTrue(skipped.toString().contains("transaction logs"), skipped.toString());
        assertEquals(1, keys.size());

        hive[8]--;
        read(Arrays.copyOf(hive, hive.length - 4000));
        assertTrue(skipped.get(0).why().contains("only the first"), skipped.toString());
    }

    @Test
    void onlyAPrimaryHiveIsRecognised() {
        byte[] hive = new MadeHive().bytes();
        assertTrue(reader.recognises(hive, "c/whatever"));
        hive[28] = 6;
        assertFalse(reader.recognises(hive, "c/windows/system32/config/software.log1"));
        assertFalse(reader.recognises("regf".getBytes(), "c/software"));
    }

    /** A key that is 5,000 times below itself, two levels of which are wanted. */
    @Test
    void keyThatLiesBelowItselfEndsAndIsTold() throws IOException {
        MadeHive made = new MadeHive().lists("lf");
        for (int i = 0; i < 5_000; i++) {
            made.key("Root\\File\\k" + i, DAY);
        }
        byte[] hive = made.bytes();
        ByteBuffer b = ByteBuffer.wrap(hive).order(ByteOrder.LITTLE_ENDIAN);
        int list = find(hive, new byte[] {'l', 'f', (byte) 0x88, 0x13});
        int file = find(hive, "File".getBytes()) - 76 - 4 - 4096;
        for (int i = 0; i < 5_000; i++) {
            b.putInt(list + 4 + i * 8, file);
        }

        ReadSummary summary = read(hive);

        assertTrue(skipped.toString().contains("over and over"), skipped.toString());
        assertTrue(summary.records() < 1_000_000, summary.records() + " records");
    }

    @Test
    void moreDamageThanAnybodyReadsIsCounted() throws IOException {
        MadeHive made = new MadeHive().lists("lf");
        for (int i = 0; i < 300; i++) {
            made.key("Microsoft\\Windows\\CurrentVersion\\Uninstall\\k" + i, DAY);
        }
        byte[] hive = made.bytes();
        int list = find(hive, new byte[] {'l', 'f', 0x2C, 0x01});
        for (int i = 0; i < 300; i++) {
            ByteBuffer.wrap(hive).order(ByteOrder.LITTLE_ENDIAN).putInt(list + 4 + i * 8, 0x700_0000 + i * 8);
        }

        read(hive);

        assertEquals(21, skipped.size());
        assertEquals("280 more of its cells are damaged", skipped.get(20).why());
    }

    private static int find(byte[] in, byte[] what) {
        for (int i = 0; i + what.length <= in.length; i++) {
            if (Arrays.equals(in, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        throw new AssertionError("not there");
    }

    @Test
    void namesOfFieldsHaveNoCase() throws IOException {
        read(new MadeHive().key(SETUP, DAY).text("OwaVersion", "15.1.2176.9").bytes());

        assertEquals(List.of("HKLM\\SOFTWARE\\" + SETUP, "15.1.2176.9"), anyCase);
    }

    @Test
    void noDamageIsAnException() throws IOException {
        byte[] hive = new MadeHive().lists("ri").key(SETUP, DAY).text("OwaVersion", "15.1.2176.9").number("a", 1)
                .key("Microsoft\\Windows\\CurrentVersion\\Run", DAY).value("large", 1, new byte[20_000])
                .key("Microsoft\\Windows\\CurrentVersion\\Uninstall\\one", DAY).text("DisplayName", "x").bytes();
        for (int cut = 0; cut < hive.length; cut += 7) {
            read(Arrays.copyOf(hive, cut));
            assertFalse(skipped.isEmpty(), "cut at " + cut);
        }
        Random random = new Random(20210303);
        for (int round = 0; round < 3_000; round++) {
            byte[] damaged = hive.clone();
            for (int i = 0; i <= random.nextInt(8); i++) {
                int at = random.nextBoolean() ? random.nextInt(damaged.length) : 4096 + random.nextInt(1_200);
                damaged[at] = random.nextBoolean() ? (byte) random.nextInt(256) : (byte) 0xFF;
            }
            read(damaged);
        }
    }
}
