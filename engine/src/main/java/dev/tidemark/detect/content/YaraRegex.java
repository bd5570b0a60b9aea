package dev.tidemark.detect.content;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Optional;

/** A regular expression over bytes, each a character of ISO 8859-1; linear in time. Immutable. */
final class YaraRegex {
    /** What RE2 allows a repetition to count to. */
    private static final int MOST_REPEATS = 1_000;
    private static final java.util.regex.Pattern REPEAT =
            java.util.regex.Pattern.compile("\\{(\\d{0,6}),(\\d{0,6})\\}");

    private final Pattern pattern;
    private final Optional<List<String>> atoms;

    private YaraRegex(Pattern pattern, Optional<List<String>> atoms) {
        this.pattern = pattern;
        this.atoms = atoms;
    }

    /** @throws YaraException if it uses what is not understood */
    static YaraRegex of(String expression, boolean ignoreCase, boolean dotAll, int line) throws YaraException {
        int flags = (ignoreCase ? Pattern.CASE_INSENSITIVE : 0) | (dotAll ? Pattern.DOTALL : 0);
        try {
            return new YaraRegex(Pattern.compile(bounded(expression, line), flags),
                    RegexAtoms.of(expression));
        } catch (PatternSyntaxException e) {
            throw new YaraException(line, "the regular expression /" + expression + "/ is not understood: "
                    + e.getDescription());
        }
    }

    /** {@code .{0,5000}} is more than RE2 counts to: it becomes a row of shorter ones. */
    private static String bounded(String expression, int line) throws YaraException {
        java.util.regex.Matcher repeat = REPEAT.matcher(expression);
        StringBuilder out = new StringBuilder();
        int done = 0;
        while (repeat.find()) {
            int low = repeat.group(1).isEmpty() ? 0 : Integer.parseInt(repeat.group(1));
            int high = repeat.group(2).isEmpty() ? -1 : Integer.parseInt(repeat.group(2));
            if (low <= MOST_REPEATS && high <= MOST_REPEATS && !repeat.group(1).isEmpty()) {
                continue;
            }
            int from = atom(expression, repeat.start());
            if (from < done) {
                throw new YaraException(line, "the repetition " + repeat.group() + " in /" + expression
                        + "/ is not understood");
            }
            String atom = expression.substring(from, repeat.start());
            out.append(expression, done, from).append(row(atom, low, high));
            done = repeat.end();
        }
        return out.append(expression.substring(done)).toString();
    }

    /** Where the one character, escape or class that ends before {@code end} begins; -1 for a group. */
    private static int atom(String expression, int end) {
        char last = end == 0 ? ')' : expression.charAt(end - 1);
        if (last == ')') {
            return -1;
        }
        if (last == ']') {
            return expression.lastIndexOf('[', end);
        }
        if (end >= 4 && expression.startsWith("\\x", end - 4)) {
            return end - 4;
        }
        return end >= 2 && expression.charAt(end - 2) == '\\' ? end - 2 : end - 1;
    }

    private static String row(String atom, int low, int high) {
        StringBuilder row = new StringBuilder();
        int left = low;
        for (; left > MOST_REPEATS; left -= MOST_REPEATS) {
            row.append(atom).append('{').append(MOST_REPEATS).append('}');
        }
        row.append(atom).append('{').append(left).append(high < 0 ? ",}" : "}");
        for (int more = high - low; more > 0; more -= MOST_REPEATS) {
            row.append(atom).append("{0,").append(Math.min(more, MOST_REPEATS)).append('}');
        }
        return row.toString();
    }

    /** Runs of characters of which one has to stand in every match; empty if none can be named. */
    Optional<List<String>> atoms() {
        return atoms;
    }

    boolean found(CharSequence text) {
        return pattern.matcher(text).find();
    }

    Matcher matcher(CharSequence text) {
        return pattern.matcher(text);
    }
}
