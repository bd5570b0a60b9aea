package dev.tidemark.detect;

import dev.tidemark.bytes.LiteralSearch;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text with Sigma's wildcards: {@code *} for any characters, {@code ?} for one, {@code \} before either (or before
 * itself) takes it as it is; any other {@code \} is itself. Immutable.
 *
 * <p>Source: Sigma rules specification 2.x, "Escaping".
 */
final class Glob implements ValueTest {
    // Noncharacters of Unicode stand for what is no letter of the pattern.
    private static final char ONE = '\uFFFF';
    private static final char MANY = '\uFFFE';
    private static final char DASH = '\uFDD0';
    /** What Windows takes for the dash before an option. */
    private static final String DASHES = "-/\u2013\u2014\u2015";

    /** Characters from rare to common in paths and command lines; others are rarer. */
    private static final String BY_RARITY = "zqjkwyvxgfbhmudplncstroiae0123456789_=:-/. \\";

    private final List<String> segments;
    /** By segment: the place in it of its rarest character, by which it is looked for; -1 if it has none. */
    private final int[] anchors;
    private final boolean cased;

    private Glob(String pattern, boolean cased) {
        List<String> split = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= pattern.length(); i++) {
            if (i == pattern.length() || pattern.charAt(i) == MANY) {
                split.add(cased ? pattern.substring(start, i) : Fold.of(pattern.substring(start, i)));
                start = i + 1;
            }
        }
        this.segments = List.copyOf(split);
        this.anchors = split.stream().mapToInt(Glob::anchor).toArray();
        this.cased = cased;
    }

    private static int anchor(String segment) {
        int best = -1;
        for (int i = 0; i < segment.length(); i++) {
            char c = segment.charAt(i);
            if (c != ONE && c != DASH && (best < 0 || commonness(c) < commonness(segment.charAt(best)))) {
                best = i;
            }
        }
        return best;
    }

    private static int commonness(char c) {
        return BY_RARITY.indexOf(Fold.of(c));
    }

    /** Where the pattern has to stand in the value. */
    enum Position { WHOLE, CONTAINED, START, END }

    static Glob of(String sigma, Position position, boolean cased) {
        return placed(parsed(sigma), position, cased);
    }

    /** As {@link #of}, but no character of {@code text} is a wildcard. */
    static Glob literal(String text, Position position, boolean cased) {
        return placed(text, position, cased);
    }

    /** As {@link #of}, with each character written as its bytes in {@code charset}, each byte as one character. */
    static Glob of(String sigma, Position position, boolean cased, Charset charset) {
        StringBuilder bytes = new StringBuilder();
        for (char c : parsed(sigma).toCharArray()) {
            bytes.append(c == ONE || c == MANY ? String.valueOf(c)
                    : new String(String.valueOf(c).getBytes(charset), StandardCharsets.ISO_8859_1));
        }
        return placed(bytes.toString(), position, cased);
    }

    /** As {@link #of}; a dash or {@code /} before a word stands for any kind of them. */
    static Glob withAnyDash(String sigma, Position position, boolean cased) {
        String parsed = parsed(sigma);
        StringBuilder dashed = new StringBuilder(parsed);
        for (int i = 0; i + 1 < parsed.length(); i++) {
            char c = parsed.charAt(i);
            boolean opens = i == 0 || !isWord(parsed.charAt(i - 1));
            if (DASHES.indexOf(c) >= 0 && opens && isWord(parsed.charAt(i + 1))) {
                dashed.setCharAt(i, DASH);
            }
        }
        return placed(dashed.toString(), position, cased);
    }

    static boolean hasWildcard(String sigma) {
        String parsed = parsed(sigma);
        return parsed.indexOf(ONE) >= 0 || parsed.indexOf(MANY) >= 0;
    }

    private static Glob placed(String parsed, Position position, boolean cased) {
        String before = position == Position.CONTAINED || position == Position.END ? String.valueOf(MANY) : "";
        String after = position == Position.CONTAINED || position == Position.START ? String.valueOf(MANY) : "";
        return new Glob(before + parsed + after, cased);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static String parsed(String sigma) {
        StringBuilder out = new StringBuilder(sigma.length());
        for (int i = 0; i < sigma.length(); i++) {
            char c = sigma.charAt(i);
            if (c == '\\' && i + 1 < sigma.length() && "*?\\".indexOf(sigma.charAt(i + 1)) >= 0) {
                out.append(sigma.charAt(++i));
            } else {
                out.append(c == '*' ? MANY : c == '?' ? ONE : c);
            }
        }
        return out.toString();
    }

    /** The text that a value without wildcards stands for. */
    static String unescaped(String sigma) {
        return parsed(sigma);
    }

    /** The folded text, if only that text (in any case) matches. */
    Optional<String> plain() {
        String only = segments.get(0);
        boolean wildcards = segments.size() > 1 || only.indexOf(ONE) >= 0 || only.indexOf(DASH) >= 0;
        return wildcards || cased ? Optional.empty() : Optional.of(only);
    }

    /** The folded text, if all that matches is what holds it (in any case), and it is ASCII and long enough to be searched for. */
    Optional<String> contained() {
        boolean around = segments.size() == 3 && segments.get(0).isEmpty() && segments.get(2).isEmpty() && !cased;
        String text = around ? segments.get(1) : "";
        return text.length() >= LiteralSearch.SHORTEST && text.chars().allMatch(c -> c < 0x80) ? Optional.of(text) : Optional.empty();
    }

    @Override
    public boolean matches(String value) {
        int last = segments.size() - 1;
        String first = segments.get(0);
        if (last == 0) {
            return value.length() == first.length() && standsAt(first, value, 0);
        }
        String end = segments.get(last);
        int limit = value.length() - end.length();
        if (limit < first.length() || !standsAt(first, value, 0) || !standsAt(end, value, limit)) {
            return false;
        }
        int at = first.length();
        for (int i = 1; i < last; i++) {
            at = find(i, value, at, limit);
            if (at < 0) {
                return false;
            }
            at += segments.get(i).length();
        }
        return true;
    }

    /** The leftmost place is always right: what follows may begin the earlier. */
    private int find(int number, String value, int from, int limit) {
        String segment = segments.get(number);
        int anchor = anchors[number];
        if (anchor < 0) {
            return findAnywhere(segment, value, from, limit);
        }
        String cases = cased ? segment.substring(anchor, anchor + 1) : Fold.casesOf(segment.charAt(anchor));
        int last = limit - segment.length() + anchor;
        int[] next = new int[cases.length()];
        for (int i = 0; i < next.length; i++) {
            next[i] = next(value, cases.charAt(i), from + anchor, last);
        }
        while (true) {
            int nearest = 0;
            for (int i = 1; i < next.length; i++) {
                nearest = next[i] < next[nearest] ? i : nearest;
            }
            int at = next[nearest];
            if (at > last) {
                return -1;
            }
            if (standsAt(segment, value, at - anchor)) {
                return at - anchor;
            }
            next[nearest] = next(value, cases.charAt(nearest), at + 1, last);
        }
    }

    private static int next(String value, char c, int from, int last) {
        int at = from > last ? -1 : value.indexOf(c, from);
        return at < 0 ? Integer.MAX_VALUE : at;
    }

    /** Of wildcards alone, or nothing. */
    private int findAnywhere(String segment, String value, int from, int limit) {
        for (int at = from; at + segment.length() <= limit; at++) {
            if (standsAt(segment, value, at)) {
                return at;
            }
        }
        return -1;
    }

    private boolean standsAt(String segment, String value, int at) {
        for (int i = 0; i < segment.length(); i++) {
            char wanted = segment.charAt(i);
            char c = value.charAt(at + i);
            boolean same = wanted == ONE || wanted == (cased ? c : Fold.of(c))
                    || wanted == DASH && DASHES.indexOf(c) >= 0;
            if (!same) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int cost() {
        return segments.size();
    }

    @Override
    public Needles needles(Writing writing) {
        // The stand-ins are no letters: they part runs by themselves.
        return Needles.of(writing, segments);
    }
}
