package dev.tidemark.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.testkit.MadeEvidence.Layout;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScenarioTest {
    private static final Pattern ADDRESS = Pattern.compile("(?<![\\d.~/-])(\\d{1,3}(?:\\.\\d{1,3}){3})(?![\\d.-])");
    /** Documentation (RFC 5737), benchmarks (RFC 2544), inside networks (RFC 1918), and the machine itself. */
    private static final Pattern RESERVED =
            Pattern.compile("192\\.0\\.2\\..*|198\\.51\\.100\\..*|203\\.0\\.113\\..*|198\\.1[89]\\..*|10\\..*|127\\..*");
    private static final Pattern DOMAIN = Pattern.compile("(?i)\\b[a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.(?:com|net|org|corp|local|de|uk|io)\\b");

    private static String text(MadeFile file) {
        return new String(file.content(), StandardCharsets.UTF_8);
    }

    private static List<MadeFile> logs(Scenario scenario) {
        return scenario.make().files().stream().filter(f -> f.path().toLowerCase(java.util.Locale.ROOT).endsWith(".log")).toList();
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void sameServerIsMadeEachTime(Scenario scenario) {
        List<MadeFile> first = scenario.make().files();
        List<MadeFile> second = scenario.make().files();

        assertEquals(first.stream().map(MadeFile::path).toList(), second.stream().map(MadeFile::path).toList());
        for (int i = 0; i < first.size(); i++) {
            assertArrayEquals(first.get(i).content(), second.get(i).content(), first.get(i).path());
            assertEquals(first.get(i).modified(), second.get(i).modified());
        }
        assertEquals(scenario.make().truth(), scenario.make().truth());
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void nobodysAddressAndNobodysDomainIsInIt(Scenario scenario) {
        for (MadeFile log : logs(scenario)) {
            String records = text(log).replaceAll("(?m)^#.*$", "");
            Matcher address = ADDRESS.matcher(records.replaceAll("(Outlook|Mozilla|Firefox|Office|Phone)[^,\r\n ]*", ""));
            while (address.find()) {
                assertTrue(RESERVED.matcher(address.group(1)).matches() || address.group(1).startsWith("15.1."), address.group(1));
            }
            Matcher domain = DOMAIN.matcher(records);
            assertTrue(!domain.find(), () -> log.path() + ": " + domain.group());
        }
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void marksStandWhereTheySayTheyDo(Scenario scenario) {
        MadeEvidence made = scenario.make();
        List<Trace> all = new ArrayList<>(made.truth().planted());
        all.addAll(made.truth().lookAlikes());
        for (Trace trace : all) {
            MadeFile file = made.files().stream().filter(f -> f.path().equals(trace.path())).findFirst().orElseThrow();
            if (trace.line().isPresent()) {
                String line = text(file).split("\r\n")[(int) trace.line().getAsLong() - 1];
                String time = trace.time().toString().substring(0, 19);
                assertTrue(line.startsWith(time) || line.startsWith(time.replace('T', ' ')), trace + ": " + line);
            } else {
                assertEquals(trace.time(), file.modified());
            }
        }
    }

    /** What the front end passed on, both sites and HttpProxy tell under one id. */
    @Test
    void oneRequestIsOneRequestInAllLogs() {
        Set<String> proxied = new HashSet<>();
        Set<String> front = new HashSet<>();
        Set<String> back = new HashSet<>();
        for (MadeFile log : logs(Scenario.PROXYLOGON)) {
            boolean proxy = log.path().contains("/HttpProxy/");
            Matcher id = Pattern.compile(proxy ? "(?m)^2[^,]*,([0-9a-f-]{36})," : "cafeReqId=([0-9a-f-]{36})").matcher(text(log));
            while (id.find()) {
                (proxy ? proxied : log.path().contains("W3SVC1") ? front : back).add(id.group(1));
            }
        }
        assertEquals(proxied, front);
        assertTrue(front.containsAll(back) && back.size() > 50, back.size() + " requests reached the back end");
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void noScriptInItCanRun(Scenario scenario) {
        for (MadeFile file : scenario.make().files()) {
            Matcher script = Pattern.compile("(?s)eval\\(.{0,200}").matcher(text(file));
            while (script.find()) {
                String code = script.group();
                assertTrue(text(file).contains("INERT SAMPLE"), file.path());
                int end = code.indexOf('}') >= 0 ? code.indexOf('}') : code.indexOf("%>");
                String call = code.substring(0, end);
                assertTrue(call.chars().filter(c -> c == '(').count() > call.chars().filter(c -> c == ')').count(), call);
            }
        }
    }

    @Test
    void archiveHoldsWhatTheFolderHolds(@TempDir Path dir) throws IOException {
        MadeEvidence made = Scenario.MITIGATED.make();
        for (Layout layout : Layout.values()) {
            Path folder = dir.resolve(layout.name());
            made.writeTo(folder, layout);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            made.writeZip(bytes, layout, "host/");
            Set<String> inZip = new HashSet<>();
            try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    inZip.add(entry.getName());
                    assertArrayEquals(Files.readAllBytes(folder.resolve(entry.getName().substring(5))), zip.readAllBytes());
                }
            }
            try (Stream<Path> files = Files.walk(folder)) {
                assertEquals(files.filter(Files::isRegularFile).count(), inZip.size());
            }
        }
    }
}
