package dev.tidemark.read;

import dev.tidemark.bytes.LineScanner;
import dev.tidemark.bytes.Text;
import java.util.Arrays;

/** Where the columns of one line begin and end; found once, when the first field is asked for. */
public final class Columns {
    private int[] starts = new int[96];
    private int[] ends = new int[96];
    private int count;

    /** Columns of a line of CSV: quoted with {@code "}, doubled inside. */
    public void splitCsv(byte[] b, int from, int to) {
        count = 0;
        int at = from;
        while (at <= to) {
            int end = at;
            if (at < to && b[at] == '"') {
                end = at + 1;
                while (end < to && (b[end] != '"' || end + 1 < to && b[end + 1] == '"')) {
                    end += b[end] == '"' ? 2 : 1;
                }
                end = Math.min(end, to);
            }
            int comma = LineScanner.indexOf(b, end, to, (byte) ',');
            end = comma < 0 ? to : comma;
            add(at, end);
            at = end + 1;
        }
    }

    /** Columns of a line with spaces between two values: none is empty, so that a run of spaces is one separator. */
    public void splitSpaces(byte[] b, int from, int to) {
        count = 0;
        int at = from;
        while (at < to) {
            int space = LineScanner.indexOf(b, at, to, (byte) ' ');
            int end = space < 0 ? to : space;
            if (end > at) {
                add(at, end);
            }
            at = end + 1;
        }
    }

    private void add(int start, int end) {
        if (count == starts.length) {
            starts = Arrays.copyOf(starts, count * 2);
            ends = Arrays.copyOf(ends, count * 2);
        }
        starts[count] = start;
        ends[count++] = end;
    }

    public int count() {
        return count;
    }

    public String raw(byte[] b, int column) {
        return Text.decode(b, starts[column], ends[column]);
    }

    /** The value of a CSV column without its quotes. */
    public String unquoted(byte[] b, int column) {
        String raw = raw(b, column);
        if (raw.isEmpty() || raw.charAt(0) != '"') {
            return raw;
        }
        int end = raw.length() > 1 && raw.endsWith("\"") ? raw.length() - 1 : raw.length();
        return raw.substring(1, end).replace("\"\"", "\"");
    }
}
