package dev.tidemark.detect;

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

    static String of(String text) {
        StringBuilder folded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            folded.append(of(text.charAt(i)));
        }
        return folded.toString();
    }
}
