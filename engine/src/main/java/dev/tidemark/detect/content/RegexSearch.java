package dev.tidemark.detect.content;

import com.google.re2j.Matcher;

/**
 * Runs regular expressions on parts of a file: around the places where something stands that every match has to hold.
 * The characters looked at are counted, so that no file takes for ever.
 */
final class RegexSearch {
    /** A match reaches no further from its literal. */
    private static final int REACH = 2 << 10;
    /** So much of a file is searched in one go. */
    private static final int MOST_EACH = 512 << 10;

    private final byte[] data;
    private long left;
    private boolean gaveUp;

    RegexSearch(byte[] data, long characters) {
        this.data = data;
        this.left = characters;
    }

    boolean gaveUp() {
        return gaveUp;
    }

    /** @param gates places of the literals, with length 2 where they are UTF-16; all of the file if it has none */
    Hits run(Strings.Plan plan, Hits gates) {
        Hits found = new Hits(Hits.MOST);
        if (plan.regex().orElseThrow().atoms().isEmpty()) {
            if (plan.ascii()) {
                window(plan, 0, data.length, 1, found);
            }
            if (plan.wide()) {
                window(plan, 0, data.length, 2, found);
                window(plan, 1, data.length, 2, found);
            }
            return found;
        }
        near(plan, gates, found);
        gaveUp |= gates.full();
        return found;
    }

    /** Parts that touch are searched as one, so that no match is cut and nothing is searched twice. */
    private void near(Strings.Plan plan, Hits gates, Hits found) {
        int from = 0;
        int to = 0;
        int wideTo = 0;
        for (int i = 0; i < gates.count(); i++) {
            int at = gates.offset(i);
            if (gates.length(i) == Literal.WIDE_GATE) {
                if (at >= wideTo) {
                    wideTo = wideTo(at);
                    window(plan, wideFrom(at), wideTo, 2, found);
                }
            } else if (at - REACH <= to) {
                to = Math.min(data.length, at + REACH);
            } else {
                window(plan, from, to, 1, found);
                from = at - REACH;
                to = Math.min(data.length, at + REACH);
            }
        }
        window(plan, from, to, 1, found);
    }

    private int wideFrom(int at) {
        int from = at;
        while (from >= 2 && data[from - 1] == 0 && data[from - 2] != 0 && at - from < 2 * REACH) {
            from -= 2;
        }
        return from;
    }

    private int wideTo(int at) {
        int to = at;
        while (to + 1 < data.length && data[to + 1] == 0 && to - at < 2 * REACH) {
            to += 2;
        }
        return to;
    }

    private void window(Strings.Plan plan, int from, int to, int stride, Hits found) {
        int length = (int) Math.min((to - from) / stride, Math.min(left, MOST_EACH));
        gaveUp |= length < (to - from) / stride;
        left -= length;
        // ASCII parts are searched in the whole file up to their end, so that ^ and \b see what stands before them
        Characters text = stride == 1 ? new Characters(data, 0, from + length, 1) : new Characters(data, from, length, 2);
        int next = stride == 1 ? from : 0;
        int base = stride == 1 ? 0 : from;
        Matcher matcher = plan.regex().orElseThrow().matcher(text);
        while (next <= text.length() && matcher.find(next)) {
            int start = base + matcher.start() * stride;
            int end = base + matcher.end() * stride;
            if (!plan.fullword() || !Literal.wordAround(data, start, end, stride == 2)) {
                found.add(start, end - start);
            }
            next = Math.max(matcher.end(), matcher.start() + 1);
        }
    }

    /** Bytes as characters; every second one for UTF-16. */
    private record Characters(byte[] data, int from, int length, int stride) implements CharSequence {
        @Override
        public char charAt(int index) {
            return (char) (data[from + index * stride] & 0xFF);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Characters(data, from + start * stride, end - start, stride);
        }

        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(length);
            for (int i = 0; i < length; i++) {
                text.append(charAt(i));
            }
            return text.toString();
        }
    }
}
