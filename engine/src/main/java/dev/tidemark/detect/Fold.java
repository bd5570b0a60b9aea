package dev.tidemark.detect;

import java.util.HashMap;
import java.util.Map;

/**
 * Case as rules see it: lower case of each character, by no locale.
 *
 * <p>A character outside ASCII never becomes one of ASCII (the Kelvin sign does not match {@code k}): the pre-filter
 * looks for ASCII in bytes and would not see it.
 */
final class Fold {
    private Fold() {}

    static char of(char c) {
        if (c < 0x80) {
            return c >= 'A' && c <= 'Z' ? (char) (c + 0x20) : c;
        }
        char lower = Character.toLowerCase(c);
        return lower < 0x80 ? c : lower;
    }

    /** All characters that fold to this one, which is folded; itself first. */
    static String casesOf(char folded) {
        if (folded >= 'a' && folded <= 'z') {
            return Cases.ASCII[folded - 'a'];
        }
        return folded < 0x80 ? String.valueOf(folded) : Cases.OTHER.getOrDefault(folded, String.valueOf(folded));
    }

    /** Found when they are asked for first. */
    private static final class Cases {
        static final String[] ASCII = new String[26];
        static final Map<Character, String> OTHER = new HashMap<>();

        static {
            for (int i = 0; i < ASCII.length; i++) {
                ASCII[i] = String.valueOf(new char[] {(char) ('a' + i), (char) ('A' + i)});
            }
            for (int c = 0x80; c <= Character.MAX_VALUE; c++) {
                char folded = of((char) c);
                if (folded != c) {
                    OTHER.merge(folded, String.valueOf(folded) + (char) c, (known, more) -> known + more.charAt(1));
                }
            }
        }
    }

    static String of(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            folded.append(of(text.charAt(i)));
        }
        return folded.toString();
    }
}
