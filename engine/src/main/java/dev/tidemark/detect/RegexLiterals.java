package dev.tidemark.detect;

import java.util.ArrayList;
import java.util.List;

/**
 * The texts that every match of a regular expression has to hold, as far as they can be read off it: runs of plain
 * characters, and of a group with alternatives one of theirs. What stands in classes or before {@code * ? &#123;} is
 * left out.
 */
final class RegexLiterals {
    private static final String META = ".^$|()[]{}*+?\\";
    /** Escapes that stand for one character of several, for a control character, or for a place. */
    private static final String OTHER_ESCAPES = "dwsDWSbBAzZtnrfv";
    private static final int DEEPEST = 40;

    private final String expression;

    RegexLiterals(String expression) {
        // The search ignores case anyway.
        this.expression = expression.startsWith("(?i)") ? expression.substring(4) : expression;
    }

    Needles needles(Writing writing) {
        // Inside look-around, comments and inline flags this reading would not hold; such rules are rare.
        if (expression.replace("(?:", "").contains("(?")) {
            return Needles.UNKNOWN;
        }
        try {
            Reading reading = new Reading(writing);
            Needles needles = reading.alternatives(0);
            return reading.at == expression.length() ? needles : Needles.UNKNOWN;
        } catch (UnreadableException e) {
            return Needles.UNKNOWN;
        }
    }

    /** One way through the expression. */
    private final class Reading {
        private final Writing writing;
        private int at;

        Reading(Writing writing) {
            this.writing = writing;
        }

        /** Up to the end, or the bracket that closes the group that the caller opened. */
        Needles alternatives(int depth) throws UnreadableException {
            if (depth > DEEPEST) {
                throw new UnreadableException();
            }
            List<Needles> each = new ArrayList<>(List.of(sequence(depth)));
            while (at < expression.length() && expression.charAt(at) == '|') {
                at++;
                each.add(sequence(depth));
            }
            return each.size() == 1 ? each.get(0) : Needles.either(each);
        }

        private Needles sequence(int depth) throws UnreadableException {
            List<Needles> parts = new ArrayList<>();
            StringBuilder run = new StringBuilder();
            while (at < expression.length()) {
                char c = expression.charAt(at);
                if (c == '|' || c == ')') {
                    break;
                } else if (c == '(') {
                    end(run, parts);
                    group(depth).ifKept(parts);
                } else if (c == '[') {
                    end(run, parts);
                    skipClass();
                } else if (c == '\\') {
                    escape(run, parts);
                } else if (META.indexOf(c) >= 0) {
                    end(run, parts);
                    at++;
                } else {
                    literal(c, run, parts);
                }
            }
            end(run, parts);
            return Needles.all(parts);
        }

        private Group group(int depth) throws UnreadableException {
            at += expression.startsWith("(?:", at) ? 3 : 1;
            Needles inner = alternatives(depth + 1);
            if (at >= expression.length()) {
                throw new UnreadableException();
            }
            at++;
            return new Group(inner, mayBeMissing(at));
        }

        private boolean mayBeMissing(int after) {
            return after < expression.length() && "*?{".indexOf(expression.charAt(after)) >= 0;
        }

        private void escape(StringBuilder run, List<Needles> parts) throws UnreadableException {
            if (at + 1 >= expression.length()) {
                throw new UnreadableException();
            }
            char c = expression.charAt(at + 1);
            if (OTHER_ESCAPES.indexOf(c) >= 0) {
                at += 2;
                end(run, parts);
            } else if (Character.isLetterOrDigit(c)) {
                throw new UnreadableException();
            } else {
                at++;
                literal(c, run, parts);
            }
        }

        /** Takes the character at {@code at}, unless what follows makes it one that may be missing. */
        private void literal(char c, StringBuilder run, List<Needles> parts) {
            at++;
            if (mayBeMissing(at)) {
                end(run, parts);
            } else {
                run.append(c);
            }
        }

        private void end(StringBuilder run, List<Needles> parts) {
            if (run.length() > 0) {
                parts.add(Needles.of(writing, List.of(run.toString())));
                run.setLength(0);
            }
        }

        private void skipClass() throws UnreadableException {
            at++;
            if (at < expression.length() && expression.charAt(at) == '^') {
                at++;
            }
            // A bracket that stands first is a member of the class.
            int first = at;
            while (at < expression.length() && (expression.charAt(at) != ']' || at == first)) {
                if (expression.charAt(at) == '[') {
                    // a class in the class, of which the two engines make different things
                    throw new UnreadableException();
                }
                at += expression.charAt(at) == '\\' ? 2 : 1;
            }
            at++;
        }
    }

    private record Group(Needles inner, boolean optional) {
        void ifKept(List<Needles> parts) {
            if (!optional) {
                parts.add(inner);
            }
        }
    }

    private static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;
    }
}
