package dev.tidemark.detect.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads off a regular expression which bytes have to stand in every match of it: the longest run of plain characters
 * that nothing makes optional or, of alternatives, the runs of which one has to be there.
 */
final class RegexAtoms {
    /** Shorter ones stand everywhere. */
    private static final int SHORTEST = 2;
    private static final int DEEPEST = 50;
    private static final String CLASSES = "dDwWsSbB";

    private final String text;
    private int at;
    private int depth;

    private RegexAtoms(String text) {
        this.text = text;
    }

    /** Empty if no such bytes can be told. */
    static Optional<List<String>> of(String expression) {
        RegexAtoms reader = new RegexAtoms(expression);
        try {
            Optional<List<String>> found = reader.alternatives();
            return reader.at == expression.length() ? found : Optional.empty();
        } catch (IndexOutOfBoundsException | NumberFormatException cutShort) {
            return Optional.empty(); // RE2 will refuse it and say why
        }
    }

    private Optional<List<String>> alternatives() {
        List<String> all = new ArrayList<>();
        boolean known = true;
        while (true) {
            Optional<List<String>> one = sequence();
            known &= one.isPresent();
            one.ifPresent(all::addAll);
            if (at >= text.length() || text.charAt(at) != '|') {
                return known ? Optional.of(all) : Optional.empty();
            }
            at++;
        }
    }

    private Optional<List<String>> sequence() {
        List<List<String>> candidates = new ArrayList<>();
        StringBuilder run = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
            char c = text.charAt(at);
            if (c == '(') {
                close(run, candidates);
                Optional<List<String>> inner = group();
                if (!optional()) {
                    inner.ifPresent(candidates::add);
                }
            } else {
                int plain = plain();
                int before = at;
                boolean mayMiss = optional();
                if (plain >= 0 && !mayMiss) {
                    run.append((char) plain);
                }
                if (plain < 0 || mayMiss || at > before) {
                    close(run, candidates);
                }
            }
        }
        close(run, candidates);
        return candidates.stream().max(java.util.Comparator.comparingInt(RegexAtoms::worth));
    }

    private static int worth(List<String> atoms) {
        return atoms.stream().mapToInt(String::length).min().orElse(0);
    }

    private static void close(StringBuilder run, List<List<String>> candidates) {
        if (run.length() >= SHORTEST) {
            candidates.add(List.of(run.toString()));
        }
        run.setLength(0);
    }

    private Optional<List<String>> group() {
        at++;
        if (text.startsWith("?:", at)) {
            at += 2;
        } else if (text.startsWith("?", at)) {
            at = text.indexOf(text.startsWith("?s:", at) ? ":" : ")", at) + 1;
            if (text.charAt(at - 1) == ')') {
                return Optional.empty();
            }
        }
        if (++depth > DEEPEST) {
            throw new IndexOutOfBoundsException("nested too deeply");
        }
        Optional<List<String>> inner = alternatives();
        depth--;
        at++;
        return inner;
    }

    /** The character that stands here, or -1 for a class or anchor; goes past it. */
    private int plain() {
        char c = text.charAt(at++);
        if (c == '[') {
            int first = text.charAt(at) == '^' ? at + 1 : at;
            at = first;
            while (text.charAt(at) != ']' || at == first) {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            at++;
            return -1;
        }
        if (c == '.' || c == '^' || c == '$') {
            return -1;
        }
        return c == '\\' ? escaped(text.charAt(at++)) : c;
    }

    private int escaped(char c) {
        if (c == 'x') {
            at += 2;
            return Integer.parseInt(text.substring(at - 2, at), 16);
        }
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'f' -> '\f';
            case 'a' -> 7;
            default -> CLASSES.indexOf(c) >= 0 ? -1 : c;
        };
    }

    /** Goes past what repeats the item before it. @return true if it may be there no time at all */
    private boolean optional() {
        if (at >= text.length()) {
            return false;
        }
        char c = text.charAt(at);
        boolean may = c == '*' || c == '?';
        if (c == '{') {
            int end = text.indexOf('}', at);
            String low = text.substring(at + 1, end).split(",", -1)[0];
            may = low.isEmpty() || Integer.parseInt(low) == 0;
            at = end;
        } else if (c != '*' && c != '?' && c != '+') {
            return false;
        }
        at++;
        if (at < text.length() && text.charAt(at) == '?') {
            at++;
        }
        return may;
    }
}
