package dev.tidemark.mitigate;

import dev.tidemark.model.Posture.Mitigation;
import dev.tidemark.posture.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has to be changed below a root so that mitigations are in force; nothing of it is done yet. */
public final class MitigationPlan {
    private final Path root;
    private final List<PublishedMitigation> mitigations;
    private final List<Change> changes;

    private MitigationPlan(Path root, List<PublishedMitigation> mitigations, List<Change> changes) {
        this.root = root;
        this.mitigations = List.copyOf(mitigations);
        this.changes = List.copyOf(changes);
    }

    /**
     * @param root drive C: of the server, live or mounted
     * @throws Refusal if something of the configuration is not understood, or what would be put in would have no effect
     */
    public static MitigationPlan of(Path root, List<PublishedMitigation> wanted) throws Refusal {
        Configuration configuration = Configuration.below(root);
        List<Change> changes = new ArrayList<>();
        List<PublishedMitigation.Rule> rules = wanted.stream().flatMap(m -> m.rules().stream()).toList();
        if (!rules.isEmpty()) {
            configuration.requireRewriteModule();
            for (Site site : configuration.frontEnd()) {
                rules(configuration.siteFile(site), rules).ifPresent(changes::add);
            }
        }
        pools(configuration, wanted.stream().flatMap(m -> m.pool().stream()).toList()).ifPresent(changes::add);
        requireEffect(configuration, wanted, changes);
        return new MitigationPlan(root, wanted, changes);
    }

    private static Optional<Change> rules(Path file, List<PublishedMitigation.Rule> rules) throws Refusal {
        if (!Files.exists(file)) {
            return Optional.of(new Change(file, Optional.empty(), RewriteRules.newDocument(rules)
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        }
        ConfigDocument document = Configuration.document(file);
        try {
            List<Edit> edits = RewriteRules.insert(document, rules);
            return edits.isEmpty() ? Optional.empty()
                    : Optional.of(new Change(file, Optional.of(document.bytes()), sound(document.with(edits))));
        } catch (Refusal e) {
            throw new Refusal(file + ": " + e.getMessage());
        }
    }

    private static Optional<Change> pools(Configuration configuration, List<String> pools) throws Refusal {
        ConfigDocument server = configuration.server();
        try {
            List<Edit> edits = new ArrayList<>();
            for (String pool : pools) {
                PoolSwitch.off(server, pool).ifPresent(edits::add);
            }
            return edits.isEmpty() ? Optional.empty() : Optional.of(new Change(configuration.serverFile(),
                    Optional.of(server.bytes()), sound(server.with(edits))));
        } catch (Refusal e) {
            throw new Refusal(configuration.serverFile() + ": " + e.getMessage());
        }
    }

    /** What was made has to be understood like what was read. */
    private static byte[] sound(byte[] bytes) throws Refusal {
        return ConfigDocument.of(bytes).bytes();
    }

    private static void requireEffect(Configuration configuration, List<PublishedMitigation> wanted, List<Change> changes)
            throws Refusal {
        Map<Path, byte[]> changed = new HashMap<>();
        changes.forEach(c -> changed.put(c.file(), c.after()));
        List<Mitigation> then = configuration.mitigations(changed);
        for (PublishedMitigation each : wanted) {
            if (then.stream().noneMatch(m -> m.inForce() && m.cves().contains(each.cve()))) {
                throw new Refusal(each.name() + " would not stop " + each.cve() + ": " + then.stream()
                        .filter(m -> m.cves().contains(each.cve())).map(m -> m.name() + ": " + m.why()).findFirst()
                        .orElse("the configuration leads the requests another way"));
            }
        }
    }

    /** True if all is in force as it is. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    public List<Path> files() {
        return changes.stream().map(Change::file).toList();
    }

    /** What would change, line by line. */
    public String diff() {
        StringBuilder out = new StringBuilder();
        changes.forEach(c -> out.append(UnifiedDiff.of(c)));
        return out.toString();
    }

    Path root() {
        return root;
    }

    List<Change> changes() {
        return changes;
    }

    List<PublishedMitigation> mitigations() {
        return mitigations;
    }

    /** What is in force below a root now, and what only looks like it. @throws Refusal if it cannot be read */
    public static List<Mitigation> inForce(Path root) throws Refusal {
        return Configuration.below(root).mitigations(Map.of());
    }
}
