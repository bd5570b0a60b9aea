package dev.tidemark.posture;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern of a rewrite rule. It comes from the evidence: one that is too long, wrong, or looks at too many characters
 * of the short texts that are asked here gives no answer.
 *
 * <p>Source: Microsoft Learn, "URL Rewrite Module Configuration Reference", "Rule pattern syntax".
 */
final class RewritePattern {
    private static final int LONGEST = 2_000;
    private static final int MOST_STEPS = 200_000;

    private RewritePattern() {}

    /** @param syntax {@code ECMAScript}, {@code Wildcard} or {@code ExactMatch}, as {@code patternSyntax} has it */
    static Match find(String pattern, String syntax, boolean ignoreCase, String text) {
        if (pattern.length() > LONGEST) {
            return Match.MAYBE;
        }
        String expression = switch (syntax) {
            case "Wildcard" -> wildcard(pattern);
            case "ExactMatch" -> "\\A" + Pattern.quote(pattern) + "\\z";
            default -> pattern;
        };
        try {
            Pattern compiled = Pattern.compile(expression, ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
            return Match.of(compiled.matcher(new Counted(text, new int[1], 0, text.length())).find());
        } catch (PatternSyntaxException | TooManySteps | StackOverflowError e) {
            return Match.MAYBE;
        }
    }

    private static String wildcard(String pattern) {
        StringBuilder expression = new StringBuilder("\\A");
        for (String part : pattern.split("\\*", -1)) {
            expression.append(expression.length() == 2 ? "" : ".*").append(Pattern.quote(part));
        }
        return expression.append("\\z").toString();
    }

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super(null, null, false, false);
        }
    }

    /** A text that lets itself be looked at only so often. The count is shared with its parts. */
    private record Counted(String text, int[] steps, int from, int to) implements CharSequence {
        @Override
        public int length() {
            return to - from;
        }

        @Override
        public char charAt(int index) {
            if (++steps[0] > MOST_STEPS) {
                throw new TooManySteps();
            }
            return text.charAt(from + index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text, steps, from + start, from + end);
        }

        @Override
        public String toString() {
            return text.substring(from, to);
        }
    }
}
