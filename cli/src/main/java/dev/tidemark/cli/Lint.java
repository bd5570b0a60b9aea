package dev.tidemark.cli;

import dev.tidemark.detect.Obstacle;
import dev.tidemark.detect.RuleSet;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
        // A rule with several obstacles counts as the one that nothing but the rule's writer or owner can take away.
        Map<Obstacle.Kind, List<RuleSet.Unrun>> stopped = new TreeMap<>(rules.unrun().stream()
                .collect(Collectors.groupingBy(Lint::worst)));
        List<RuleSet.Unrun> ready = stopped.getOrDefault(Obstacle.Kind.NO_SOURCE, List.of());
        stopped.remove(Obstacle.Kind.NO_SOURCE);
        int run = all - rules.unrun().size();
        out.printf(Locale.ROOT, "%d rules and %d filters; %d files broken%n", all, rules.filters(), rules.broken().size());
        out.printf(Locale.ROOT, "%d rules can be evaluated (%.1f %%)%n", run + ready.size(),
                share(run + ready.size(), all));
        out.printf(Locale.ROOT, "  %d of them have records on an Exchange or Windows server%n", run);
        if (!ready.isEmpty()) {
            out.printf(Locale.ROOT, "  %d of them not: %s%n", ready.size(), Obstacle.Kind.NO_SOURCE.why());
            reasons(ready, Obstacle.Kind.NO_SOURCE);
        }
        stopped.forEach((kind, some) -> {
            out.printf(Locale.ROOT, "%d rules cannot be evaluated: %s%n", some.size(), kind.why());
            reasons(some, kind);
        });
    }

    private static Obstacle.Kind worst(RuleSet.Unrun rule) {
        return rule.obstacles().stream().map(Obstacle::kind).max(Comparator.naturalOrder()).orElseThrow();
    }

    /** What the rules lack, most often first. */
    private void reasons(List<RuleSet.Unrun> some, Obstacle.Kind kind) {
        Map<String, Long> counts = some.stream().flatMap(rule -> rule.obstacles().stream())
                .filter(obstacle -> obstacle.kind() == kind)
                .collect(Collectors.groupingBy(Obstacle::text, TreeMap::new, Collectors.counting()));
        counts.entrySet().stream().sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(reason -> line(String.format(Locale.ROOT, "    %4d  %s", reason.getValue(), reason.getKey())));
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 100 : 100.0 * part / whole;
    }
}
