package dev.tidemark.read.file;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Finds the Base64 and hexadecimal runs of a text that hold readable text. */
final class CodedStrings {
    private static final int SHORTEST = 16;
    private static final int LONGEST = 1 << 20;
    private static final byte[] NOT_BASE64 = new byte[0];

    private CodedStrings() {}

    /** Adds what the runs hold; runs of anything else are left out. */
    static void decode(String text, List<String> to, int most) {
        int start = 0;
        for (int i = 0; i <= text.length() && to.size() < most; i++) {
            if (i == text.length() || !isCoded(text.charAt(i))) {
                if (i - start >= SHORTEST) {
                    run(text.substring(start, Math.min(i, start + LONGEST)), to);
                }
                start = i + 1;
            }
        }
    }

    private static boolean isCoded(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/';
    }

    private static void run(String run, List<String> to) {
        if (run.length() % 2 == 0 && run.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            readable(HexFormat.of().parseHex(run), to);
        }
        readable(base64(run), to);
    }

    private static byte[] base64(String run) {
        int whole = run.length() - (run.length() % 4 == 1 ? 1 : 0);
        try {
            return Base64.getDecoder().decode(run.substring(0, whole));
        } catch (IllegalArgumentException lastBitsSet) {
            return NOT_BASE64;
        }
    }

    private static void readable(byte[] bytes, List<String> to) {
        String text = PageText.utf16(bytes).isPresent() ? PageText.decode(bytes)
                : new String(bytes, StandardCharsets.ISO_8859_1);
        if (text.length() >= SHORTEST / 2 && readable(text)) {
            to.add(text);
        }
    }

    /** True if nine characters in ten are printable ASCII. */
    static boolean readable(CharSequence text) {
        long printable = text.chars().filter(c -> c >= 0x20 && c < 0x7F || c == '\t' || c == '\r' || c == '\n').count();
        return printable * 10 >= text.length() * 9L;
    }
}
