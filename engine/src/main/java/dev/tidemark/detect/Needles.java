package dev.tidemark.detect;

import dev.tidemark.bytes.LiteralSearch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Literals that stand in the bytes of every record that a test can match: one at least of each group. With no group,
 * {@link #UNKNOWN}, every record has to be looked at; with an empty group, {@link #NEVER}, none.
 *
 * @param groups lower-case ASCII, the one that will be seen least first
 */
record Needles(List<Set<String>> groups) {
    static final Needles UNKNOWN = new Needles(List.of());
    static final Needles NEVER = new Needles(List.of(Set.of()));
    static final int SHORTEST = LiteralSearch.SHORTEST;

    /** More groups let fewer records pass, and have more to be searched for. */
    private static final int MOST_GROUPS = 3;

    /** Runs that stand in most records: true needles, but hardly better than none. */
    private static final Set<String> EVERYWHERE = Set.of("get", "post", "http", "https", "owa", "ecp", "exchange",
            "microsoft", "mozilla", "windows", "exe", ".exe", "c:\\windows\\", "c:\\windows\\system32\\", "system32",
            "\\system32\\", "software", "hklm\\", "\\software\\", "\\microsoft\\windows\\currentversion\\");
    private static final int WORTH_OF_COMMON = 1;
    private static final int WORTH_ENOUGH = 6;

    Needles {
        groups = List.copyOf(groups);
    }

    /** For a value that holds all of the texts, letter by letter. */
    static Needles of(Writing writing, List<String> texts) {
        List<Needles> each = new ArrayList<>();
        for (String text : texts) {
            for (String run : writing.runs(text)) {
                each.add(new Needles(List.of(Set.of(run))));
            }
        }
        return all(each);
    }

    /** For tests of which one is enough: unknown as soon as one is. */
    static Needles either(List<Needles> alternatives) {
        List<Needles> possible = alternatives.stream().filter(each -> !each.equals(NEVER)).toList();
        if (possible.isEmpty()) {
            return NEVER;
        }
        int groups = possible.stream().mapToInt(each -> each.groups.size()).min().orElse(0);
        List<Set<String>> joined = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            Set<String> any = new HashSet<>();
            for (Needles each : possible) {
                any.addAll(each.groups.get(i));
            }
            joined.add(Set.copyOf(any));
        }
        return best(joined);
    }

    /** For tests that all have to hold. */
    static Needles all(List<Needles> parts) {
        List<Set<String>> groups = new ArrayList<>();
        for (Needles each : parts) {
            if (each.equals(NEVER)) {
                return NEVER;
            }
            groups.addAll(each.groups);
        }
        return best(groups);
    }

    private static Needles best(List<Set<String>> groups) {
        Comparator<Set<String>> rarestFirst = Comparator.comparing(group -> -worth(group));
        List<Set<String>> sorted = groups.stream().distinct()
                .sorted(rarestFirst.thenComparing(group -> new TreeSet<>(group).toString())).toList();
        List<Set<String>> kept = new ArrayList<>();
        for (Set<String> group : sorted) {
            boolean adds = kept.isEmpty()
                    || kept.size() < MOST_GROUPS && worth(group) >= WORTH_ENOUGH && kept.stream().noneMatch(group::containsAll);
            if (adds) {
                kept.add(group);
            }
        }
        return new Needles(kept);
    }

    boolean known() {
        return !groups.isEmpty();
    }

    /** All that is to be searched for. */
    Set<String> literals() {
        Set<String> all = new TreeSet<>();
        groups.forEach(all::addAll);
        return all;
    }

    private static int worth(Set<String> group) {
        return group.stream().mapToInt(Needles::worth).min().orElse(Integer.MAX_VALUE);
    }

    private static int worth(String run) {
        boolean number = run.length() < 6 && run.chars().allMatch(c -> c >= '0' && c <= '9' || c == '.' || c == '-');
        return number || EVERYWHERE.contains(run) ? WORTH_OF_COMMON : run.length();
    }
}
