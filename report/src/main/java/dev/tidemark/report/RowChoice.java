package dev.tidemark.report;

import dev.tidemark.model.Episode;
import dev.tidemark.model.Finding;
import dev.tidemark.report.FindingGroup.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Chooses which findings get a row of their own: first what the sentences rest on, then of each group one from its
 * begin and one from its end in turn, until the room is used up. So each rule of each episode is seen before any is
 * seen twice.
 */
final class RowChoice {
    /** More rows than this make a page that nobody reads. */
    static final int MOST_ROWS = 2_500;
    private static final int CITED_A_CLAIM = 8;

    private final Room room;
    private int rows;

    /** @param of in the order of their episodes and first acts; what belongs to no episode comes last */
    record Groups(List<FindingGroup> of) {
        int shown() {
            return of.stream().mapToInt(group -> group.shown().size()).sum();
        }
    }

    private RowChoice(Room room) {
        this.room = room;
    }

    /** @param claims what is said of each of the hosts, in their order; @return the groups of each, in their order */
    static List<Groups> choose(List<HostView> hosts, List<Claims> claims, Room room) {
        RowChoice choice = new RowChoice(room);
        List<Groups> groups = new ArrayList<>();
        for (int i = 0; i < hosts.size(); i++) {
            groups.add(choice.group(hosts.get(i), claims.get(i)));
        }
        choice.takeTurns(groups.stream().flatMap(each -> each.of().stream()).toList());
        return groups;
    }

    private Groups group(HostView host, Claims claims) {
        Set<String> cited = claims.all().stream()
                .flatMap(claim -> claim.sentence().findings().stream().limit(CITED_A_CLAIM))
                .collect(Collectors.toCollection(HashSet::new));
        Map<String, Map<String, FindingGroup>> byEpisode = new LinkedHashMap<>();
        for (Episode episode : host.episodes()) {
            byEpisode.put(episode.id(), new LinkedHashMap<>());
        }
        Map<String, FindingGroup> alone = new LinkedHashMap<>();
        for (Finding finding : host.findings()) {
            FindingGroup group = byEpisode.getOrDefault(finding.episode(), alone)
                    .computeIfAbsent(finding.rule(), rule -> new FindingGroup(finding));
            Member member = group.add(finding);
            if (cited.remove(finding.id())) {
                choose(group, member);
            }
        }
        List<FindingGroup> groups = new ArrayList<>();
        byEpisode.values().forEach(byRule -> groups.addAll(byRule.values()));
        groups.addAll(alone.values());
        return new Groups(List.copyOf(groups));
    }

    private void choose(FindingGroup group, Member member) {
        if (rows < MOST_ROWS && !group.hasChosen(member) && room.take(FindingsTable.bytes(member.finding()))) {
            group.choose(member);
            rows++;
        }
    }

    private void takeTurns(List<FindingGroup> groups) {
        List<List<Member>> turns = groups.stream().map(FindingGroup::turns).toList();
        List<Integer> worstFirst = IntStream.range(0, groups.size()).boxed()
                .sorted(Comparator.comparing((Integer i) -> groups.get(i).worst()).reversed()).toList();
        int most = turns.stream().mapToInt(List::size).max().orElse(0);
        for (int turn = 0; turn < most && rows < MOST_ROWS; turn++) {
            for (int i : worstFirst) {
                if (turn < turns.get(i).size()) {
                    choose(groups.get(i), turns.get(i).get(turn));
                }
            }
        }
    }
}
