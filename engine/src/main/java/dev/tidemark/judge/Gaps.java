package dev.tidemark.judge;

import dev.tidemark.model.Gap;
import dev.tidemark.model.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Finds hours in which a source should have records but has none. A source that writes every hour (Exchange's health
 * probes see to that) is missed after two hours; one that rests at times only when it rests far longer than it ever
 * does otherwise. Where a source begins late or ends early is measured by the other source.
 */
public final class Gaps {
    static final int SHORTEST_HOURS = 2;
    static final int SHORTEST_AT_BORDER_HOURS = 6;
    private static final long SECONDS = 3600;

    /**
     * @param hours source → hours since 1970 in which it has records → how many
     * @return in order of source and time
     */
    public List<Gap> find(SortedMap<String, ? extends SortedMap<Long, Long>> hours) {
        TreeSet<Long> all = new TreeSet<>();
        hours.values().forEach(h -> all.addAll(h.keySet()));
        List<Gap> gaps = new ArrayList<>();
        for (Map.Entry<String, ? extends SortedMap<Long, Long>> source : hours.entrySet()) {
            TreeSet<Long> own = new TreeSet<>(source.getValue().keySet());
            if (own.isEmpty()) {
                continue;
            }
            inside(source.getKey(), own, gaps);
            border(source.getKey(), all.first(), own.first(), "begins", gaps);
            border(source.getKey(), own.last() + 1, all.last() + 1, "ends", gaps);
        }
        gaps.sort((a, b) -> a.source().equals(b.source())
                ? a.interval().from().compareTo(b.interval().from())
                : a.source().compareTo(b.source()));
        return List.copyOf(gaps);
    }

    private static void inside(String source, TreeSet<Long> own, List<Gap> gaps) {
        List<long[]> rests = new ArrayList<>();
        Long before = null;
        for (Long hour : own) {
            if (before != null && hour > before + 1) {
                rests.add(new long[] {before + 1, hour});
            }
            before = hour;
        }
        boolean everyHour = rests.size() * 12 <= own.size();
        for (long[] rest : rests) {
            long length = rest[1] - rest[0];
            long longestOther = rests.stream().filter(r -> r != rest).mapToLong(r -> r[1] - r[0]).max().orElse(0);
            if (everyHour && length >= SHORTEST_HOURS) {
                gaps.add(gap(source, rest, "the source otherwise writes every hour"));
            } else if (!everyHour && length >= SHORTEST_AT_BORDER_HOURS && length > 2 * longestOther) {
                gaps.add(gap(source, rest, "the source rests for at most " + longestOther + " hours otherwise"));
            }
        }
    }

    private static void border(String source, long from, long to, String verb, List<Gap> gaps) {
        if (to - from >= SHORTEST_AT_BORDER_HOURS) {
            String when = verb.equals("begins") ? "later" : "earlier";
            gaps.add(gap(source, new long[] {from, to}, "the source " + verb + " " + when + " than the other logs"));
        }
    }

    private static Gap gap(String source, long[] hours, String why) {
        Instant from = Instant.ofEpochSecond(hours[0] * SECONDS);
        Instant to = Instant.ofEpochSecond(hours[1] * SECONDS);
        return new Gap(source, new Interval(from, to),
                "No " + source + " record for " + (hours[1] - hours[0]) + " hours; " + why + ".");
    }
}
