package dev.tidemark.correlate;

import dev.tidemark.model.Episode;
import dev.tidemark.model.Finding;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Joins the findings of one host into episodes: what shares a request id, an address, a session or a file belongs
 * together, and so does what the server itself wrote within seconds of it. An episode has at least one finding that
 * accuses; other findings join one only by what they share with it, and weigh more then.
 */
public final class Correlator {
    /** Server-side records carry no client: they belong to what happened this close to them. */
    static final Duration SAME_ACT = Duration.ofMinutes(3);

    private static final int NONE = -1;
    private static final Duration FOREVER = Duration.ofDays(365_000);
    private static final Set<Stage> AFTERWARDS =
            EnumSet.of(Stage.POST_EXPLOITATION, Stage.PERSISTENCE, Stage.COLLECTION, Stage.IMPACT);

    /** Findings in their order with their episode's id, and the episodes in the order of their first act. */
    public record Story(List<Finding> findings, List<Episode> episodes) {
        public Story {
            findings = List.copyOf(findings);
            episodes = List.copyOf(episodes);
        }
    }

    /** @param findings of one host, in any order */
    public Story correlate(String host, List<Finding> findings) {
        List<Finding> given = findings.stream().sorted(Finding.ORDER).toList();
        List<List<String>> keys = given.stream().map(Keys::of).toList();
        List<Finding> sorted = weighed(given, keys);
        Groups groups = new Groups(sorted.size());
        joinByKeys(keys, groups);
        int[] keyed = IntStream.range(0, sorted.size()).map(groups::of).toArray();
        Map<String, StoryTeller.Why> inferred = new HashMap<>();
        joinServerSide(sorted, groups, inferred);
        joinFollowUps(sorted, keyed, groups, inferred);
        return tell(host, sorted, groups, inferred);
    }

    /** The account that a finding of stage persistence is about: made, or given rights; in lower case. */
    public static Optional<String> account(Finding f) {
        return Keys.account(f);
    }

    /**
     * What is everyday by itself is worth knowing where it shares a session, a request or an address with an attack, or was
     * done by the account that attacked, within minutes.
     */
    private static List<Finding> weighed(List<Finding> sorted, List<List<String>> keys) {
        Set<String> accused = new HashSet<>();
        Map<String, TreeSet<Instant>> acts = new HashMap<>();
        for (int i = 0; i < sorted.size(); i++) {
            Finding f = sorted.get(i);
            if (f.severity().accuses() && f.stage() != Stage.COVERAGE) {
                accused.addAll(keys.get(i));
                Keys.actor(f).ifPresent(actor -> f.time().ifPresent(
                        time -> acts.computeIfAbsent(actor, a -> new TreeSet<>()).add(time)));
            }
        }
        List<Finding> weighed = new ArrayList<>(sorted);
        for (int i = 0; i < sorted.size(); i++) {
            Finding f = sorted.get(i);
            if (f.severity() == Severity.INFORMATIONAL && f.stage() != Stage.COVERAGE) {
                Optional<String> shared = keys.get(i).stream().filter(accused::contains).findFirst().map(Keys::shared);
                int at = i;
                shared.or(() -> byTheSame(f, acts))
                        .ifPresent(why -> weighed.set(at, f.weighed(Severity.LOW, f.summary() + " " + why)));
            }
        }
        return weighed;
    }

    private static Optional<String> byTheSame(Finding f, Map<String, TreeSet<Instant>> acts) {
        TreeSet<Instant> times = Keys.actor(f).map(acts::get).orElse(null);
        boolean near = times != null && f.time().isPresent()
                && !times.subSet(f.time().get().minus(SAME_ACT), true, f.time().get().plus(SAME_ACT), true).isEmpty();
        return near ? Optional.of("(Inferred: the account attacked within minutes of it.)") : Optional.empty();
    }

