package dev.tidemark.scan;

import dev.tidemark.detect.RuleSet;
import dev.tidemark.model.Finding;
import dev.tidemark.read.ProductPages;
import dev.tidemark.read.RecordSink;
import dev.tidemark.read.file.FileRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Compares the product's own pages with other copies of them. Of servers that run the same build: where all others agree, the
 * one that has a page otherwise is the one on which it was changed; that needs three servers, since of two that differ nobody
 * can say which is right. And with a copy of the product that lies on the same server, such as a backup, if it is of the same
 * build: if nearly all pages are the same.
 */
final class PageCopies {
    /** Servers that have to agree. */
    private static final int LEAST = 2;
    private static final String INSTALLED = "/v15/";
    /** Pages that have to be the same in two trees of one build, and of which so many may differ. */
    private static final int SAME = 5;
    private static final int OTHERWISE = 3;

    private final RuleSet rules;
    private final ProductPages products = ProductPages.bundled();
    private final Map<FileResult, FileResult> changed = new IdentityHashMap<>();

    private PageCopies(RuleSet rules) {
        this.rules = rules;
    }

    /**
     * A page in a tree of the product.
     *
     * @param server path on the server, {@code /} between names
     * @param tree   the same in lower case, up to the tree's folder
     * @param below  the rest
     */
    private record Copy(HostScan.Host host, FileResult file, String server, String tree, String below) {}

    /** The same hosts, with what the rules say of pages that differ. */
    static List<HostScan.Host> compared(RuleSet rules, List<HostScan.Host> hosts) {
        List<Copy> served = hosts.stream().flatMap(host -> served(host).stream()).toList();
        if (served.isEmpty()) {
            return hosts;
        }
        PageCopies copies = new PageCopies(rules);
        copies.compare(served);
        return hosts.stream().map(host -> host.with(host.files().stream()
                .map(file -> copies.changed.getOrDefault(file, file)).toList(), host.skipped())).toList();
    }

    private static List<Copy> served(HostScan.Host host) {
        List<Copy> found = new ArrayList<>();
        for (FileResult file : host.files()) {
            if (file.source().equals(FileRecord.WEB_FILE) && !file.sha256().isEmpty()) {
                String server = host.relative(file.path());
                String lower = server.toLowerCase(Locale.ROOT);
                int below = lower.lastIndexOf(INSTALLED);
                if (below >= 0) {
                    found.add(new Copy(host, file, server, lower.substring(0, below), lower.substring(below)));
                }
            }
        }
        return found;
    }

    private void compare(List<Copy> served) {
        Map<String, List<Copy>> byBuild = new TreeMap<>();
        Map<HostScan.Host, List<Copy>> byHost = new IdentityHashMap<>();
        served.stream().filter(c -> products.ships(c.tree() + c.below()).equals("true"))
                .forEach(c -> byHost.computeIfAbsent(c.host(), h -> new ArrayList<>()).add(c));
        byHost.forEach((host, pages) -> build(host).ifPresent(build -> pages.forEach(
                page -> byBuild.computeIfAbsent(build + page.below(), k -> new ArrayList<>()).add(page))));
        byBuild.values().forEach(this::compareServers);
        byHost.values().forEach(this::compareTrees);
    }

    /** The build that the server ran last. */
    private static Optional<String> build(HostScan.Host host) {
        return host.files().stream().flatMap(file -> file.observed().stream()).filter(o -> o.fact().equals(RecordSink.BUILD))
                .max(Comparator.comparing(FileResult.Observed::time)).map(FileResult.Observed::value);
    }

    /** By the largest tree of the product on a server: what of it differs from another tree of the same build. */
    private void compareTrees(List<Copy> pages) {
        Map<String, Map<String, Copy>> trees = new TreeMap<>();
        pages.forEach(p -> trees.computeIfAbsent(p.tree(), t -> new TreeMap<>()).put(p.below(), p));
        Map<String, Copy> main = trees.values().stream().max(Comparator.comparing(Map::size)).orElseThrow();
        trees.values().removeIf(tree -> tree == main);
        Map<Copy, Copy> others = new LinkedHashMap<>();
        for (Map<String, Copy> tree : trees.values()) {
            List<Copy> shared = main.values().stream().filter(p -> tree.containsKey(p.below())).toList();
            List<Copy> differing = shared.stream().filter(p -> !sameAs(p, tree.get(p.below()))).toList();
            if (shared.size() - differing.size() >= SAME && differing.size() <= OTHERWISE) {
                differing.forEach(p -> others.putIfAbsent(p, tree.get(p.below())));
            }
        }
        others.forEach((page, other) -> judge(page, FileRecord.besideCopy(page.server(), page.file().size(),
                page.file().sha256(), other.server())));
    }

    private static boolean sameAs(Copy one, Copy other) {
        return one.file().sha256().equals(other.file().sha256());
    }

    private void compareServers(List<Copy> copies) {
        Map<String, Set<String>> servers = new HashMap<>();
        copies.forEach(c -> servers.computeIfAbsent(c.file().sha256(), h -> new HashSet<>()).add(c.host().name()));
        Optional<Map.Entry<String, Set<String>>> usual = servers.entrySet().stream()
                .max(Comparator.comparing(e -> e.getValue().size()));
        boolean clear = usual.isPresent() && usual.get().getValue().size() >= LEAST && servers.entrySet().stream()
                .allMatch(e -> e.equals(usual.get()) || e.getValue().size() == 1);
        // servers of which most differ from each other were branded, each for itself
        if (!clear || servers.size() - 1 > usual.get().getValue().size() / LEAST) {
            return;
        }
        copies.stream().filter(c -> !c.file().sha256().equals(usual.get().getKey()))
                .forEach(c -> judge(c, FileRecord.compared(c.server(), c.file().size(), c.file().sha256(),
                        usual.get().getKey(), usual.get().getValue().size())));
    }

    private void judge(Copy page, FileRecord record) {
        FileResult file = changed.getOrDefault(page.file(), page.file());
        List<Finding> findings = new ArrayList<>(file.findings());
        findings.addAll(Told.standing(rules, file.path(), record));
        changed.put(page.file(), file.withFindings(findings));
    }
}
