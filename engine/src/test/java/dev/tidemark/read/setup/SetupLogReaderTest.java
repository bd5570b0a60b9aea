package dev.tidemark.read.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.read.Collected;
import dev.tidemark.read.RecordSink;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetupLogReaderTest {
    private static String run(String day, String version, String option, String end) {
        return "[" + day + " 19:33:19.0123] [0] **********************************************\n"
                + "[" + day + " 19:33:19.0130] [0] Starting Microsoft Exchange Server 2016 Setup\n"
                + "[" + day + " 19:33:20.0000] [0] Setup version: " + version + ".\n"
                + "[" + day + " 19:33:21.0000] [0] Command Line Parameter Name='" + option + "'.\n"
                + "a line that goes on with the one before\n"
                + "[" + day + " 20:10:00.0500] [0] " + end + "\n";
    }

    private static final String DONE = "The Exchange Server setup operation completed successfully.";

    private static List<String> installed(String log) {
        return Collected.of(new SetupLogReader(), log).facts.stream().filter(f -> f.fact().equals(RecordSink.SETUP_BUILD))
                .map(f -> f.value() + " " + f.time()).toList();
    }

    @Test
    void completedInstallationTellsBuildAndTime() {
        String log = run("03/05/2021", "15.1.2176.2", "mode', Value='Upgrade", DONE);

        assertEquals(List.of("15.1.2176.2 2021-03-05T20:10:00Z"), installed(log));
        assertEquals(List.of("15.1.2176.2 2021-03-05T20:10:00Z"),
                Collected.of(new SetupLogReader(), ("\uFEFF" + log).getBytes(StandardCharsets.UTF_16LE)).facts.stream()
                        .map(f -> f.value() + " " + f.time()).toList());
    }

    @Test
    void failedOrUnfinishedRunInstalledNothing() {
        String failed = run("03/05/2021", "15.1.2176.2", "mode', Value='Upgrade", "The Exchange Server setup operation"
                + " didn't complete.");

        assertEquals(List.of(), installed(failed));
        assertEquals(List.of("15.1.2242.4 2021-03-06T20:10:00Z"), installed(failed
                + run("03/06/2021", "15.1.2242.4", "mode', Value='Upgrade", DONE)));
    }

    @Test
    void preparingTheDirectoryOrRemovingInstallsNothing() {
        assertEquals(List.of(), installed(run("03/05/2021", "15.1.2176.2", "PrepareAD', Value='", DONE)));
        assertEquals(List.of(), installed(run("03/05/2021", "15.1.2176.2", "mode', Value='Uninstall", DONE)));
    }

    @Test
    void messageIsARecordAndALineThatGoesOnIsNone() {
        Collected read = Collected.of(new SetupLogReader(), run("03/05/2021", "15.1.2176.2", "x', Value='y", DONE));

        assertEquals(5, read.records.size());
        assertEquals("Setup version: 15.1.2176.2.", read.records.get(2).value("Message"));
        assertEquals("0", read.records.get(2).value("Level"));
        assertEquals(List.of(), read.skipped);
    }

    @Test
    void logIsKnownByWhatStandsInIt() {
        SetupLogReader reader = new SetupLogReader();
        byte[] log = run("03/05/2021", "15.1.2176.2", "x', Value='y", DONE).getBytes(StandardCharsets.UTF_8);

        assertTrue(reader.recognises(log, "d/moved/x.txt"));
        assertFalse(reader.recognises("[note] nothing of it".getBytes(StandardCharsets.UTF_8), "exchangesetup.log"));
    }

    @Test
    void logCutAnywhereIsReadAsFarAsItGoes() {
        byte[] log = run("03/05/2021", "15.1.2176.2", "mode', Value='Install", DONE).getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut < log.length; cut++) {
            Collected part = Collected.of(new SetupLogReader(), Arrays.copyOf(log, cut));
            assertFalse(part.reasons().contains("threw"), "cut at " + cut);
            assertTrue(part.facts.isEmpty() || cut > log.length - 3, "cut at " + cut);
        }
    }
}