    private static void joinByKeys(List<List<String>> keys, Groups groups) {
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            for (String key : keys.get(i)) {
                Integer other = first.putIfAbsent(key, i);
                if (other != null) {
                    groups.join(other, i);
                }
            }
        }
    }

    /** What carries no client belongs to the accusing finding nearest in time, the earlier of two that are as near. */
    private static void joinServerSide(List<Finding> sorted, Groups groups, Map<String, StoryTeller.Why> inferred) {
        int[] before = nearestAccusing(sorted, 0, 1);
        int[] after = nearestAccusing(sorted, sorted.size() - 1, -1);
        for (int i = 0; i < sorted.size(); i++) {
            Finding f = sorted.get(i);
            if (Addresses.names(f.clientIp()) || f.time().isEmpty() || f.stage() == Stage.COVERAGE) {
                continue;
            }
            Duration earlier = apart(sorted, before[i], i);
            Duration later = apart(sorted, after[i], i);
            int nearest = earlier.compareTo(later) <= 0 ? before[i] : after[i];
            if (nearest != NONE && apart(sorted, nearest, i).compareTo(SAME_ACT) <= 0) {
                if (groups.join(nearest, i)) {
                    inferred.put(f.id(), StoryTeller.Why.TIME);
                }
            }
        }
    }

    /** For each finding the index of the accusing, timed one last passed on the way from {@code start}, or NONE. */
    private static int[] nearestAccusing(List<Finding> sorted, int start, int step) {
        int[] nearest = new int[sorted.size()];
        int last = NONE;
        for (int i = start; i >= 0 && i < sorted.size(); i += step) {
            nearest[i] = last;
            Finding f = sorted.get(i);
            if (f.severity().accuses() && f.time().isPresent() && f.stage() != Stage.COVERAGE) {
                last = i;
            }
        }
        return nearest;
    }

    private static Duration apart(List<Finding> sorted, int other, int i) {
        return other == NONE ? FOREVER
                : Duration.between(sorted.get(other).time().orElseThrow(), sorted.get(i).time().orElseThrow()).abs();
    }

    /**
     * Who uses a web shell works in the intrusion that left one last, whatever address he comes from now; and what
     * was done on the server afterwards was done through that door, unless it names an address of its own.
     *
     * @param keyed by finding: the first with which it shares something
     */
    private static void joinFollowUps(List<Finding> sorted, int[] keyed, Groups groups,
            Map<String, StoryTeller.Why> inferred) {
        int door = NONE;
        for (int i = 0; i < sorted.size(); i++) {
            Finding f = sorted.get(i);
            if (!f.severity().accuses() || f.outcome() != Outcome.SUCCEEDED) {
                continue;
            }
            // what shares a process, an account or a page with an act before it was done through that one's door
            boolean inside = AFTERWARDS.contains(f.stage()) && !Addresses.names(f.clientIp()) && keyed[i] == i;
            if ((f.stage() == Stage.WEBSHELL || inside) && door != NONE && groups.join(door, i)) {
                inferred.put(f.id(), StoryTeller.Why.DOOR);
            }
            if (f.stage() == Stage.WEBSHELL || f.stage() == Stage.EXPLOIT) {
                door = i;
            }
        }
    }

    private static Story tell(String host, List<Finding> sorted, Groups groups, Map<String, StoryTeller.Why> inferred) {
        Map<Integer, List<Integer>> members = new LinkedHashMap<>();
        for (int i = 0; i < sorted.size(); i++) {
            members.computeIfAbsent(groups.of(i), k -> new ArrayList<>()).add(i);
        }
        List<Finding> told = new ArrayList<>(sorted);
        List<Episode> episodes = new ArrayList<>();
        for (List<Integer> group : members.values()) {
            if (group.stream().noneMatch(i -> sorted.get(i).severity().accuses())) {
                continue;
            }
            String id = "E" + (episodes.size() + 1);
            group.forEach(i -> told.set(i, sorted.get(i).inEpisode(id)));
            episodes.add(episode(id, host, group.stream().map(told::get).toList(), inferred));
        }
        return new Story(told, episodes);
    }

    private static Episode episode(String id, String host, List<Finding> findings,
            Map<String, StoryTeller.Why> inferred) {
        TreeSet<String> actors = new TreeSet<>();
        Severity worst = Severity.INFORMATIONAL;
        for (Finding f : findings) {
            if (f.severity().accuses() && Addresses.names(f.clientIp())) {
                actors.add(f.clientIp());
            }
            worst = f.severity().compareTo(worst) > 0 ? f.severity() : worst;
        }
        Optional<Instant> from = findings.stream().flatMap(f -> f.time().stream()).min(Comparator.naturalOrder());
        Optional<Instant> to = findings.stream().flatMap(f -> f.time().stream()).max(Comparator.naturalOrder());
        return new Episode(id, host, worst, from, to, List.copyOf(actors),
                findings.stream().map(Finding::id).toList(), StoryTeller.tell(findings, inferred));
    }

    /** Disjoint sets of indices; the smallest index stands for its set. */
    private static final class Groups {
        private final int[] parent;

        Groups(int size) {
            parent = new int[size];
            for (int i = 0; i < size; i++) {
                parent[i] = i;
            }
        }

        int of(int i) {
            int at = i;
            while (parent[at] != at) {
                parent[at] = parent[parent[at]];
                at = parent[at];
            }
            return at;
        }

        /** False if they were together before. */
        boolean join(int a, int b) {
            int x = of(a);
            int y = of(b);
            parent[Math.max(x, y)] = Math.min(x, y);
            return x != y;
        }
    }
}
