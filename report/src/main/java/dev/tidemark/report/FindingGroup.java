package dev.tidemark.report;

import dev.tidemark.model.Finding;
import dev.tidemark.model.Severity;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The findings of one rule within one episode. All are counted; of very many only the first, the last and those that a
 * sentence rests on can get a row. Findings are added in {@link Finding#ORDER}.
 */
final class FindingGroup {
    private static final int EACH_END = 40;
    private static final int EACH_END_HARMLESS = 5;

    private final Finding example;
    private final List<Member> first = new ArrayList<>();
    private final Deque<Member> last = new ArrayDeque<>();
    private final SortedMap<Integer, Finding> chosen = new TreeMap<>();
    private Severity worst;
    private int count;
    private Optional<Instant> from = Optional.empty();
    private Optional<Instant> to = Optional.empty();

    /** @param number place among the group's findings, from 1 */
    record Member(int number, Finding finding) {}

    FindingGroup(Finding example) {
        this.example = example;
        this.worst = example.severity();
    }

    Member add(Finding finding) {
        Member member = new Member(++count, finding);
        worst = worst.compareTo(finding.severity()) >= 0 ? worst : finding.severity();
        from = from.isPresent() ? from : finding.time();
        to = finding.time().isPresent() ? finding.time() : to;
        int eachEnd = finding.severity().accuses() ? EACH_END : EACH_END_HARMLESS;
        if (first.size() < eachEnd) {
            first.add(member);
        } else {
            last.addFirst(member);
            if (last.size() > eachEnd) {
                last.removeLast();
            }
        }
        return member;
    }

    /** Whose turn it is to get a row, from both ends of the group towards its middle. */
    List<Member> turns() {
        List<Member> turns = new ArrayList<>(first.size() + last.size());
        List<Member> fromEnd = List.copyOf(last);
        for (int i = 0; i < Math.max(first.size(), fromEnd.size()); i++) {
            if (i < first.size()) {
                turns.add(first.get(i));
            }
            if (i < fromEnd.size()) {
                turns.add(fromEnd.get(i));
            }
        }
        return turns;
    }

    boolean hasChosen(Member member) {
        return chosen.containsKey(member.number());
    }

    void choose(Member member) {
        chosen.put(member.number(), member.finding());
    }

    /** The findings that get a row, in order. */
    List<Finding> shown() {
        return List.copyOf(chosen.values());
    }

    int count() {
        return count;
    }

    Severity worst() {
        return worst;
    }

    /** The first finding: episode, rule and title of all of them. */
    Finding example() {
        return example;
    }

    Optional<Instant> from() {
        return from;
    }

    Optional<Instant> to() {
        return to;
    }
}
