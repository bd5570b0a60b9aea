package dev.tidemark.detect;

import dev.tidemark.bytes.Escapes;
import dev.tidemark.bytes.LineFilter;
import dev.tidemark.bytes.LiteralSearch;
import dev.tidemark.bytes.Narrow;
import dev.tidemark.read.Record;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * The rules of one source at work on one file, on one thread: asked with a record's bytes first, then with the record
 * itself if a rule woke. A rule whose logic needs a literal sleeps until that literal is seen in the record's bytes,
 * and is not evaluated on it.
 */
public final class RuleSession implements LineFilter {
    private final SourceRules rules;
    private final SourceRules.Wakers.Count count;
    /** Rules that no literal has to wake. */
    private final BitSet alwaysAwake;
    private final BitSet shared = new BitSet();
    private final BitSet seen = new BitSet();
    private final BitSet awake = new BitSet();
    private final Escapes escapes = new Escapes();
    private final Narrow narrow = new Narrow();
    private final LiteralSearch.Pass search;

    RuleSession(SourceRules rules) {
        this.rules = rules;
        SourceRules.Wakers wakers = rules.wakers();
        this.search = wakers.search().pass();
        this.count = wakers.count();
        this.alwaysAwake = wakers.alwaysAwake();
    }

    @Override
    public boolean wakes(byte[] bytes, int from, int to) {
        search(bytes, from, to, seen);
        seen.or(shared);
        if (seen.isEmpty() && alwaysAwake.isEmpty()) {
            return false;
        }
        awake.clear();
        awake.or(alwaysAwake);
        count.wake(seen, awake);
        seen.clear();
        return !awake.isEmpty();
    }

    @Override
    public void shared(byte[] bytes, int from, int to) {
        search(bytes, from, to, shared);
    }

    private void search(byte[] bytes, int from, int to, BitSet found) {
        if (rules.writing() == Writing.EVENT) {
            int length = narrow.copy(bytes, from, to);
            search.hits(narrow.bytes(), 0, length, found);
            return;
        }
        search.hits(bytes, from, to, found);
        if (search.mayHavePercent() && rules.encoded()) {
            decoded(bytes, from, to, found);
        }
    }

    /** A letter that is written as %XX hides a literal. */
    private void decoded(byte[] bytes, int from, int to, BitSet found) {
        if (Escapes.hide(bytes, from, to)) {
            int length = escapes.decode(bytes, from, to);
            search.hits(escapes.decoded(), 0, length, found);
        }
    }

    /**
     * Hands on every rule that holds for the record whose bytes {@link #wakes} was asked about last, in the order in
     * which the rules were loaded.
     */
    public void evaluate(Record record, Consumer<Match> sink) {
        if (rules.keyed()) {
            awake.and(rules.admitted(EventKey.Event.of(record)));
        }
        for (int i = awake.nextSetBit(0); i >= 0; i = awake.nextSetBit(i + 1)) {
            rules.rules().get(i).matchAdmitted(record).ifPresent(sink);
        }
    }
}
