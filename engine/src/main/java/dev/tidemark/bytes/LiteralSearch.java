package dev.tidemark.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Looks for many literals in one pass over bytes; ASCII letters match in either case. Immutable, for any number of
 * threads, of which each looks by a {@link Pass} of its own.
 *
 * <p>The bytes are looked at through windows of three or four bytes, one at every second byte. Wherever a literal
 * begins, some of these windows lie in it at known places: for each literal one of them is chosen for a beginning at an
 * even and one for a beginning at an odd byte, the rarest as far as its letters tell. A window's case bits are cleared,
 * a product hashes it, and a table, small enough to stay near the core, says whether it may be one of the chosen. That
 * is seldom so, and then the literals of this window are compared byte by byte. Where a short literal leaves a place of
 * its window open, all bytes that can stand there are entered.
 *
 * <p>In the family of R. Karp and M. Rabin, "Efficient randomized pattern-matching algorithms" (1987), with the blocks
 * of S. Wu and U. Manber, "A fast algorithm for multi-pattern searching" (1994). An automaton of Aho and Corasick needs
 * a dependent load for each byte and, for thousands of literals, a table beyond any cache.
 */
@HotPath("LiteralSearchBenchmark")
public final class LiteralSearch {
    /** A shorter literal fills too little of a window. */
    public static final int SHORTEST = 3;

    private static final int STRIDE = 2;
    /** Windows that one turn of the loop looks at, and the bytes that it may touch. */
    private static final int TURN = 4;
    private static final int REACH = (TURN - 1) * STRIDE + 4;
    /** With more literals than this, three bytes stand in too much of any text. */
    private static final int FEW = 500;
    private static final long FOLD = 0xDFDF_DFDF_DFDF_DFDFL;
    private static final long FACTOR = 0x9E37_79B9_7F4A_7C15L;
    /** Bits of a hash that the chains do without. */
    private static final int HEAD_BITS = 5;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[][] literals;
    /** The bits of a window in a long. */
    private final long mask;
    /** By hash: 1 if a chosen window has it, else 0. */
    private final byte[] table;
    private final int shift;
    /** By the first bits of a hash: the first entry of a chain, or -1. */
    private final int[] heads;
    private final Entries entries;

    private LiteralSearch(byte[][] literals, Entries entries) {
        this.literals = literals;
        this.entries = entries;
        this.mask = -1L >>> 64 - 8 * entries.windowBytes;
        int bits = Math.min(20, Math.max(14, 39 - Integer.numberOfLeadingZeros(entries.count)));
        this.shift = 64 - bits;
        this.table = new byte[1 << bits];
        this.heads = new int[1 << bits - HEAD_BITS];
        Arrays.fill(heads, -1);
        for (int i = 0; i < entries.count; i++) {
            int hash = hash(entries.window[i]);
            table[hash] = 1;
            entries.next[i] = heads[hash >>> HEAD_BITS];
            heads[hash >>> HEAD_BITS] = i;
        }
    }

