package dev.tidemark.detect.content;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One look at the bytes of one file: where its strings stand and which rules held. Used by one thread, and bounded: the
 * characters that regular expressions may look at and the steps of loops are counted.
 */
final class Looking {
    private static final long MOST_CHARACTERS = 8L << 20;
    private static final long MOST_STEPS = 1_000_000;
    private static final int MOST_GATES = 2_000;

    private final byte[] data;
    private final Map<String, YaraValue> variables;
    private final Strings strings;
    private final List<YaraTerm> conditions;
    private final Hits[] hits;
    private final Hits[] gates;
    private final Boolean[] held;
    private final Map<String, YaraValue> loop = new HashMap<>();
    private int current = YaraTerm.CURRENT;
    private long steps = MOST_STEPS;
    private final RegexSearch regexes;

    /** @param variables {@code filename} and the like */
    Looking(byte[] data, Map<String, YaraValue> variables, Strings strings, AtomTable atoms,
            List<YaraTerm> conditions) {
        this.data = data;
        this.variables = variables;
        this.strings = strings;
        this.conditions = conditions;
        this.hits = new Hits[strings.count()];
        this.gates = new Hits[strings.count()];
        this.held = new Boolean[conditions.size()];
        this.regexes = new RegexSearch(data, MOST_CHARACTERS);
        atoms.search(data, this::found);
    }

    private boolean found(Literal literal, int offset) {
        Hits[] kind = literal.gate() ? gates : hits;
        if (kind[literal.string()] == null) {
            kind[literal.string()] = new Hits(literal.gate() ? MOST_GATES : Hits.MOST);
        }
        kind[literal.string()].add(offset, literal.gate() && literal.wide() ? Literal.WIDE_GATE : literal.bytes().length);
        return true;
    }

    byte[] data() {
        return data;
    }

    YaraValue variable(String name) {
        YaraValue looped = loop.get(name);
        return looped != null ? looped : variables.getOrDefault(name, YaraValue.UNDEFINED);
    }

    Hits hits(int string) {
        int index = string == YaraTerm.CURRENT ? current : string;
        Strings.Plan plan = strings.plan(index);
        if (hits[index] == null) {
            hits[index] = plan.regex().isEmpty() ? Hits.NONE
                    : regexes.run(plan, gates[index] == null ? Hits.NONE : gates[index]);
        }
        return hits[index];
    }

    /** True if a regular expression or a loop had to be ended before its time. */
    boolean gaveUp() {
        return steps <= 0 || regexes.gaveUp();
    }

    boolean mayStep() {
        return --steps > 0;
    }

    /** Rules hold or not once; one that is asked for while it is being asked does not. */
    boolean ruleHeld(int rule) {
        if (held[rule] == null) {
            held[rule] = false;
            held[rule] = conditions.get(rule).holds(this);
        }
        return held[rule];
    }

    boolean with(int string, YaraTerm body) {
        int outer = current;
        current = string;
        boolean holds = mayStep() && body.holds(this);
        current = outer;
        return holds;
    }

    boolean with(String name, YaraValue value, YaraTerm body) {
        YaraValue outer = loop.put(name, value);
        boolean holds = body.holds(this);
        if (outer == null) {
            loop.remove(name);
        } else {
            loop.put(name, outer);
        }
        return holds;
    }

    /** What stands around the first place of any of these strings, as characters; empty if none was found. */
    String around(List<Integer> wanted, int before, int after) {
        int first = Integer.MAX_VALUE;
        for (int string : wanted) {
            Hits found = hits(string);
            first = found.count() > 0 ? Math.min(first, found.offset(0)) : first;
        }
        if (first == Integer.MAX_VALUE) {
            return "";
        }
        byte[] part = Arrays.copyOfRange(data, Math.max(0, first - before), Math.min(data.length, first + after));
        return dev.tidemark.bytes.Text.decode(part, 0, part.length).replace("\0", "");
    }
}
