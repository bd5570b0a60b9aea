package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code demo}: the first thing that a newcomer runs. */
class DemoTest {
    @TempDir
    private Path dir;

    @Test
    void tellsTheStoryInOrderAndNamesTheReport() {
        Cli cli = Cli.run("demo", "--out", dir.resolve("demo"));

        assertEquals(0, cli.status(), cli.err());
        assertTrue(cli.out().startsWith("MX-CEDAR: compromised\n"), cli.out());
        List<String> acts = List.of("made the server send a request of its own", "made itself a session of the Exchange admin",
                "A script was written into the address of a virtual directory", "had the virtual directory reset to a file",
                "used /owa/auth/harbour.aspx", "fetched /owa/auth/harbour.zip");
        int at = 0;
        for (String act : acts) {
            assertTrue(cli.out().replaceAll("\\s+", " ").indexOf(act, at) > at, act + " is not told, or not in order: " + cli.out());
            at = cli.out().replaceAll("\\s+", " ").indexOf(act, at);
        }
        assertTrue(Files.isRegularFile(dir.resolve("demo/case/report.html")));
        assertTrue(cli.out().contains("\nReport: " + dir.resolve("demo/case/report.html") + "\n"), cli.out());
        assertEquals(times(cli.out()).stream().sorted().toList(), times(cli.out()));
        assertFalse(cli.out().contains("\u001b"), cli.out());
    }

    private static List<String> times(String out) {
        List<String> times = new ArrayList<>();
        Matcher time = Pattern.compile("(?m)^  (\\d\\d:\\d\\d:\\d\\d)  ").matcher(out);
        while (time.find()) {
            times.add(time.group(1));
        }
        assertTrue(times.size() > 5, out);
        return times;
    }

    @Test
    void commandsThatItProposesWork() {
        Cli demo = Cli.run("demo", "--out", dir.resolve("my demo"));
        List<String> proposed = demo.out().lines().filter(l -> l.startsWith("  tidemark ") && !l.contains("EVIDENCE")).toList();

        assertTrue(proposed.size() >= 3, demo.out());
        for (String line : proposed) {
            List<String> words = new ArrayList<>();
            Matcher word = Pattern.compile("\"([^\"]*)\"|\\S+").matcher(line.strip().substring("tidemark ".length()));
            while (word.find()) {
                words.add(word.group(1) != null ? word.group(1) : word.group());
            }
            words.replaceAll(w -> w.equals("records.csv") ? dir.resolve(w).toString() : w);
            Cli cli = Cli.run(words.toArray());
            assertEquals(0, cli.status(), line + "\n" + cli.err());
        }
    }

    @Test
    void demoMayReplaceADemoAndLeavesNothingOfIt() throws IOException {
        Path out = dir.resolve("demo");
        Cli.run("demo", "--out", out);
        String first = Cases.results(out.resolve("case"));
        Path old = out.resolve("evidence/MX-CEDAR/C/inetpub/logs/LogFiles/W3SVC1/u_ex990101.log");
        Files.writeString(old, "#Fields: date time cs-method\n1999-01-01 00:00:00 GET\n");

        assertEquals(0, Cli.run("demo", "--out", out).status());

        assertFalse(Files.exists(old), "what an older version made is scanned, too");
        assertEquals(first, Cases.results(out.resolve("case")));
    }

    @Test
    void whatADemoDidNotMakeStaysAsItIs() throws IOException {
        Path mine = Files.writeString(dir.resolve("mine.txt"), "mine");

        for (Path out : List.of(dir, mine)) {
            Cli cli = Cli.run("demo", "--out", out);

            assertEquals(2, cli.status());
            assertTrue(cli.err().contains("was not made by a demo"), cli.err());
        }
        assertEquals(List.of("mine.txt"), List.of(dir.toFile().list()));
    }

    @Test
    void quietDemoPrintsItsResultAlone() {
        Cli cli = Cli.run("demo", "--out", dir.resolve("demo"), "--quiet");

        assertEquals("", cli.err());
        assertTrue(cli.out().strip().endsWith("report.html"), cli.out());
    }
}
