package dev.tidemark.detect;

import java.util.Collection;
import java.util.Locale;
import java.util.TreeSet;

/** Finds the word that somebody probably meant. */
final class Nearest {
    private static final int FARTHEST = 2;

    private Nearest() {}

    /** {@code " (did you mean 'contains'?)"}, or nothing if no word is near. */
    static String hint(String word, Collection<String> known) {
        String best = "";
        int bestDistance = FARTHEST + 1;
        for (String each : new TreeSet<>(known)) {
            int distance = distance(word.toLowerCase(Locale.ROOT), each.toLowerCase(Locale.ROOT));
            if (distance < bestDistance && distance < Math.max(2, each.length() / 2)) {
                best = each;
                bestDistance = distance;
            }
        }
        return best.isEmpty() ? "" : " (did you mean '" + best + "'?)";
    }

    /** Levenshtein's distance: letters to insert, remove or change. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
