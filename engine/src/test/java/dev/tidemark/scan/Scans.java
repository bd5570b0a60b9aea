package dev.tidemark.scan;

import dev.tidemark.detect.FieldMap;
import dev.tidemark.detect.RuleException;
import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.RuleSource;
import dev.tidemark.model.CaseResult;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Severity;
import dev.tidemark.model.VerdictClass;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Scans with the bundled rules, as the command does. */
public final class Scans {
    private static final RuleSet RULES = rules();

    private Scans() {}

    private static RuleSet rules() {
        try {
            return RuleSet.load(RuleSource.bundledRules(), FieldMap.bundled());
        } catch (RuleException e) {
            throw new IllegalStateException(e);
        }
    }

    public static CaseResult scan(Path... roots) {
        return scan(RULES, roots);
    }

    public static CaseResult scan(RuleSet rules, Path... roots) {
        return scan(rules, Arrays.stream(roots).map(EvidenceRoot::of).toList());
    }

    public static CaseResult scan(RuleSet rules, List<EvidenceRoot> roots) {
        ScanOptions options = new ScanOptions(roots, Optional.empty(), Optional.empty(), 2, Severity.INFORMATIONAL,
                List.of(), "test");
        try {
            return new Scan(rules, options, Progress.NONE, Journal.NONE).run();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static RuleSet bundled() {
        return RULES;
    }

    /** The one host of the evidence. */
    public static HostResult host(Path root) {
        List<HostResult> hosts = scan(root).hosts();
        if (hosts.size() != 1) {
            throw new AssertionError("expected one host, found " + hosts.stream().map(HostResult::host).toList());
        }
        return hosts.get(0);
    }

    public static VerdictClass verdict(Path root) {
        return host(root).verdict().verdict();
    }

    /** The reasons of the verdict in one text. */
    public static String why(HostResult host) {
        return String.join("\n", host.verdict().why().stream().map(s -> s.text()).toList());
    }
}
