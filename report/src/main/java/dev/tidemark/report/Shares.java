package dev.tidemark.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Shares out something scarce: whoever needs less than an equal share leaves the rest to the others. */
final class Shares {
    private Shares() {}

    /** @return for each need its share, in the same order; together at most {@code all} */
    static List<Integer> of(List<Integer> needs, int all) {
        List<Integer> shares = new ArrayList<>(Collections.nCopies(needs.size(), 0));
        List<Integer> smallestFirst = IntStream.range(0, needs.size()).boxed()
                .sorted(Comparator.comparing(needs::get)).toList();
        int left = all;
        int waiting = needs.size();
        for (int i : smallestFirst) {
            int share = Math.min(needs.get(i), left / waiting);
            shares.set(i, share);
            left -= share;
            waiting--;
        }
        return shares;
    }
}
