package dev.tidemark.read.iis;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The plain twin of the reader of W3C logs: lines cut and split by the library. */
final class NaiveW3c {
    private NaiveW3c() {}

    record Row(long line, String time, Map<String, String> values) {}

    static List<Row> rows(String text) {
        List<Row> rows = new ArrayList<>();
        String[] names = {};
        LocalDate headerDate = null;
        long line = 0;
        for (String each : text.split("\r?\n")) {
            line++;
            if (each.startsWith("#Date: ")) {
                headerDate = LocalDate.parse(each.substring(7, 17));
            } else if (each.startsWith("#Fields: ")) {
                names = each.substring(9).split(" +");
            } else if (!each.startsWith("#") && !each.isEmpty()) {
                String[] cells = each.split(" +");
                Map<String, String> values = new LinkedHashMap<>();
                for (int i = 0; i < Math.min(cells.length, names.length); i++) {
                    values.put(names[i], cells[i].equals("-") ? "" : cells[i]);
                }
                LocalDate date = values.containsKey("date") ? LocalDate.parse(values.get("date")) : headerDate;
                rows.add(new Row(line, date.atTime(LocalTime.parse(values.get("time"))).toInstant(ZoneOffset.UTC)
                        .toString(), values));
            }
        }
        return rows;
    }
}
