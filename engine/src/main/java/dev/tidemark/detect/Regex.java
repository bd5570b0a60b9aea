package dev.tidemark.detect;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;

/**
 * A regular expression that no evidence can make slow: RE2 where it can say it, else (look-around, back-references)
 * Java's own with a bound on the characters that it looks at. Thread-safe.
 */
final class Regex implements ValueTest {
    /** Looks at characters before an expression is given up: some tens of milliseconds. */
    static final int MOST_STEPS = 2_000_000;

    /** Where a dollar sign may be something else: after the flag m, in a quotation or a named class. */
    private static final java.util.regex.Pattern OTHER_ENDS =
            java.util.regex.Pattern.compile("\\(\\?[a-zA-Z-]*m|\\\\Q|\\[:");

    private final Predicate<String> finder;
    private final RegexLiterals literals;

    private Regex(Predicate<String> finder, RegexLiterals literals) {
        this.finder = finder;
        this.literals = literals;
    }

    /**
     * @param flags  of {@code i m s}
     * @param gaveUp counts the values on which the expression was given up: those count as not matched
     * @throws java.util.regex.PatternSyntaxException if neither kind of engine takes the expression
     */
    static Regex of(String expression, String flags, LongAdder gaveUp) {
        RegexLiterals literals = new RegexLiterals(expression);
        try {
            Pattern pattern = Pattern.compile(flags.contains("m") ? expression : withPerlsEnd(expression),
                    re2Flags(flags));
            boolean ignoresCase = flags.contains("i") || expression.contains("(?i");
            return new Regex(value -> pattern.matcher(ignoresCase ? withoutOtherKAndS(value) : value).find(), literals);
        } catch (PatternSyntaxException notForRe2) {
            java.util.regex.Pattern pattern = java.util.regex.Pattern.compile(expression, javaFlags(flags));
            return new Regex(value -> findBounded(pattern, value, gaveUp), literals);
        }
    }

    /** In Perl, {@code $} is the end and what stands before a last line feed; RE2 knows only the end. */
    private static String withPerlsEnd(String expression) {
        if (expression.indexOf('$') < 0 || OTHER_ENDS.matcher(expression).find()) {
            return expression;
        }
        StringBuilder out = new StringBuilder();
        int classFrom = -1;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '\\' && i + 1 < expression.length()) {
                out.append(c).append(expression.charAt(++i));
                continue;
            }
            if (c == '[' && classFrom < 0) {
                classFrom = expression.startsWith("[^", i) ? i + 2 : i + 1;
            } else if (c == ']' && i > classFrom) {
                // A bracket that stands first is a member of the class.
                classFrom = -1;
            }
            out.append(c == '$' && classFrom < 0 ? "(?:\\n?\\z)" : String.valueOf(c));
        }
        return out.toString();
    }

    /**
     * Ignoring case, RE2 takes the Kelvin sign for {@code k} and the long s for {@code s}. {@link Fold} does not, and the
     * filter before the rules could not see them.
     */
    private static String withoutOtherKAndS(String value) {
        return value.indexOf('\u212A') < 0 && value.indexOf('\u017F') < 0 ? value
                : value.replace('\u212A', '\uFFFD').replace('\u017F', '\uFFFD');
    }

    private static int re2Flags(String flags) {
        return (flags.contains("i") ? Pattern.CASE_INSENSITIVE : 0) | (flags.contains("m") ? Pattern.MULTILINE : 0)
                | (flags.contains("s") ? Pattern.DOTALL : 0);
    }

    private static int javaFlags(String flags) {
        return (flags.contains("i") ? java.util.regex.Pattern.CASE_INSENSITIVE : 0)
                | (flags.contains("m") ? java.util.regex.Pattern.MULTILINE : 0)
                | (flags.contains("s") ? java.util.regex.Pattern.DOTALL : 0);
    }

    private static boolean findBounded(java.util.regex.Pattern pattern, String value, LongAdder gaveUp) {
        try {
            return pattern.matcher(new Counted(value, new int[1], 0, value.length())).find();
        } catch (TooManySteps | StackOverflowError e) {
            gaveUp.increment();
            return false;
        }
    }

    @Override
    public boolean matches(String value) {
        return finder.test(value);
    }

    @Override
    public int cost() {
        return 100;
    }

    @Override
    public Needles needles(Writing writing) {
        return literals.needles(writing);
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
                throw TooManySteps.ONLY;
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

    private static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;
        static final TooManySteps ONLY = new TooManySteps();

        private TooManySteps() {
            super("too many steps", null, false, false);
        }
    }
}