    /**
     * @param literals ASCII, each at least {@link #SHORTEST} long; {@link Pass#hits} numbers them in their order
     * @param usual what the bytes often hold: windows that stand in it are avoided, and nothing else comes of it
     * @throws IllegalArgumentException if a literal is shorter or not ASCII
     */
    public static LiteralSearch of(Collection<String> literals, String usual) {
        byte[][] lower = new byte[literals.size()][];
        Entries entries = new Entries(literals.size() > FEW ? 4 : 3);
        Rarity rarity = new Rarity(usual, entries.windowBytes);
        int number = 0;
        for (String literal : literals) {
            if (literal.length() < SHORTEST || literal.chars().anyMatch(c -> c >= 0x80)) {
                throw new IllegalArgumentException("a literal must be ASCII and at least " + SHORTEST + " long: '"
                        + literal + "'");
            }
            lower[number] = literal.getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < lower[number].length; i++) {
                lower[number][i] = lower(lower[number][i]);
            }
            for (int phase = 0; phase < STRIDE; phase++) {
                entries.add(lower[number], number, rarity.best(lower[number], -phase));
            }
            number++;
        }
        return new LiteralSearch(lower, entries);
    }

    /** Looks through bytes, on one thread. */
    public Pass pass() {
        return new Pass();
    }

    /**
     * One thread's looking, with room for the places that have to be looked at closer. They are noted without a branch:
     * a branch that is seldom taken, and then is, costs the processor its guess and the compiler its work.
     */
    @HotPath("LiteralSearchBenchmark")
    public final class Pass {
        private static final int TURNS = 4096;
        private static final long PERCENT = 0x2525_2525_2525_2525L;
        private static final long LOW_BITS = 0x0101_0101_0101_0101L;
        private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

        private final int[] suspects = new int[TURNS];
        private long percents;

        private Pass() {}

        /** Sets in {@code seen} the number of each literal that stands in {@code bytes[from, to)}; true if one was set. */
        public boolean hits(byte[] bytes, int from, int to, BitSet seen) {
            percents = 0;
            boolean any = false;
            int at = from;
            // Reading on behind the line is harmless: what is found there is not within the bounds.
            int last = Math.min(to - SHORTEST, bytes.length - REACH);
            while (at <= last) {
                int end = Math.min(last, at + (TURNS - 1) * TURN * STRIDE);
                int count = suspect(bytes, at, end);
                for (int i = 0; i < count; i++) {
                    any |= look(bytes, from, to, suspects[i], seen);
                }
                at += ((end - at) / (TURN * STRIDE) + 1) * TURN * STRIDE;
            }
            return at <= to - SHORTEST ? any | end(bytes, from, to, at, seen) : any;
        }

        /** False if no percent sign with two bytes behind it stands in the bytes that {@link #hits} looked through last. */
        public boolean mayHavePercent() {
            return percents != 0;
        }

        private int suspect(byte[] bytes, int from, int last) {
            byte[] chosen = table;
            int[] places = suspects;
            long window = mask;
            int right = shift;
            long signs = 0;
            int count = 0;
            for (int at = from; at <= last; at += TURN * STRIDE) {
                long raw = (long) LONG.get(bytes, at);
                long zeroIfPercent = raw ^ PERCENT;
                signs |= zeroIfPercent - LOW_BITS & ~zeroIfPercent & HIGH_BITS;
                long near = raw & FOLD;
                long far = (long) LONG.get(bytes, at + STRIDE) & FOLD;
                int h0 = (int) ((near & window) * FACTOR >>> right);
                int h1 = (int) ((near >>> 16 & window) * FACTOR >>> right);
                int h2 = (int) ((near >>> 32 & window) * FACTOR >>> right);
                int h3 = (int) ((far >>> 32 & window) * FACTOR >>> right);
                places[count] = at;
                count += chosen[h0] | chosen[h1] | chosen[h2] | chosen[h3];
            }
            percents |= signs;
            return count;
        }

        private boolean look(byte[] bytes, int from, int to, int at, BitSet seen) {
            boolean any = false;
            for (int i = 0; i < TURN; i++) {
                any |= found(bytes, from, to, at + i * STRIDE, padded(bytes, at + i * STRIDE), seen);
            }
            return any;
        }

        /** The last bytes of the array, where no whole turn is left. */
        private boolean end(byte[] bytes, int from, int to, int start, BitSet seen) {
            percents = -1;
            boolean any = false;
            for (int at = start; at <= to - SHORTEST; at += STRIDE) {
                any |= found(bytes, from, to, at, padded(bytes, at), seen);
            }
            return any;
        }
    }

    private int hash(long window) {
        return (int) (window * FACTOR >>> shift);
    }

    /** The window at {@code at}, with zeros for what lies behind the array. */
    private long padded(byte[] bytes, int at) {
        long window = 0;
        for (int i = 0; at + i < bytes.length && i < Integer.BYTES; i++) {
            window |= (bytes[at + i] & 0xFFL) << 8 * i;
        }
        return window & FOLD & mask;
    }

    private boolean found(byte[] bytes, int from, int to, int at, long window, BitSet seen) {
        int hash = hash(window);
        if (table[hash] == 0) {
            return false;
        }
        boolean any = false;
        for (int i = heads[hash >>> HEAD_BITS]; i >= 0; i = entries.next[i]) {
            int literal = entries.literal[i];
            if (entries.window[i] == window && !seen.get(literal)
                    && standsAt(literals[literal], bytes, from, to, at - entries.offset[i])) {
                seen.set(literal);
                any = true;
            }
        }
        return any;
    }

    private static boolean standsAt(byte[] literal, byte[] bytes, int from, int to, int start) {
        if (start < from || start + literal.length > to) {
            return false;
        }
        for (int i = 0; i < literal.length; i++) {
            if (lower(bytes[start + i]) != literal[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 0x20) : b;
    }

    /** A guess at how often a window is seen. */
    private static final class Rarity {
        /** Characters of text from rare to common; what is not among them is rarer. */
        private static final String BY_RARITY = "_zqjkw%yvhgupmbf-xl.9876543ndcoisrate210";
        private static final int USUAL = 4 * BY_RARITY.length();
        private static final int OPEN = 3 * BY_RARITY.length();

        /** {@link #code}s of all that stands in what is usual, up to a window's length. */
        private final Set<Long> usual = new HashSet<>();
        private final int windowBytes;

        Rarity(String usual, int windowBytes) {
            this.windowBytes = windowBytes;
            byte[] bytes = usual.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < bytes.length; i++) {
                long code = 0;
                for (int length = 0; length < windowBytes && i + length < bytes.length; length++) {
                    code = code(code, bytes[i + length]);
                    this.usual.add(code);
                }
            }
        }

        /** Of bytes that are not 0: a window's four and no more fit in. */
        private static long code(long before, byte next) {
            return before << 8 | next & 0xFF;
        }

        /** Where the window lies in the literal: at {@code first}, or some strides on. */
        int best(byte[] literal, int first) {
            int best = first;
            int least = commonness(literal, first);
            for (int offset = first + STRIDE; offset + SHORTEST <= literal.length; offset += STRIDE) {
                int common = commonness(literal, offset);
                if (common < least) {
                    best = offset;
                    least = common;
                }
            }
            return best;
        }

        private int commonness(byte[] literal, int offset) {
            int sum = 0;
            long known = 0;
            for (int i = offset; i < offset + windowBytes; i++) {
                boolean open = i < 0 || i >= literal.length;
                sum += open ? OPEN : BY_RARITY.indexOf(literal[i]);
                known = open ? known : code(known, literal[i]);
            }
            return sum + (usual.contains(known) ? USUAL : 0);
        }
    }

    /** The chosen windows, case bits cleared, and the literals that they belong to. */
    private static final class Entries {
        private final int windowBytes;
        private long[] window = new long[256];
        private int[] literal = new int[256];
        private int[] offset = new int[256];
        private int[] next = new int[256];
        private int count;

        Entries(int windowBytes) {
            this.windowBytes = windowBytes;
        }

        void add(byte[] bytes, int number, int at) {
            long known = 0;
            int open = -1;
            for (int i = 0; i < windowBytes; i++) {
                if (at + i < 0 || at + i >= bytes.length) {
                    open = i;
                } else {
                    known |= (bytes[at + i] & 0xDFL) << 8 * i;
                }
            }
            if (open < 0) {
                put(known, number, at);
                return;
            }
            for (long b = 0; b <= 0xFF; b++) {
                if ((b & 0xDF) == b) {
                    put(known | b << 8 * open, number, at);
                }
            }
        }

        private void put(long folded, int number, int at) {
            if (count == window.length) {
                window = Arrays.copyOf(window, count * 2);
                literal = Arrays.copyOf(literal, count * 2);
                offset = Arrays.copyOf(offset, count * 2);
                next = Arrays.copyOf(next, count * 2);
            }
            window[count] = folded;
            literal[count] = number;
            offset[count++] = at;
        }
    }
}
