package dev.tidemark.detect;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Literals of which at least one stands in the bytes of every record that a test can match; {@link #UNKNOWN} if no
 * such set can be named, so that every record has to be looked at.
 *
 * <p>A needle is a run of letters, digits, {@code _ . -}: what a CSV quote, IIS's {@code +} for a space, a doubled or
 * a dotted path segment cannot tear apart. Percent-encoding can; the filter wakes on that by itself.
 *
 * @param literals lower-case ASCII; empty for a test that matches nothing
 * @param known    false: no set can be named
 */
record Needles(Set<String> literals, boolean known) {
    static final Needles UNKNOWN = new Needles(Set.of(), false);
    static final int SHORTEST = 3;

    /** Runs that stand in most lines of a web log: true needles, but hardly better than none. */
    private static final Set<String> EVERYWHERE = Set.of("get", "post", "200", "302", "401", "http", "https",
            "owa", "ecp", "443", "exchange", "microsoft", "mozilla", "windows", "2.0", "5.0", "1.1");
    private static final int WORTH_OF_COMMON = 1;

    Needles {
        literals = Set.copyOf(literals);
    }

    /** The best run of a text that has to stand there letter by letter, or unknown if it has none. */
    static Needles of(Collection<String> texts) {
        String best = "";
        for (String text : texts) {
            int start = 0;
            for (int i = 0; i <= text.length(); i++) {
                if (i == text.length() || !isPart(text.charAt(i))) {
                    String run = Fold.of(text.substring(start, i));
                    best = worth(run) > worth(best) ? run : best;
                    start = i + 1;
                }
            }
        }
        return best.length() < SHORTEST ? UNKNOWN : new Needles(Set.of(best), true);
    }

    private static boolean isPart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.' || c == '-';
    }

    /** For tests of which one is enough: all their needles, unknown as soon as one is. */
    static Needles either(List<Needles> alternatives) {
        Set<String> all = new HashSet<>();
        for (Needles each : alternatives) {
            if (!each.known) {
                return UNKNOWN;
            }
            all.addAll(each.literals);
        }
        return new Needles(all, true);
    }

    /** For tests that all have to hold: the set that will be seen least. */
    static Needles best(List<Needles> parts) {
        Needles best = UNKNOWN;
        for (Needles each : parts) {
            if (each.known && (!best.known || each.worth() > best.worth())) {
                best = each;
            }
        }
        return best;
    }

    private int worth() {
        return literals.stream().mapToInt(Needles::worth).min().orElse(Integer.MAX_VALUE);
    }

    private static int worth(String run) {
        return run.length() < SHORTEST ? 0 : EVERYWHERE.contains(run) ? WORTH_OF_COMMON : run.length();
    }
}
