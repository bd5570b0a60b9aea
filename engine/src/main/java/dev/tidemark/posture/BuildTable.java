package dev.tidemark.posture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The published builds of Exchange and which flaws each one fixes, from {@code builds.csv} and {@code flaws.csv}.
 * Source: Microsoft, "Exchange Server build numbers and release dates".
 */
public final class BuildTable {
    private record Row(Build build, String name, Map<String, String> fixes) {}

    /** A family of flaws, the column of {@code builds.csv} that tells who has the fix, and since when it is public. */
    public record Flaw(String column, String name, Instant knownFrom, Instant exploitedFrom) {}

    private final List<Row> rows;
    private final List<Flaw> flaws;

    private BuildTable(List<Row> rows, List<Flaw> flaws) {
        this.rows = rows;
        this.flaws = flaws;
    }

    /** The tables that Tidemark carries. */
    public static BuildTable bundled() {
        List<Row> rows = new ArrayList<>();
        for (Map<String, String> line : csv("builds.csv")) {
            String name = (line.get("product") + " " + line.get("cumulative_update") + " "
                    + line.get("security_update")).strip();
            Build.parse(line.get("build")).ifPresent(b -> rows.add(new Row(b, name, line)));
        }
        rows.sort(Comparator.comparing(Row::build));
        List<Flaw> flaws = new ArrayList<>();
        for (Map<String, String> line : csv("flaws.csv")) {
            flaws.add(new Flaw(line.get("column"), line.get("name"), day(line.get("known_from")),
                    day(line.get("exploited_from"))));
        }
        return new BuildTable(List.copyOf(rows), List.copyOf(flaws));
    }

    private static Instant day(String date) {
        return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static List<Map<String, String>> csv(String name) {
        List<Map<String, String>> lines = new ArrayList<>();
        try (InputStream in = BuildTable.class.getResourceAsStream("/tidemark-data/" + name);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
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

    List<Flaw> flaws() {
        return flaws;
    }

    /** Product and update of the build: the row itself, or the nearest earlier one of the same line. */
    Optional<String> nameOf(Build build) {
        return nearest(build).map(Row::name);
    }

    private Optional<Row> nearest(Build build) {
        Row best = null;
        for (Row row : rows) {
            if (row.build().sameLine(build) && row.build().compareTo(build) <= 0) {
                best = row;
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * True if the build has the fix, false if it lacks it, empty if the table cannot tell. A build that is not in the
     * table is judged by the nearest earlier one, and one newer than all of its line has every fix.
     */
    Optional<Boolean> fixes(Build build, Flaw flaw) {
        Optional<Row> near = nearest(build);
        if (near.isEmpty()) {
            return Optional.empty();
        }
        boolean newest = rows.stream()
                .noneMatch(r -> r.build().sameLine(build) && r.build().build() >= build.build());
        return Optional.of(newest || !near.get().fixes().get(flaw.column()).equals("no"));
    }
}
