package dev.tidemark.posture;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Exchange's build number, compared number by number: {@code 15.1.2176.2}. */
record Build(int major, int minor, int build, int revision) implements Comparable<Build> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,6})\\.(\\d{1,6})");

    /** The build that the text is, leading zeros allowed, or empty. */
    static Optional<Build> parse(String text) {
        Matcher m = FORM.matcher(text.strip());
        return m.matches()
                ? Optional.of(new Build(number(m, 1), number(m, 2), number(m, 3), number(m, 4)))
                : Optional.empty();
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }

    boolean sameLine(Build other) {
        return major == other.major && minor == other.minor;
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
        return major + "." + minor + "." + build + "." + revision;
    }
}
