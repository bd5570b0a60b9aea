package dev.tidemark.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8BufferTest {
    /** The plain twin: text to text, encoded by the platform. */
    private static String plain(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ' || c >= 0x7F && c <= 0x9F) {
                        json.append(String.format("\\u%04x", c));
                    } else {
                        json.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c);
                    }
                }
            }
        });
        return json.append('"').toString();
    }

    private static String utf16(String text, int bytesMore) {
        byte[] bytes = ("x" + text).getBytes(StandardCharsets.UTF_16LE);
        byte[] all = new byte[bytes.length + bytesMore];
        System.arraycopy(bytes, 0, all, 0, bytes.length);
        return new Utf8Buffer(1).jsonOfUtf16(all, 2, all.length - 2).toString();
    }

    @Test
    void textOfAnyScriptBecomesAStringOfJson() {
        for (String text : new String[] {"", "plain", "\"quoted\" \\ \n\r\t\u0000\u001b[2J", "Zürich – 東京 😀", "\u0085\u007f"}) {
            assertEquals(plain(text), new Utf8Buffer(1).json(text).toString());
            assertEquals(plain(text), utf16(text, 0));
        }
    }

    @Test
    void nulsAtTheEndAndAnOddByteAreLeftOutOfStoredText() {
        assertEquals("\"a\"", utf16("a\0\0", 0));
        assertEquals("\"a\"", utf16("a", 1));
        assertEquals("\"\"", utf16("\0", 0));
        assertEquals("\"\\u0000a\"", utf16("\0a", 2));
    }

    @Test
    void halfACharacterIsShownAsReplaced() {
        byte[] half = {0x3D, (byte) 0xD8, 'a', 0, 0x00, (byte) 0xDE};
        assertEquals("\"\uFFFDa\uFFFD\"", new Utf8Buffer(1).jsonOfUtf16(half, 0, 6).toString());
        assertEquals("\"\uFFFD\"", new Utf8Buffer(1).json("\uD83D").toString());
    }

    @Test
    void anyTextComesOutAsThePlainTwinWritesIt() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(40); i > 0; i--) {
                text.appendCodePoint(switch (random.nextInt(5)) {
                    case 0 -> random.nextInt(0x20);
                    case 1 -> 0x80 + random.nextInt(0x780);
                    case 2 -> 0xE000 + random.nextInt(0x1000);
                    case 3 -> 0x10000 + random.nextInt(0x1000);
                    default -> 0x20 + random.nextInt(0x60);
                });
            }
            String end = text + "|";
            String why = "seed " + seed + ", round " + round;
            assertEquals(plain(end), new Utf8Buffer(4).json(end).toString(), why);
            assertEquals(plain(end), utf16(end, 0), why);
            assertEquals(end, new Utf8Buffer(4).append(end).toString(), why);
        }
    }

    @Test
    void numbersAreWrittenInFull() {
        for (long number : new long[] {0, 9, 10, -1, 4_294_967_295L, Long.MAX_VALUE, Long.MIN_VALUE, -1_000_000_000_000_000_000L}) {
            assertEquals(Long.toString(number), new Utf8Buffer(1).append(number).toString());
        }
    }
}
