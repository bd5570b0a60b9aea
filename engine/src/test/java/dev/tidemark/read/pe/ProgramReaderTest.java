package dev.tidemark.read.pe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.read.Collected;
import dev.tidemark.read.RecordSink;
import dev.tidemark.testing.Programs;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProgramReaderTest {
    private static final byte[] PROGRAM = Programs.version("15.1.2176.9");

    private static Collected read(byte[] program) {
        return Collected.of(new ProgramReader(), program);
    }

    @Test
    void programSaysWhichBuildItIs() {
        Collected read = read(PROGRAM);

        assertEquals(List.of(), read.skipped);
        assertEquals(RecordSink.PROGRAM_BUILD, read.facts.get(0).fact());
        assertEquals("15.1.2176.9", read.facts.get(0).value());
        assertEquals(List.of("ExSetup.exe"), read.values("OriginalFilename"));
        assertEquals(List.of("15.1.2176.9"), read.values("Build"));
    }

    @Test
    void onlyTheSetupProgramOfExchangeIsAsked() {
        ProgramReader reader = new ProgramReader();

        assertTrue(reader.recognises(PROGRAM, "c/exchange/bin/exsetup.exe"));
        assertFalse(reader.recognises(PROGRAM, "c/exchange/bin/other.exe"));
        assertFalse(reader.recognises("no program".getBytes(), "c/exchange/bin/exsetup.exe"));
    }

    @Test
    void programCutAnywhereNamesNoWrongBuild() {
        for (int cut = 0; cut < PROGRAM.length; cut++) {
            Collected read = read(Arrays.copyOf(PROGRAM, cut));
            assertTrue(read.facts.isEmpty() ? !read.skipped.isEmpty() : read.facts.get(0).value().equals("15.1.2176.9"),
                    "cut at " + cut);
        }
    }

    @Test
    void damagedProgramIsNeverAnException() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            byte[] damaged = PROGRAM.clone();
            for (int i = 0; i < 1 + random.nextInt(6); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                assertFalse(read(damaged).reasons().contains("threw"));
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    @Test
    void programWithoutAVersionIsSaid() {
        assertTrue(read(new byte[] {'M', 'Z', 0, 0}).reasons().contains("its version cannot be read"));
    }
}
