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
 * Compares the product's own pages of servers that run the same build: where all others agree, the one that has a page
 * otherwise is the one on which it was changed. Needs three servers; of two that differ nobody can say which is right.
 */
final class PageCopies {
    /** Servers that have to agree. */
    private static final int LEAST = 2;
    private static final String INSTALLED = "/v15/";

    private final RuleSet rules;
    private final ProductPages products = ProductPages.bundled();

    PageCopies(RuleSet rules) {
        this.rules = rules;
    }

    private record Copy(HostScan.Host host, FileResult file, String server) {}

    /** The same hosts, with what the rules say of pages that differ. */
    List<HostScan.Host> compared(List<HostScan.Host> hosts) {
        Map<String, List<Copy>> pages = new TreeMap<>();
        hosts.forEach(host -> build(host).ifPresent(build -> collect(host, build, pages)));
        Map<FileResult, FileResult> changed = new IdentityHashMap<>();
        pages.values().forEach(copies -> compare(copies, changed));
        return changed.isEmpty() ? hosts : hosts.stream().map(host -> new HostScan.Host(host.name(), host.root(),
                host.files().stream().map(file -> changed.getOrDefault(file, file)).toList(), host.skipped())).toList();
    }

    /** The build that the server ran last. */
    private static Optional<String> build(HostScan.Host host) {
        return host.files().stream().flatMap(file -> file.observed().stream()).filter(o -> o.fact().equals(RecordSink.BUILD))
                .max(Comparator.comparing(FileResult.Observed::time)).map(FileResult.Observed::value);
    }

    private void collect(HostScan.Host host, String build, Map<String, List<Copy>> pages) {
        for (FileResult file : host.files()) {
            String server = host.relative(file.path());
            String lower = server.toLowerCase(Locale.ROOT);
            int below = lower.indexOf(INSTALLED);
            if (file.source().equals(FileRecord.WEB_FILE) && !file.sha256().isEmpty() && below >= 0
                    && products.ships(lower).equals("true")) {
                pages.computeIfAbsent(build + lower.substring(below), k -> new ArrayList<>()).add(new Copy(host, file, server));
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
                .forEach(c -> changed.put(c.file(), judged(c, usual.get().getKey(), usual.get().getValue().size())));
    }

    private FileResult judged(Copy copy, String usual, int agree) {
        FileRecord record = FileRecord.compared(copy.server(), copy.file().size(), copy.file().sha256(), usual, agree);
        List<Finding> findings = new ArrayList<>(copy.file().findings());
        rules.evaluate(record, match -> {
            if (match.stands()) {
                findings.add(Told.of(copy.file().path(), record, match));
            }
        });
        return copy.file().withFindings(findings);
    }
}
