package dev.tidemark.read;

import dev.tidemark.bytes.LineScanner;
import dev.tidemark.bytes.Text;
import java.util.Arrays;

/**
 * Where the columns of one line begin and end. A line has up to ninety and a rule asks for one of the first: they are looked
 * for only as far as one is asked for. For one thread, and for one line after the other.
 */
public final class Columns {
    private int[] starts = new int[96];
    private int[] ends = new int[96];
    private int count;
    private byte[] bytes = new byte[0];
    /** Where the next column begins; behind {@link #to} if there is none. */
    private int at = 1;
    private int to;
    private boolean csv;

    /** Takes a line of CSV: quoted with {@code "}, doubled inside. */
    public void csv(byte[] b, int from, int end) {
        take(b, from, end, true);
    }

    /** Takes a line with spaces between two values: none is empty, so that a run of spaces is one separator. */
    public void spaced(byte[] b, int from, int end) {
        take(b, from, end, false);
    }

    private void take(byte[] b, int from, int end, boolean commas) {
        bytes = b;
        at = from;
        to = end;
        csv = commas;
        count = 0;
    }

    /** True if the line has this column, counted from 0. */
    public boolean has(int column) {
        while (count <= column && more()) {
            next();
        }
        return count > column;
    }

    public int count() {
        while (more()) {
            next();
        }
        return count;
    }

    /** A line of CSV that ends with a comma has an empty column behind it. */
    private boolean more() {
        return csv ? at <= to : at < to;
    }

    private void next() {
        if (csv) {
            int comma = LineScanner.indexOf(bytes, quoted(), to, (byte) ',');
            int end = comma < 0 ? to : comma;
            add(at, end);
            at = end + 1;
            return;
        }
        int space = LineScanner.indexOf(bytes, at, to, (byte) ' ');
        int end = space < 0 ? to : space;
        if (end > at) {
            add(at, end);
        }
        at = end + 1;
    }

    /** Where the quoted part of the column ends that begins here; here if it is not quoted. */
    private int quoted() {
        if (at == to || bytes[at] != '"') {
            return at;
        }
        int end = at + 1;
        while (end < to && (bytes[end] != '"' || end + 1 < to && bytes[end + 1] == '"')) {
            end += bytes[end] == '"' ? 2 : 1;
        }
        return Math.min(end, to);
    }

    private void add(int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        starts[count] = start;
        ends[count++] = end;
    }

    /** The column as it stands; only of one that the line {@link #has}. */
    public String raw(int column) {
        return Text.decode(bytes, starts[column], ends[column]);
    }

    /** The value of a CSV column without its quotes. */
    public String unquoted(int column) {
        String raw = raw(column);
        if (raw.isEmpty() || raw.charAt(0) != '"') {
            return raw;
        }
        int end = raw.length() > 1 && raw.endsWith("\"") ? raw.length() - 1 : raw.length();
        return raw.substring(1, end).replace("\"\"", "\"");
    }
}
