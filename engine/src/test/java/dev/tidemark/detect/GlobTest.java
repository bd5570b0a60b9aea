package dev.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GlobTest {
    /** The plain twin: tries every way. */
    private static boolean plain(String pattern, String value) {
        if (pattern.isEmpty()) {
            return value.isEmpty();
        }
        char p = pattern.charAt(0);
        if (p == '*') {
            return plain(pattern.substring(1), value) || !value.isEmpty() && plain(pattern, value.substring(1));
        }
        return !value.isEmpty() && (p == '?' || Fold.of(p) == Fold.of(value.charAt(0)))
                && plain(pattern.substring(1), value.substring(1));
    }

    @Test
    void wildcardsMatchAsThePlainTwinSays() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String letters = "aAbBzZ.é\u00c9\u03a9\u2126\u03c9K\u212a";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder pattern = new StringBuilder();
            StringBuilder value = new StringBuilder();
            for (int i = random.nextInt(7); i > 0; i--) {
                pattern.append(random.nextInt(4) == 0 ? "*?".charAt(random.nextInt(2))
                        : letters.charAt(random.nextInt(letters.length())));
            }
            for (int i = random.nextInt(10); i > 0; i--) {
                value.append(letters.charAt(random.nextInt(letters.length())));
            }
            String why = String.format(Locale.ROOT, "seed %d: '%s' on '%s'", seed, pattern, value);
            assertEquals(plain(pattern.toString(), value.toString()),
                    Glob.of(pattern.toString(), Glob.Position.WHOLE, false).matches(value.toString()), why);
            assertEquals(plain("*" + pattern + "*", value.toString()),
                    Glob.of(pattern.toString(), Glob.Position.CONTAINED, false).matches(value.toString()), why);
        }
    }
}
