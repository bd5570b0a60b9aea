package dev.tidemark.posture;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The published builds of Exchange and which flaws each one fixes, from {@code builds.csv} and {@code flaws.csv}.
 * Source: Microsoft, "Exchange Server build numbers and release dates".
 */
public final class BuildTable {
    private record Row(Build build, String name, Map<String, String> fixes) {
        boolean fixes(Flaw flaw) {
            return !fixes.get(flaw.column()).equals("no");
        }
    }

    /**
     * A family of flaws.
     *
     * @param column        of {@code builds.csv}, which tells who has the fix
     * @param knownFrom     since when it counts against a build
     * @param exploitedFrom first attacks that are known
     * @param fixedFrom     no fix is older
     */
    record Flaw(String column, String name, List<String> cves, Instant knownFrom, Instant exploitedFrom,
            Instant fixedFrom) {}

    private final List<Row> rows;
    private final List<Flaw> flaws;

    private BuildTable(List<Row> rows, List<Flaw> flaws) {
        this.rows = rows;
        this.flaws = flaws;
    }

    /** The tables that Tidemark carries. */
    public static BuildTable bundled() {
        List<Row> rows = new ArrayList<>();
        for (Map<String, String> line : BundledTable.rows("builds.csv")) {
            String name = (line.get("product") + " " + line.get("cumulative_update") + " "
                    + line.get("security_update")).strip();
            Build.parse(line.get("build")).ifPresent(b -> rows.add(new Row(b, name, line)));
        }
        rows.sort(Comparator.comparing(Row::build));
        List<Flaw> flaws = new ArrayList<>();
        for (Map<String, String> line : BundledTable.rows("flaws.csv")) {
            flaws.add(new Flaw(line.get("column"), line.get("name"), List.of(line.get("cves").split(";")),
                    day(line.get("known_from")), day(line.get("exploited_from")), day(line.get("fixed_from"))));
        }
        return new BuildTable(List.copyOf(rows), List.copyOf(flaws));
    }

    private static Instant day(String date) {
        return LocalDate.parse(date).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** ProxyLogon comes first. */
    List<Flaw> flaws() {
        return flaws;
    }

    /** Product and update of the build: the row itself, or the nearest earlier one of the same line. */
    Optional<String> nameOf(Build build) {
        return build.revision() == Build.ANY ? update(build).findFirst().map(Row::name) : nearest(build).map(Row::name);
    }

    /** False for a build that no version of Exchange is near: what a log calls its version need not be one. */
    boolean knows(Build build) {
        return build.revision() == Build.ANY ? update(build).findAny().isPresent() : nearest(build).isPresent();
    }

    private Stream<Row> update(Build build) {
        return rows.stream().filter(r -> r.build().sameUpdate(build));
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
        if (build.revision() == Build.ANY) {
            List<Boolean> all = update(build).map(r -> r.fixes(flaw)).distinct().toList();
            return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
        }
        Optional<Row> near = nearest(build);
        if (near.isEmpty()) {
            return Optional.empty();
        }
        boolean newest = rows.stream()
                .noneMatch(r -> r.build().sameLine(build) && r.build().build() >= build.build());
        return Optional.of(newest || near.get().fixes(flaw));
    }

    /** True if the fix came to this build's cumulative update with a later update, which this build has. */
    boolean gotFixByUpdate(Build build, Flaw flaw) {
        return fixes(build, flaw).orElse(false)
                && update(build).anyMatch(r -> r.build().compareTo(build) < 0 && !r.fixes(flaw));
    }
}
