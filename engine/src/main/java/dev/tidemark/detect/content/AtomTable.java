package dev.tidemark.detect.content;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds all literals in one pass: of each the least usual four bytes in a row (fewer of a shorter one) are its atom,
 * and only where an atom stands is the literal compared. Letters are folded, so that one table serves both kinds.
 */
final class AtomTable {
    private static final int LONGEST = 4;
    private static final int HASH_BITS = 16;

    /** Takes what was found. @return false to end the search */
    @FunctionalInterface
    interface Found {
        boolean at(Literal literal, int offset);
    }

    private record Use(Literal literal, int atomOffset) {}

    private static final class OfLength {
        private final BitSet seen = new BitSet(1 << HASH_BITS);
        private final Map<Integer, List<Use>> uses = new HashMap<>();
    }

    /** By the length of the atom; null where no literal is that short. */
    private final OfLength[] byLength = new OfLength[LONGEST + 1];

    AtomTable(List<Literal> literals) {
        for (Literal literal : literals) {
            int length = Math.min(LONGEST, literal.bytes().length);
            int offset = best(literal.bytes(), length);
            int atom = 0;
            for (int i = 0; i < length; i++) {
                atom = atom << 8 | Literal.fold(literal.bytes()[offset + i]) & 0xFF;
            }
            if (byLength[length] == null) {
                byLength[length] = new OfLength();
            }
            byLength[length].seen.set(hash(atom));
            byLength[length].uses.computeIfAbsent(atom, a -> new ArrayList<>()).add(new Use(literal, offset));
        }
    }

    private static int best(byte[] bytes, int length) {
        int best = 0;
        int most = Integer.MIN_VALUE;
        for (int from = 0; from + length <= bytes.length; from++) {
            int worth = worth(bytes, from, length);
            if (worth > most) {
                most = worth;
                best = from;
            }
        }
        return best;
    }

    /** Zeros, blanks and repetitions stand everywhere; signs and digits tell more than letters. */
    private static int worth(byte[] bytes, int from, int length) {
        int worth = 0;
        for (int i = from; i < from + length; i++) {
            byte b = bytes[i];
            boolean usual = b == 0 || b == ' ' || b == (byte) 0xFF || b == '\n' || b == '\r' || b == '\t';
            boolean again = i > from && b == bytes[i - 1];
            worth += usual ? 0 : again ? 1 : Character.isLetter(b) ? 4 : 5;
        }
        return worth;
    }

    private static int hash(int atom) {
        return (atom * 0x9E3779B1) >>> Integer.SIZE - HASH_BITS;
    }

    void search(byte[] data, Found found) {
        int window = 0;
        for (int i = 0; i < data.length; i++) {
            window = window << 8 | Literal.fold(data[i]) & 0xFF;
            for (int length = 1; length <= LONGEST; length++) {
                OfLength table = byLength[length];
                int atom = length == LONGEST ? window : window & (1 << 8 * length) - 1;
                boolean goesOn = table == null || i + 1 < length || !table.seen.get(hash(atom))
                        || verify(table.uses.getOrDefault(atom, List.of()), data, i + 1 - length, found);
                if (!goesOn) {
                    return;
                }
            }
        }
    }

    private static boolean verify(List<Use> uses, byte[] data, int atomAt, Found found) {
        for (Use use : uses) {
            int from = atomAt - use.atomOffset();
            if (use.literal().standsAt(data, from) && !found.at(use.literal(), from)) {
                return false;
            }
        }
        return true;
    }
}
