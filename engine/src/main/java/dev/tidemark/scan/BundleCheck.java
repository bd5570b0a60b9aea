package dev.tidemark.scan;

import dev.tidemark.model.Skipped;
import dev.tidemark.read.RecordSink;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds what a bundle has against what its manifest says. What differs, is missing or came later is told as not read: a
 * verdict must not rest on it in silence. Who can write both can make both agree; for that there is encryption.
 */
final class BundleCheck {
    private final HostScan.Host host;
    private final Map<String, FileResult> byPath = new HashMap<>();
    private final Map<String, List<Skipped>> more = new HashMap<>();
    private final List<Skipped> lost = new ArrayList<>();
    private final Set<String> listed = new HashSet<>();
    private final Set<String> bundles = new HashSet<>();

    private BundleCheck(HostScan.Host host) {
        this.host = host;
        host.files().forEach(f -> byPath.put(f.path(), f));
    }

    /** The host with what the manifests of its bundles say of it. */
    static HostScan.Host of(HostScan.Host host) {
        BundleCheck check = new BundleCheck(host);
        host.files().forEach(f -> f.observed().forEach(o -> check.take(f, o)));
        if (check.bundles.isEmpty()) {
            return host;
        }
        check.strangers();
        List<Skipped> skipped = new ArrayList<>(host.skipped());
        skipped.addAll(check.lost);
        return host.with(host.files().stream().map(check::told).toList(), skipped);
    }

    private void take(FileResult manifest, FileResult.Observed fact) {
        String folder = manifest.path().substring(0, manifest.path().lastIndexOf('/') + 1);
        if (fact.fact().equals(RecordSink.COLLECTED)) {
            String[] parts = fact.value().split(" ", 3);
            bundles.add(folder);
            listed.add(manifest.path());
            listed(folder + parts[2], parts[0], Long.parseLong(parts[1]));
        } else if (fact.fact().equals(RecordSink.NOT_COLLECTED)) {
            String[] parts = fact.value().split(" ", 2);
            int line = parts[1].indexOf('\n');
            lost.add(new Skipped(folder + parts[1].substring(0, line), Long.parseLong(parts[0]),
                    "was not collected: " + parts[1].substring(line + 1)));
        }
    }

    private void listed(String path, String sha256, long size) {
        listed.add(path);
        FileResult file = byPath.get(path);
        if (file == null) {
            lost.add(new Skipped(path, size, "the bundle's manifest lists it, but the bundle does not hold it"));
        } else if (!file.sha256().isEmpty() && !file.sha256().equals(sha256)) {
            more.computeIfAbsent(path, p -> new ArrayList<>()).add(new Skipped(path, "its bytes are not those that were"
                    + " collected: the bundle's manifest has SHA-256 " + sha256 + ", they have " + file.sha256()));
        }
    }

    /** Files that lie in a bundle and are not in its manifest. */
    private void strangers() {
        for (FileResult file : host.files()) {
            boolean inBundle = bundles.stream().anyMatch(b -> file.path().startsWith(b)
                    && !file.path().substring(b.length()).contains("!/"));
            if (inBundle && !listed.contains(file.path())) {
                more.computeIfAbsent(file.path(), p -> new ArrayList<>()).add(new Skipped(file.path(), Skipped.NONE,
                        "the bundle's manifest does not list it: it was put in later"));
            }
        }
    }

    private FileResult told(FileResult file) {
        List<Skipped> add = more.getOrDefault(file.path(), List.of());
        return add.isEmpty() ? file : file.withSkipped(add);
    }
}
