package dev.tidemark.mitigate;

/** Puts {@code text} in the place of the characters from {@code from} to {@code to}; all others stay. */
record Edit(int from, int to, String text) {
    static Edit insert(int at, String text) {
        return new Edit(at, at, text);
    }
}
