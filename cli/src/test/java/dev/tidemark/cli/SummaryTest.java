package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.model.CaseResult;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Posture;
import dev.tidemark.model.RunInfo;
import dev.tidemark.model.Sentence;
import dev.tidemark.model.Verdict;
import dev.tidemark.model.VerdictClass;
import dev.tidemark.testkit.MadeEvidence;
import dev.tidemark.testkit.MadeEvidence.Layout;
import dev.tidemark.testkit.MadeFile;
import dev.tidemark.testkit.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person reads on the terminal, whatever an attacker wrote into the logs. */
class SummaryTest {
    @TempDir
    private Path dir;

    /** The intrusion of the demo, with another name of the client program in every log. */
    private Cli scanWithAgent(String agent) throws IOException {
        MadeEvidence made = Scenario.PROXYLOGON.make();
        List<MadeFile> files = made.files().stream().map(f -> new MadeFile(f.path(), new String(f.content(),
                StandardCharsets.UTF_8).replace("antSword/v2.1", "antSword" + agent).getBytes(StandardCharsets.UTF_8),
                f.modified())).toList();
        new MadeEvidence(files, made.truth()).writeTo(dir.resolve("server"), Layout.KAPE);
        return Cli.run("scan", dir.resolve("server"), "--out", dir.resolve("case"));
    }

    @Test
    void nothingOfTheEvidenceReachesTheTerminalAsACommand() throws IOException {
        Cli cli = scanWithAgent("\u001b[2J\u001b]0;owned\u0007\u202ecod.exe\u2066\u009b31m\u0000\u0008\u007f\ufeff\u200b\u2028\u2029");

        assertTrue(cli.out().contains("(antSword\\u001b[2J"), cli.out());
        cli.out().codePoints().filter(c -> c != '\n').forEach(c -> assertTrue(Character.getType(c) != Character.CONTROL
                && Character.getType(c) != Character.FORMAT && Character.getType(c) != Character.LINE_SEPARATOR
                && Character.getType(c) != Character.PARAGRAPH_SEPARATOR, Integer.toHexString(c)));
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 5_000})
    void noLineIsWiderThanAPage(int length) throws IOException {
        Cli cli = scanWithAgent("😀".repeat(length));

        List<String> wide = cli.out().lines().filter(l -> !l.startsWith("Report: ") && l.length() > 100).toList();
        assertEquals(List.of(), wide);
        assertTrue(StandardCharsets.UTF_8.newEncoder().canEncode(cli.out()), "a character was cut in two");
    }

    @Test
    void verdictComesFirstAndWithoutColourWhereThereIsNoTerminal() throws IOException {
        Cli cli = scanWithAgent("/v2.1");

        assertTrue(cli.out().startsWith("server (MX-CEDAR): compromised\n  At least one act of an intruder took effect.\n"),
                cli.out());
        assertFalse(cli.out().contains("\u001b"), cli.out());
    }

    @Test
    void onATerminalTheVerdictIsColouredAndNothingElse() {
        HostResult host = new HostResult("mail01", "MX", "", new Verdict(VerdictClass.COMPROMISED,
                List.of(Sentence.plain("Somebody got in.")), List.of()), Optional.empty(), Optional.empty(), List.of(), List.of(),
                List.of(), Posture.UNKNOWN, List.of(), List.of(), List.of());
        RunInfo run = new RunInfo("1", Instant.EPOCH, Instant.EPOCH, List.of(), List.of(), "", List.of(), List.of());
        StringWriter out = new StringWriter();

        new Summary(new PrintWriter(out, true), true, new CaseResult(List.of(host), List.of(), List.of(), run)).hosts();

        assertEquals(List.of("mail01 (MX): \u001b[1;31mcompromised\u001b[0m", "  Somebody got in."), out.toString().lines().toList());
    }

    @Test
    void eachReasonHasItsTimeAndIsToldOnce() throws IOException {
        Cli cli = scanWithAgent("/v2.1");

        assertTrue(cli.out().contains("  2021-03-03\n  02:17:23  "), cli.out());
        assertEquals(1, cli.out().split("used /owa/auth/harbour.aspx", -1).length - 1, cli.out());
        assertTrue(cli.out().lines().count() < 50, cli.out());
    }

    @Test
    void quietScanPrintsItsResultAlone() throws IOException {
        Scenario.CLEAN.make().writeTo(dir.resolve("server"), Layout.KAPE);

        Cli cli = Cli.run("scan", dir.resolve("server"), "--out", dir.resolve("case"), "--quiet", "--resume");

        assertEquals("", cli.err());
        assertTrue(cli.out().startsWith("server (MX-ALDER): no-evidence\n"), cli.out());
    }
}
