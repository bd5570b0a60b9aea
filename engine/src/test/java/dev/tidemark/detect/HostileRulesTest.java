package dev.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule files of hostile size, depth and form are refused with file and line, or run in bounded time. */
class HostileRulesTest {
    private static final FieldMap FIELDS = FieldMap.bundled();
    private static final String RULE = """
            title: T
            logsource: {product: exchange, service: iis}
            detection:
              s: {cs-method: POST}
              condition: s
            """;

    private static List<String> faults(String text) {
        RuleException e = assertThrows(RuleException.class, () -> RuleSet.load(
                List.of(new RuleSource("x/bad.yml", text.getBytes(StandardCharsets.UTF_8))), FIELDS));
        return e.faults();
    }

    @Test
    void aliasesThatMultiplyAreRefused() {
        StringBuilder bomb = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x, x]\n");
        for (char c = 'b'; c < 'k'; c++) {
            String alias = "*" + (char) (c - 1);
            bomb.append(c).append(": &").append(c).append(" [").append(String.join(", ",
                    java.util.Collections.nCopies(10, alias))).append("]\n");
        }

        assertTrue(faults(RULE + bomb).get(0).startsWith("x/bad.yml:"), faults(RULE + bomb).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: &a [*a]\n", "a: &a {b: *a}\n"})
    void aliasThatHoldsItselfIsRefused(String loop) {
        assertFalse(faults(RULE + loop).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? ", "!!set {", "(", "\"", "'", "&a ", "\t", "\u0000", "\ud800"})
    void depthIsBounded(String opener) {
        // What is one long text to YAML is no level, what is nothing leaves a good rule: no other exception, no hang.
        try {
            RuleSet.load(List.of(new RuleSource("x/bad.yml",
                    (RULE + "level: " + opener.repeat(200_000)).getBytes(StandardCharsets.UTF_8))), FIELDS);
        } catch (RuleException e) {
            assertFalse(e.faults().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\x", "\\u", "\\U", "\\u12", "\\xZZ\"", "\\UFFFFFFFF\"", "\\u-123\""})
    void escapeThatIsNotWholeIsRefused(String escape) {
        assertTrue(faults(RULE + "level: \"" + escape).get(0).contains("no valid YAML"));
    }

    @Test
    void conditionIsBoundedInDepth() {
        for (String condition : List.of("(".repeat(50_000) + "s" + ")".repeat(50_000), "not ".repeat(50_000) + "s")) {
            List<String> faults = faults(RULE.replace("condition: s", "condition: '" + condition + "'"));

            assertTrue(faults.get(0).contains("nested deeper"), faults.get(0).substring(0, 200));
        }
    }

    @Test
    void fileTooLargeToBeARuleIsRefusedUnread() throws IOException {
        try (FileSystem fs = Jimfs.newFileSystem(Configuration.unix())) {
            Path folder = Files.createDirectories(fs.getPath("/rules"));
            Files.writeString(folder.resolve("good.yml"), RULE);
            Files.write(folder.resolve("huge.yml"), new byte[20 << 20]);

            List<RuleSource> found = RuleSource.rulesBelow(folder);

            assertEquals(List.of("rules/good.yml", "rules/huge.yml"), found.stream().map(RuleSource::name).toList());
            assertTrue(found.get(1).content().length < 5 << 20, "it was not read in full");
            RuleException e = assertThrows(RuleException.class, () -> RuleSet.load(found, FIELDS));
            assertEquals(1, e.faults().size());
            assertTrue(e.getMessage().contains("huge.yml") && e.getMessage().contains("MiB"), e.getMessage());
        }
    }

    @Test
    void folderThatIsALinkAndEitherEndingOfYamlAreRead() throws IOException {
        try (FileSystem fs = Jimfs.newFileSystem(Configuration.unix())) {
            Path folder = Files.createDirectories(fs.getPath("/pack-2.1/web"));
            Files.writeString(folder.resolve("one.yml"), RULE);
            Files.writeString(folder.resolve("two.yaml"), RULE);
            Files.writeString(folder.resolve("two.test.yaml"), "hit: []");
            Files.writeString(folder.resolve(".pre-commit-config.yaml"), "repos: []");
            Files.writeString(Files.createDirectories(folder.resolve(".github/workflows")).resolve("ci.yml"), "on: push");
            Files.createSymbolicLink(fs.getPath("/current"), fs.getPath("/pack-2.1"));

            assertEquals(List.of("current/web/one.yml", "current/web/two.yaml"),
                    RuleSource.rulesBelow(fs.getPath("/current")).stream().map(RuleSource::name).toList());
            assertEquals(List.of("two.yaml"),
                    RuleSource.rulesBelow(folder.resolve("two.yaml")).stream().map(RuleSource::name).toList());
        }
    }

    @Test
    void linkLoopBelowTheRulesIsNotFollowed() throws IOException {
        try (FileSystem fs = Jimfs.newFileSystem(Configuration.unix())) {
            Path folder = Files.createDirectories(fs.getPath("/rules"));
            Files.writeString(folder.resolve("good.yml"), RULE);
            Files.createSymbolicLink(folder.resolve("again"), folder);
            Files.createSymbolicLink(folder.resolve("gone.yml"), fs.getPath("/nowhere.yml"));

            assertEquals(1, RuleSource.rulesBelow(folder).size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"^(a+)+$", "(a|a)*b", "^(?!x)(a+)+$", "(a*)*\\1b", "(?=(a+)+b)", "(x+x+)+y(?!z)", "^(([a-z])+.)+[A-Z]([a-z])+$"})
    void expressionThatBacktracksEndsOnAnyValue(String expression) {
        LongAdder gaveUp = new LongAdder();
        Regex regex = Regex.of(expression, "", gaveUp);
        for (String value : List.of("a".repeat(50_000) + "!", "x".repeat(50_000), "ab".repeat(20_000), "")) {
            regex.matches(value);
        }
        assertTrue(gaveUp.sum() <= 4);
    }

    @Test
    void wildcardsMatchInTimeThatTheirLengthsBound() {
        Glob glob = Glob.of("*a".repeat(500) + "*b", Glob.Position.WHOLE, false);

        assertFalse(glob.matches("a".repeat(200_000)));
        assertTrue(glob.matches("a".repeat(200_000) + "b"));
        assertFalse(Glob.of("a?".repeat(200) + "*b", Glob.Position.CONTAINED, false).matches("a".repeat(20_000)));
    }

    @Test
    void randomDamageOfARuleIsAFaultOrARuleNeverAnotherException() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        byte[] rule = (RULE + "level: high\ntags: [attack.t1190]\n").getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 600; round++) {
            byte[] damaged = rule.clone();
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                damaged[random.nextInt(damaged.length)] = (byte) (random.nextBoolean() ? random.nextInt()
                        : "{}[]:,'\"&*|>-?#%!\n ".charAt(random.nextInt(19)));
            }
            try {
                RuleSet.load(List.of(new RuleSource("x/bad.yml", damaged)), FIELDS);
            } catch (RuleException expected) {
                assertFalse(expected.faults().isEmpty());
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("seed " + seed + ": " + new String(damaged, StandardCharsets.UTF_8), e);
            }
        }
    }
}
