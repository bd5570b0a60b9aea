package dev.tidemark.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The plain twin of the reader of Exchange's CSV: whole text in memory, one character after the other. */
public final class NaiveCsv {
    private NaiveCsv() {}

    /** A record: its first line and the values of its columns. */
    public record Row(long line, List<String> values) {}

    /** All rows that begin with a digit, as a record's time does; the others are header. */
    public static List<Row> records(String text) {
        List<Row> rows = new ArrayList<>();
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        long line = 1;
        long rowLine = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            line += c == '\n' ? 1 : 0;
            if (quoted && c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                value.append('"');
                i++;
            } else if (c == '"' && (quoted || value.isEmpty() && !wasQuoted)) {
                quoted = !quoted;
                wasQuoted = true;
            } else if (!quoted && (c == ',' || c == '\n')) {
                values.add(value.toString());
                value.setLength(0);
                wasQuoted = false;
                if (c == '\n') {
                    if (Character.isDigit(values.get(0).isEmpty() ? ' ' : values.get(0).charAt(0))) {
                        rows.add(new Row(rowLine, List.copyOf(values)));
                    }
                    values.clear();
                    rowLine = line;
                }
            } else {
                value.append(c);
            }
        }
        return rows;
    }

    /** A well-formed log of some records with values of every kind. */
    public static String randomLog(Random random, String columns) {
        StringBuilder text = new StringBuilder(columns + "\n#Software: x\n#Fields: " + columns + "\n");
        int count = columns.split(",").length;
        for (int record = random.nextInt(12); record >= 0; record--) {
            if (random.nextInt(6) == 0) {
                text.append(columns).append("\n#Fields: ").append(columns).append('\n');
            }
            text.append(String.format(java.util.Locale.ROOT, "2021-03-%02dT%02d:%02d:%02d.%03dZ", 1 + random.nextInt(28),
                    random.nextInt(24), random.nextInt(60), random.nextInt(60), random.nextInt(1000)));
            for (int i = 1; i < count; i++) {
                text.append(',').append(value(random));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private static String value(Random random) {
        String pool = "abz09/%~;=' \u00e4\u65e5\u202e<";
        StringBuilder plain = new StringBuilder();
        for (int i = random.nextInt(9); i > 0; i--) {
            plain.append(pool.charAt(random.nextInt(pool.length())));
        }
        if (random.nextInt(4) > 0) {
            return plain.toString();
        }
        String[] odd = {"\"\"", ",", "\n", "\n\n", ",\"\",", "#", "\t"};
        plain.insert(random.nextInt(plain.length() + 1), odd[random.nextInt(odd.length)]);
        return "\"" + plain + "\"";
    }
}
