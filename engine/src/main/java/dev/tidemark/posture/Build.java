package dev.tidemark.posture;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Exchange's build number, compared number by number: {@code 15.1.2176.2}.
 *
 * @param revision {@link #ANY} if only the cumulative update is known, not what was put on it
 */
record Build(int major, int minor, int build, int revision) implements Comparable<Build> {
    static final int ANY = -1;

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?");

    /** The build that the text is, leading zeros allowed, or empty. */
    static Optional<Build> parse(String text) {
        return parseAny(text).filter(b -> b.revision != ANY);
    }

    /** The same, and {@code 15.1.2176} as any build of that cumulative update. */
    static Optional<Build> parseAny(String text) {
        Matcher m = FORM.matcher(text.strip());
        return m.matches()
                ? Optional.of(new Build(number(m, 1), number(m, 2), number(m, 3), m.group(4) == null ? ANY : number(m, 4)))
                : Optional.empty();
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }

    boolean sameLine(Build other) {
        return major == other.major && minor == other.minor;
    }

    boolean sameUpdate(Build other) {
        return sameLine(other) && build == other.build;
    }

    @Override
    public int compareTo(Build o) {
        int byLine = major != o.major ? Integer.compare(major, o.major) : Integer.compare(minor, o.minor);
        if (byLine != 0) {
            return byLine;
        }
        return build != o.build ? Integer.compare(build, o.build) : Integer.compare(revision, o.revision);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + build + (revision == ANY ? "" : "." + revision);
    }
}
