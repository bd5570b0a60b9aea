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

    PageCopies(RuleSet rules) {
        this.rules = rules;
    }

    /** @param server path on the server, {@code /} between names */
    private record Copy(HostScan.Host host, FileResult file, String server) {
        String lower() {
            return server.toLowerCase(Locale.ROOT);
        }

        /** Where the path below the product's folder begins; negative if it lies in none. */
        int tree() {
            return lower().lastIndexOf(INSTALLED);
        }

        String below() {
            return lower().substring(tree());
        }
    }

    /** The same hosts, with what the rules say of pages that differ. */
    List<HostScan.Host> compared(List<HostScan.Host> hosts) {
        Map<String, List<Copy>> pages = new TreeMap<>();
        hosts.forEach(host -> build(host).ifPresent(build -> collect(host, build, pages)));
        Map<FileResult, FileResult> changed = new IdentityHashMap<>();
        pages.values().forEach(copies -> compare(copies, changed));
        hosts.forEach(host -> compareTrees(host, changed));
        return changed.isEmpty() ? hosts : hosts.stream().map(host -> new HostScan.Host(host.name(), host.root(),
                host.files().stream().map(file -> changed.getOrDefault(file, file)).toList(), host.skipped())).toList();
    }

    /** The build that the server ran last. */
    private static Optional<String> build(HostScan.Host host) {
        return host.files().stream().flatMap(file -> file.observed().stream()).filter(o -> o.fact().equals(RecordSink.BUILD))
                .max(Comparator.comparing(FileResult.Observed::time)).map(FileResult.Observed::value);
    }

    private void collect(HostScan.Host host, String build, Map<String, List<Copy>> pages) {
        for (Copy page : products(host)) {
            pages.computeIfAbsent(build + page.below(), k -> new ArrayList<>()).add(page);
        }
    }

    private List<Copy> products(HostScan.Host host) {
        List<Copy> found = new ArrayList<>();
        for (FileResult file : host.files()) {
            Copy page = new Copy(host, file, host.relative(file.path()));
            if (file.source().equals(FileRecord.WEB_FILE) && !file.sha256().isEmpty() && page.tree() >= 0
                    && products.ships(page.lower()).equals("true")) {
                found.add(page);
            }
        }
        return found;
    }

    /** By the largest tree of the product on a server: what of it differs from another tree of the same build. */
    private void compareTrees(HostScan.Host host, Map<FileResult, FileResult> changed) {
        Map<String, Map<String, Copy>> trees = new TreeMap<>();
        products(host).forEach(p -> trees.computeIfAbsent(p.lower().substring(0, p.tree()), t -> new TreeMap<>()).put(p.below(), p));
        Optional<Map<String, Copy>> main = trees.values().stream().max(Comparator.comparing(Map::size));
        for (Map<String, Copy> other : trees.values()) {
            if (other == main.get()) {
                continue;
            }
            List<Copy> shared = main.get().values().stream().filter(p -> other.containsKey(p.below())).toList();
            List<Copy> differing = shared.stream()
                    .filter(p -> !p.file().sha256().equals(other.get(p.below()).file().sha256())).toList();
            if (shared.size() - differing.size() >= SAME && differing.size() <= OTHERWISE) {
                differing.forEach(p -> changed.put(p.file(), judged(changed.getOrDefault(p.file(), p.file()),
                        FileRecord.besideCopy(p.server(), p.file().size(), p.file().sha256(), other.get(p.below()).server()))));
            }
        }
    }

    private void compare(List<Copy> copies, Map<FileResult, FileResult> changed) {
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
                .forEach(c -> changed.put(c.file(), judged(c.file(), FileRecord.compared(c.server(), c.file().size(),
                        c.file().sha256(), usual.get().getKey(), usual.get().getValue().size()))));
    }

    private FileResult judged(FileResult file, FileRecord record) {
        List<Finding> findings = new ArrayList<>(file.findings());
        rules.evaluate(record, match -> {
            if (match.stands()) {
                findings.add(Told.of(file.path(), record, match));
            }
        });
        return file.withFindings(findings);
    }
}
