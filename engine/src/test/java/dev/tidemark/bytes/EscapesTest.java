package dev.tidemark.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EscapesTest {
    private static boolean hide(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Escapes.hide(bytes, 0, bytes.length);
    }

    private static String decoded(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Escapes escapes = new Escapes();
        int length = escapes.decode(bytes, 0, bytes.length);
        return new String(escapes.decoded(), 0, length, StandardCharsets.ISO_8859_1);
    }

    @Test
    void whatBrowsersEncodeHidesNoLiteral() {
        assertFalse(hide("/owa/auth/logon.aspx?url=https%3a%2f%2fmail%20a%40b&x=%7B%5C%7D fe80::1%6 100% %"));
        assertTrue(hide("/owa/auth/x%2easpx"));
        assertTrue(hide("%4"  + "1utodiscover"));
        assertTrue(hide("%252e"));
        assertTrue(hide("%u0041"));
    }

    @Test
    void escapesAreUndoneTwice() {
        assertEquals("shell.aspx", decoded("%73hell%252e%u0061spx"));
        assertEquals("100% %zz %4", decoded("100% %zz %4"));
        assertEquals("%41", decoded("%252541"));
    }

    @Test
    void everyAsciiRunThatTheUriHasTheDecodedBytesHaveToo() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] parts = {"%", "2", "5", "e", "u", "0041", "a", "B", ".", "/", ";", "%c3%a4", "%e9", "?", "%u00e4", "-"};
        for (int round = 0; round < 5000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(24); i > 0; i--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            String raw = text.toString();
            String decoded = decoded(raw).toLowerCase(Locale.ROOT);
            for (String spelling : Uris.spellings(raw)) {
                for (String run : spelling.toLowerCase(Locale.ROOT).split("[^a-z0-9._-]+")) {
                    assertTrue(raw.toLowerCase(Locale.ROOT).contains(run) || hide(raw) && decoded.contains(run),
                            "seed " + seed + ": '" + run + "' of '" + raw + "' is not in '" + decoded + "'");
                }
            }
        }
    }
}
