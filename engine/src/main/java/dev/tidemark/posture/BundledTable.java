package dev.tidemark.posture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the tables that Tidemark carries: a line of names, then values, with commas between them and no quotes. */
final class BundledTable {
    private BundledTable() {}

    static InputStream open(String name) {
        InputStream in = BundledTable.class.getResourceAsStream("/tidemark-data/" + name);
        if (in == null) {
            throw new IllegalStateException("the program was built without its data file " + name);
        }
        return in;
    }

    static List<Map<String, String>> rows(String name) {
        List<Map<String, String>> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(open(name), StandardCharsets.UTF_8))) {
            String[] columns = reader.readLine().split(",");
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                String[] cells = line.split(",", -1);
                Map<String, String> row = new HashMap<>();
                for (int i = 0; i < columns.length && i < cells.length; i++) {
                    row.put(columns[i], cells[i]);
                }
                lines.add(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the bundled " + name, e);
        }
        return lines;
    }
}
