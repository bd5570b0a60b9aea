package dev.tidemark.cli;

import dev.tidemark.model.HostResult;
import dev.tidemark.model.Posture;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How doors stood, on a terminal: a line a host, then what each line rests on. */
final class PostureTable {
    private static final int MOST_BUILDS = 20;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PrintWriter out;

    PostureTable(PrintWriter out) {
        this.out = out;
    }

    void print(List<HostResult> hosts) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("host", "build", "patch state", "patched", "mitigated", "stood open"));
        hosts.forEach(h -> rows.add(row(h)));
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            out.println(line.toString().stripTrailing());
        }
        hosts.forEach(this::details);
    }

    private static List<String> row(HostResult host) {
        Posture p = host.posture();
        String exposed = p.exposed().map(e -> TIME.format(e.from()) + " to " + e.to().map(TIME::format).orElse("the end"))
                .orElse("-");
        return List.of(Console.plain(host.host()).replace('\n', ' '), p.build().isEmpty() ? "unknown" : p.build(),
                p.patchState().word(), time(p.patchedAt()), p.mitigated().map(m -> m ? "yes" : "no").orElse("unknown"),
                exposed);
    }

    private static String time(java.util.Optional<Instant> time) {
        return time.map(TIME::format).orElse("-");
    }

    private void details(HostResult host) {
        Posture p = host.posture();
        out.println();
        line("", host.host() + (host.server().isEmpty() ? "" : " (" + host.server() + ")")
                + (p.product().isEmpty() ? "" : ": " + p.product()));
        p.builds().stream().limit(MOST_BUILDS).forEach(b -> line("  build", b.build() + " from " + TIME.format(b.from()) + " to "
                + TIME.format(b.to()) + ", first in " + b.place()));
        if (p.builds().size() > MOST_BUILDS) {
            line("  build", (p.builds().size() - MOST_BUILDS) + " more");
        }
        p.flaws().forEach(f -> line("  flaw", f.name() + ": " + state(f)));
        p.mitigations().forEach(m -> line(m.inForce() ? "  in force" : "  in vain", String.join(", ", m.cves()) + ": " + m.name()
                + " in " + m.place() + m.since().map(t -> ", written " + TIME.format(t)).orElse("") + ". " + m.why()));
        p.exposed().ifPresent(e -> line("  stood open", e.why()));
        p.contradictions().forEach(c -> line("  but", c));
        host.skipped().stream().limit(MOST_BUILDS).forEach(s -> line("  not read", s.path() + ": " + s.why()));
        if (host.skipped().size() > MOST_BUILDS) {
            line("  not read", (host.skipped().size() - MOST_BUILDS) + " more");
        }
    }

    private static String state(Posture.Flaw flaw) {
        if (flaw.openFrom().isEmpty() && flaw.fixedFrom().isEmpty()) {
            return "unknown";
        }
        String open = flaw.openFrom().map(t -> "open from " + TIME.format(t)).orElse("");
        String fixed = flaw.fixedFrom().map(t -> "fixed from " + TIME.format(t)).orElse("and not fixed since");
        return open.isEmpty() ? fixed : open + ", " + fixed;
    }

    private void line(String label, String text) {
        out.println(Console.plain((label.isEmpty() ? "" : label + " ".repeat(Math.max(1, 14 - label.length()))) + text)
                .replace('\n', ' '));
    }
}
