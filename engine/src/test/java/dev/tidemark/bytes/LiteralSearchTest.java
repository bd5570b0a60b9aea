package dev.tidemark.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LiteralSearchTest {
    private static BitSet found(LiteralSearch search, byte[] bytes, int from, int to) {
        BitSet seen = new BitSet();
        boolean any = search.pass().hits(bytes, from, to, seen);
        assertEquals(!seen.isEmpty(), any);
        return seen;
    }

    private static BitSet found(List<String> literals, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return found(LiteralSearch.of(literals, ""), bytes, 0, bytes.length);
    }

    /** The plain twin: each literal looked for by itself. */
    private static BitSet plain(List<String> literals, byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        StringBuilder lower = new StringBuilder();
        for (char c : text.toCharArray()) {
            lower.append(c >= 'A' && c <= 'Z' ? (char) (c + 0x20) : c);
        }
        BitSet seen = new BitSet();
        for (int i = 0; i < literals.size(); i++) {
            if (lower.indexOf(literals.get(i).toLowerCase(Locale.ROOT)) >= 0) {
                seen.set(i);
            }
        }
        return seen;
    }

    @Test
    void literalIsSeenInAnyCaseAndWhereverItBegins() {
        List<String> literals = List.of("shell.aspx", ".js", "curl");
        for (int before = 0; before < 40; before++) {
            for (int after = 0; after < 20; after++) {
                String text = "-".repeat(before) + "SHELL.aSpx" + "-".repeat(after);
                assertEquals("{0}", found(literals, text).toString(), text);
                assertEquals("{1}", found(literals, "-".repeat(before) + ".js" + "-".repeat(after)).toString());
            }
        }
    }

    @Test
    void literalInsideAnotherAndOneThatOverlapsAreBothSeen() {
        assertEquals("{0, 1, 2}", found(List.of("aspx", ".asp", "spx/ecp"), "/a.aspx/ecp").toString());
    }

    @Test
    void bytesThatOnlyLookAlikeWithoutTheirCaseBitAreNotTakenForIt() {
        assertEquals("{}", found(List.of(".js", "[x]", "a1b"), "\u000ejs {x} a\u0011b").toString());
    }

    @Test
    void whatStandsOutsideOfTheLineIsNotSeen() {
        byte[] bytes = "GET shell.aspx 200".getBytes(StandardCharsets.US_ASCII);
        LiteralSearch search = LiteralSearch.of(List.of("shell.aspx"), "");

        assertEquals("{0}", found(search, bytes, 4, 14).toString());
        assertEquals("{}", found(search, bytes, 5, 14).toString());
        assertEquals("{}", found(search, bytes, 4, 13).toString());
    }

    @Test
    void literalsFarIntoALongLineAreSeen() {
        byte[] bytes = ("/".repeat(100_001) + "shell.aspx" + "/".repeat(33_000) + "curl").getBytes(StandardCharsets.US_ASCII);
        assertEquals("{0, 1}", found(LiteralSearch.of(List.of("shell.aspx", "curl", "wget"), ""), bytes, 0, bytes.length)
                .toString());
    }

    @Test
    void percentSignThatCanBeginAnEscapeIsNeverMissed() {
        LiteralSearch.Pass pass = LiteralSearch.of(List.of("shell.aspx"), "").pass();
        for (int length = 3; length < 60; length++) {
            for (int at = 0; at + 2 < length; at++) {
                byte[] bytes = ("-".repeat(at) + "%" + "-".repeat(length - at - 1)).getBytes(StandardCharsets.US_ASCII);
                pass.hits(bytes, 0, length, new BitSet());
                assertTrue(pass.mayHavePercent(), "at " + at + " of " + length);
            }
        }
        pass.hits("-".repeat(60).getBytes(StandardCharsets.US_ASCII), 0, 40, new BitSet());
        assertFalse(pass.mayHavePercent());
    }

    @Test
    void tooShortALiteralIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> LiteralSearch.of(List.of("js"), ""));
        assertThrows(IllegalArgumentException.class, () -> LiteralSearch.of(List.of("übel"), ""));
    }

    @Test
    void fewAndManyLiteralsAreFoundAsThePlainLoopFindsThem() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            int letters = 2 + random.nextInt(30);
            List<String> literals = new ArrayList<>();
            int count = round % 10 == 0 ? 600 : 1 + random.nextInt(40);
            for (int i = 0; i < count; i++) {
                literals.add(text(random, 3 + random.nextInt(i % 3 == 0 ? 12 : 3), letters).toLowerCase(Locale.ROOT));
            }
            byte[] bytes = text(random, random.nextInt(400), letters).getBytes(StandardCharsets.ISO_8859_1);
            LiteralSearch search = LiteralSearch.of(literals, text(random, 50, letters));
            int from = random.nextInt(bytes.length + 1);
            int to = from + random.nextInt(bytes.length - from + 1);

            assertEquals(plain(literals, bytes, from, to), found(search, bytes, from, to),
                    "seed " + seed + ", round " + round);
        }
    }

    private static String text(Random random, int length, int letters) {
        String alphabet = "aAbB.1-sS%_/xX\u0000\u0011kzK[{@`~\u007f!2QqjJ";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(Math.min(letters, alphabet.length()))));
        }
        return text.toString();
    }
}
