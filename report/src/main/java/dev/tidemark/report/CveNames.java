package dev.tidemark.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The names under which people know a flaw; the facts and their sources stand in {@code data/cves.csv}. */
final class CveNames {
    private final Map<String, Named> byCve;

    private record Named(String name, String what) {}

    /** Flaws that people know under one name. @param cves sorted */
    record Door(String name, String what, List<String> cves) {
        Door {
            cves = List.copyOf(cves);
        }
    }

    private CveNames(Map<String, Named> byCve) {
        this.byCve = byCve;
    }

    static CveNames bundled() {
        Map<String, Named> names = new LinkedHashMap<>();
        BundledCsv.rows("cves.csv").forEach(row -> names.put(row.getField("cve"),
                new Named(row.getField("name"), row.getField("what"))));
        return new CveNames(names);
    }

    /** By name, in the order of their first CVE; one that has no name here stands under its number. */
    List<Door> doors(Collection<String> cves) {
        Map<String, List<String>> byName = new LinkedHashMap<>();
        for (String cve : new TreeSet<>(cves)) {
            Named named = byCve.get(cve);
            byName.computeIfAbsent(named == null ? cve : named.name(), k -> new ArrayList<>()).add(cve);
        }
        List<Door> doors = new ArrayList<>();
        byName.forEach((name, list) -> {
            Named first = byCve.get(list.get(0));
            doors.add(new Door(name, first == null ? "" : first.what(), list));
        });
        return doors;
    }
}
