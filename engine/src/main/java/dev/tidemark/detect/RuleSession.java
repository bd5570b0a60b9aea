package dev.tidemark.detect;

import dev.tidemark.bytes.Escapes;
import dev.tidemark.bytes.LineFilter;
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
    private final BitSet seen = new BitSet();
    private final BitSet awake = new BitSet();
    private final Escapes escapes = new Escapes();

    RuleSession(SourceRules rules) {
        this.rules = rules;
    }

    @Override
    public boolean wakes(byte[] bytes, int from, int to) {
        boolean any = rules.search().hits(bytes, from, to, seen);
        // A letter that is written as %XX hides a literal.
        if (rules.encoded() && Escapes.hide(bytes, from, to)) {
            int length = escapes.decode(bytes, from, to);
            any |= rules.search().hits(escapes.decoded(), 0, length, seen);
        }
        if (!any && rules.alwaysAwake().isEmpty()) {
            return false;
        }
        awake.clear();
        awake.or(rules.alwaysAwake());
        rules.wake(seen, awake);
        seen.clear();
        return true;
    }

    /**
     * Hands on every rule that holds for the record whose bytes {@link #wakes} was asked about last, in the order in
     * which the rules were loaded.
     */
    public void evaluate(Record record, Consumer<Match> sink) {
        for (int i = awake.nextSetBit(0); i >= 0; i = awake.nextSetBit(i + 1)) {
            rules.rules().get(i).match(record).ifPresent(sink);
        }
    }
}
