package dev.tidemark.report;

import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Finding;
import dev.tidemark.model.HostResult;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is new in a case since an earlier one over the same servers: hosts, verdicts, findings. Findings are told apart by
 * their id, which is the same whenever the same rule finds the same record.
 */
public final class CaseDiff {
    private final CaseResult before;
    private final CaseResult after;

    private CaseDiff(CaseResult before, CaseResult after) {
        this.before = before;
        this.after = after;
    }

    /** @return true if the later case has a finding that accuses or a host that the earlier one lacks, or another verdict */
    public static boolean write(CaseResult before, CaseResult after, Writer writer) throws IOException {
        return new CaseDiff(before, after).write(writer);
    }

    private boolean write(Writer out) throws IOException {
        Map<String, HostResult> old = byName(before);
        Map<String, HostResult> now = byName(after);
        Set<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        boolean news = false;
        if (!before.run().rulesHash().equals(after.run().rulesHash())) {
            out.write("The two cases were made with different rules: a finding may be new because its rule is.\n");
        }
        for (String name : names) {
            news |= host(out, name, old.get(name), now.get(name));
        }
        return news;
    }

    private static Map<String, HostResult> byName(CaseResult result) {
        Map<String, HostResult> hosts = new TreeMap<>();
        result.hosts().forEach(h -> hosts.put(h.host(), h));
        return hosts;
    }

    private boolean host(Writer out, String name, HostResult old, HostResult now) throws IOException {
        String shown = VisibleText.forCell(name);
        if (now == null) {
            out.write(shown + ": only in the earlier case (" + old.verdict().verdict().word() + ")\n");
            return false;
        }
        List<Finding> gained = without(after, before, name);
        List<Finding> lost = without(before, after, name);
        if (old == null) {
            out.write(shown + ": new, " + now.verdict().verdict().word() + "\n");
        } else if (old.verdict().verdict() != now.verdict().verdict()) {
            out.write(shown + ": " + old.verdict().verdict().word() + " before, " + now.verdict().verdict().word()
                    + " now\n");
        } else if (gained.isEmpty() && lost.isEmpty()) {
            out.write(shown + ": unchanged, " + now.verdict().verdict().word() + "\n");
        } else {
            out.write(shown + ": " + now.verdict().verdict().word() + " as before\n");
        }
        for (Finding f : gained) {
            out.write("  + " + line(f) + "\n");
        }
        for (Finding f : lost) {
            out.write("  - " + line(f) + "\n");
        }
        return old == null || old.verdict().verdict() != now.verdict().verdict()
                || gained.stream().anyMatch(f -> f.severity().accuses());
    }

    private static List<Finding> without(CaseResult one, CaseResult other, String host) {
        Set<String> known = other.findings().stream().map(Finding::id).collect(Collectors.toSet());
        return one.findings().stream().filter(f -> f.host().equals(host) && !known.contains(f.id())).toList();
    }

    private static String line(Finding f) {
        return f.time().map(Object::toString).orElse("no time") + "  " + f.severity().word() + "  "
                + VisibleText.forCell(f.summary()) + "  [" + VisibleText.forCell(f.place().toString()) + "]";
    }
}
