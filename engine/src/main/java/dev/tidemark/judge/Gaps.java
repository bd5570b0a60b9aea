package dev.tidemark.judge;

import dev.tidemark.model.Gap;
import dev.tidemark.model.Interval;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Finds hours in which a source should have records but has none. A source that writes every hour (Exchange's health
 * probes see to that) is missed after two hours, unless it rests as long time and again; after one, if another log went
 * on as usual meanwhile. A source that rests at times is missed only when it rests far longer than it ever does
 * otherwise. Where a source begins late or ends early is measured by the other source.
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
            inside(source.getKey(), own, usual(source.getKey(), hours), gaps);
            border(source.getKey(), all.first(), own.first(), "begins", gaps);
            border(source.getKey(), own.last() + 1, all.last() + 1, "ends", gaps);
        }
        gaps.sort(Comparator.comparing(Gap::source).thenComparing(gap -> gap.interval().from()));
        return List.copyOf(gaps);
    }

    /** Hours in which some other source has at least half of what it has in an hour as a rule. */
    private static TreeSet<Long> usual(String source, SortedMap<String, ? extends SortedMap<Long, Long>> hours) {
        TreeSet<Long> usual = new TreeSet<>();
        hours.forEach((other, counts) -> {
            if (other.equals(source) || counts.isEmpty()) {
                return;
            }
            List<Long> sorted = counts.values().stream().sorted().toList();
            long median = sorted.get(sorted.size() / 2);
            counts.forEach((hour, count) -> {
                if (count * 2 >= median) {
                    usual.add(hour);
                }
            });
        });
        return usual;
    }

    private static void inside(String source, TreeSet<Long> own, TreeSet<Long> usual, List<Gap> gaps) {
        List<long[]> rests = new ArrayList<>();
        Long before = null;
        for (Long hour : own) {
            if (before != null && hour > before + 1) {
                rests.add(new long[] {before + 1, hour});
            }
            before = hour;
        }
        boolean steady = rests.size() * 12 <= own.size();
        for (long[] rest : rests) {
            long length = rest[1] - rest[0];
            boolean wentOn = usual.subSet(rest[0], rest[1]).size() == length;
            List<Long> others = rests.stream().filter(r -> r != rest).map(r -> r[1] - r[0]).toList();
            boolean habit = others.stream().filter(other -> other * 2 >= length).count() >= 2;
            long longest = others.stream().mapToLong(Long::longValue).max().orElse(0);
            boolean alone = wentOn && (steady || rests.size() == 1 && length >= SHORTEST_HOURS);
            if (alone || steady && length >= SHORTEST_HOURS && !habit) {
                gaps.add(gap(source, rest, wentOn ? "another log went on as usual meanwhile"
                        : "the source otherwise writes every hour"));
            } else if (!steady && length >= SHORTEST_AT_BORDER_HOURS && length > 2 * longest) {
                gaps.add(gap(source, rest, "the source rests for at most " + longest + " hours otherwise"));
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
        long length = hours[1] - hours[0];
        return new Gap(source, new Interval(from, to),
                "No " + source + " record for " + (length == 1 ? "an hour" : length + " hours") + "; " + why + ".");
    }
}
