package dev.tidemark.cli;

import dev.tidemark.detect.Obstacle;
import dev.tidemark.detect.RuleSet;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes what {@code rules lint} says: each fault, each rule that is not run with its reasons, and counts. */
final class Lint {
    private final RuleSet rules;
    private final PrintWriter out;

    private Lint(RuleSet rules, PrintWriter out) {
        this.rules = rules;
        this.out = out;
    }

    /** @param all also what costs speed or leaves part of a rule out */
    static void print(RuleSet rules, PrintWriter out, boolean all) {
        Lint lint = new Lint(rules, out);
        rules.broken().values().forEach(faults -> faults.forEach(lint::line));
        rules.unrun().forEach(rule -> lint.line(rule.rule().file() + ": not run: "
                + String.join("; ", rule.obstacles().stream().map(Obstacle::text).toList())));
        if (all) {
            rules.partly().forEach(why -> lint.line(why + "; there it is not run"));
            rules.notes().forEach(lint::line);
        }
        rules.alwaysAwake().stream().distinct().forEach(rule ->
                lint.line(rule + ": names no literal, so every record has to be looked at"));
        lint.counts();
    }

    private void line(String text) {
        out.println(Console.plain(text));
    }

    private void counts() {
        int all = rules.infos().size();
        Map<Obstacle.Kind, Integer> stopped = new TreeMap<>();
        int ready = 0;
        for (RuleSet.Unrun rule : rules.unrun()) {
            List<Obstacle.Kind> kinds = rule.obstacles().stream().map(Obstacle::kind)
                    .filter(kind -> kind != Obstacle.Kind.NO_SOURCE).sorted().toList();
            if (kinds.isEmpty()) {
                ready++;
            } else {
                stopped.merge(kinds.get(0), 1, Integer::sum);
            }
        }
        int run = all - rules.unrun().size();
        out.printf(Locale.ROOT, "%d rules and %d filters; %d files broken%n", all, rules.filters(), rules.broken().size());
        out.printf(Locale.ROOT, "%d rules can be evaluated (%.1f %%)%n", run + ready, share(run + ready, all));
        out.printf(Locale.ROOT, "  %d of them have records on an Exchange or Windows server%n", run);
        if (ready > 0) {
            out.printf(Locale.ROOT, "  %d of them not: %s%n", ready, Obstacle.Kind.NO_SOURCE.why());
        }
        stopped.forEach((kind, count) ->
                out.printf(Locale.ROOT, "%d rules cannot be evaluated: %s%n", count, kind.why()));
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 100 : 100.0 * part / whole;
    }
}
