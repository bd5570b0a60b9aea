package dev.tidemark.detect.content;

import java.util.Optional;
import java.util.Set;

/** A string as a rule declares it. @param text of a text its bytes as characters; else what stands between the signs */
record YaraString(String name, Kind kind, String text, Set<String> modifiers, Optional<Keys> xor, int line) {
    enum Kind { TEXT, HEX, REGEX }

    /** Keys of {@code xor}, both counted. */
    record Keys(int from, int to) {}

    YaraString {
        modifiers = Set.copyOf(modifiers);
    }

    boolean has(String modifier) {
        return modifiers.contains(modifier);
    }
}
