package dev.tidemark.bytes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * Looks for many literals in one pass over bytes; ASCII letters match in either case.
 *
 * <p>A dense Aho–Corasick automaton: bytes fall into classes (a byte that no literal uses is class 0), and one table
 * holds for each state and class the row of the next state, failure links already followed. An entry below zero is the
 * complement of its row and says that a literal ends there. Immutable, for any number of threads.
 *
 * <p>Source: A. Aho, M. Corasick, "Efficient string matching", CACM 18 (1975), algorithms 2 to 4.
 */
@HotPath("LiteralAutomatonBenchmark")
public final class LiteralAutomaton implements LineFilter {
    private final short[] classes;
    private final int[] next;
    private final int width;
    /** By state: numbers of the literals that end there; an empty array for most. */
    private final int[][] ends;

    private LiteralAutomaton(short[] classes, int[] next, int width, int[][] ends) {
        this.classes = classes;
        this.next = next;
        this.width = width;
        this.ends = ends;
    }

    /**
     * @param literals ASCII, none empty; {@link #hits} numbers them in their order
     * @throws IllegalArgumentException if a literal is empty or not ASCII
     */
    public static LiteralAutomaton of(Collection<String> literals) {
        return new Builder(List.copyOf(literals)).build();
    }

    @Override
    public boolean wakes(byte[] bytes, int from, int to) {
        int[] table = next;
        short[] classOf = classes;
        int row = 0;
        for (int i = from; i < to; i++) {
            row = table[row + classOf[bytes[i] & 0xFF]];
            if (row < 0) {
                return true;
            }
        }
        return false;
    }

    /** Sets in {@code seen} the number of each literal that occurs in {@code bytes[from, to)}. */
    public void hits(byte[] bytes, int from, int to, BitSet seen) {
        int row = 0;
        for (int i = from; i < to; i++) {
            row = next[row + classes[bytes[i] & 0xFF]];
            if (row < 0) {
                row = ~row;
                for (int literal : ends[row / width]) {
                    seen.set(literal);
                }
            }
        }
    }

    private static final class Builder {
        private static final int NO_STATE = -1;

        private final List<String> literals;
        private final short[] classes = new short[256];
        private int width = 1;
        private final List<int[]> trie = new ArrayList<>();
        private final List<int[]> ends = new ArrayList<>();

        Builder(List<String> literals) {
            this.literals = literals;
        }

        LiteralAutomaton build() {
            for (String literal : literals) {
                classify(literal);
            }
            newState();
            for (int i = 0; i < literals.size(); i++) {
                insert(literals.get(i), i);
            }
            followFailures();
            int[] next = new int[trie.size() * width];
            for (int state = 0; state < trie.size(); state++) {
                for (int c = 0; c < width; c++) {
                    int target = trie.get(state)[c];
                    int row = Math.multiplyExact(target, width);
                    next[state * width + c] = ends.get(target).length > 0 ? ~row : row;
                }
            }
            return new LiteralAutomaton(classes, next, width, ends.toArray(new int[0][]));
        }

        private void classify(String literal) {
            if (literal.isEmpty() || literal.chars().anyMatch(c -> c >= 0x80)) {
                throw new IllegalArgumentException("a literal must be ASCII and not empty: '" + literal + "'");
            }
            for (int i = 0; i < literal.length(); i++) {
                int lower = lower(literal.charAt(i));
                if (classes[lower] == 0) {
                    classes[lower] = (short) width++;
                    if (lower >= 'a' && lower <= 'z') {
                        classes[lower - 0x20] = classes[lower];
                    }
                }
            }
        }

        private static int lower(char c) {
            return c >= 'A' && c <= 'Z' ? c + 0x20 : c;
        }

        private int newState() {
            int[] row = new int[width];
            Arrays.fill(row, NO_STATE);
            trie.add(row);
            ends.add(new int[0]);
            return trie.size() - 1;
        }

        private void insert(String literal, int number) {
            int state = 0;
            for (int i = 0; i < literal.length(); i++) {
                int c = classes[literal.charAt(i)];
                int target = trie.get(state)[c];
                if (target == NO_STATE) {
                    target = newState();
                    trie.get(state)[c] = target;
                }
                state = target;
            }
            ends.set(state, joined(ends.get(state), new int[] {number}));
        }

        /** Breadth first, so that the row of the failure state is complete before it is copied from. */
        private void followFailures() {
            int[] failure = new int[trie.size()];
            ArrayDeque<Integer> queue = new ArrayDeque<>();
            queue.add(0);
            while (!queue.isEmpty()) {
                int state = queue.remove();
                int[] row = trie.get(state);
                for (int c = 0; c < width; c++) {
                    int fallback = state == 0 ? 0 : trie.get(failure[state])[c];
                    if (row[c] == NO_STATE) {
                        row[c] = fallback;
                    } else {
                        failure[row[c]] = fallback;
                        ends.set(row[c], joined(ends.get(row[c]), ends.get(fallback)));
                        queue.add(row[c]);
                    }
                }
            }
        }

        private static int[] joined(int[] left, int[] right) {
            int[] both = Arrays.copyOf(left, left.length + right.length);
            System.arraycopy(right, 0, both, left.length, right.length);
            return both;
        }
    }
}
