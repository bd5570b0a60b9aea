package dev.tidemark.detect;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Gathers what is wrong with a set of rules, so that its writer sees all of it at once. */
final class Faults {
    /** A rule may hold a megabyte where a word should stand. */
    private static final int MOST_CHARS = 500;

    // A set: a rule is compiled once for each source, and its faults are the same each time.
    private final Set<String> messages = new LinkedHashSet<>();

    private final Set<String> notes = new LinkedHashSet<>();

    void at(String file, int line, String message) {
        int half = MOST_CHARS / 2;
        String cut = message.length() <= MOST_CHARS ? message
                : message.substring(0, half) + " … " + message.substring(message.length() - half);
        messages.add(file + ":" + line + ": " + cut);
    }

    /** What is odd but not wrong. */
    void note(String file, int line, String message) {
        notes.add(file + ":" + line + ": " + message);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    List<String> messages() {
        return List.copyOf(messages);
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }
}
