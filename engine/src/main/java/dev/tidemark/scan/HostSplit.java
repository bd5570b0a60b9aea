package dev.tidemark.scan;

import dev.tidemark.acquire.FrontEndPlaces;
import dev.tidemark.acquire.HostFinder;
import dev.tidemark.acquire.HostRoot;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.RecordSink;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What one root held, host by host.
 *
 * @param besides what belongs to no host: it is part of the run, and no verdict rests on it
 */
record HostSplit(List<HostScan.Host> hosts, HostScan.Host besides) {
    HostSplit {
        hosts = List.copyOf(hosts);
    }

    static HostSplit of(Path root, List<FileResult> files, List<Skipped> skipped) {
        String evidence = HostFinder.nameOf(root, HostRoot.WHOLE);
        Owners found = new Owners(find(files), evidence);
        Owners owners = found.lostAHost(files, skipped) ? found.withTheRest() : found;
        Map<HostRoot, String> names = HostFinder.namesOf(root, owners.roots());
        Map<Optional<HostRoot>, List<FileResult>> byOwner = files.stream()
                .collect(Collectors.groupingBy(f -> HostFinder.owner(f.path(), owners.roots())));
        List<HostScan.Host> hosts = new ArrayList<>();
        for (HostRoot host : owners.roots()) {
            hosts.add(new HostScan.Host(names.get(host), host, byOwner.getOrDefault(Optional.of(host), List.of()),
                    skipped.stream().filter(s -> owners.concerns(s, host)).toList()));
        }
        return new HostSplit(hosts, new HostScan.Host(evidence, HostRoot.WHOLE,
                byOwner.getOrDefault(Optional.empty(), List.of()), skipped.stream().filter(owners::leaves).toList()));
    }

    private static List<HostRoot> find(List<FileResult> files) {
        Map<String, String> sources = new HashMap<>();
        Map<String, String> servers = new HashMap<>();
        for (FileResult file : files) {
            if (!file.source().isEmpty()) {
                sources.put(file.path(), file.source());
            }
            file.observed().stream().filter(o -> o.fact().equals(RecordSink.SERVER)).findFirst()
                    .ifPresent(o -> servers.put(file.path(), o.value()));
        }
        return HostFinder.find(files.stream().map(FileResult::path).toList(), sources, servers);
    }

    /**
     * Which host what belongs to.
     *
     * @param evidence what the root is called: a loss with that path is one of the root itself
     */
    private record Owners(List<HostRoot> roots, String evidence) {
        boolean leaves(FileResult file) {
            return HostFinder.owner(file.path(), roots).isEmpty();
        }

        boolean leaves(Skipped loss) {
            return roots.stream().noneMatch(host -> concerns(loss, host));
        }

        /** What was lost of a folder or an archive concerns every host in it; of a file, the one that owns it. */
        boolean concerns(Skipped loss, HostRoot host) {
            if (holds(loss, host)) {
                return true;
            }
            return HostFinder.owner(loss.path(), roots).filter(host::equals).isPresent()
                    && roots.stream().noneMatch(other -> holds(loss, other));
        }

        private boolean holds(Skipped loss, HostRoot host) {
            String path = loss.path();
            return path.equals("./") || path.equals(evidence) || host.prefix().startsWith(path + "!/")
                    || path.endsWith("/") && host.prefix().startsWith(path) && !host.prefix().equals(path);
        }

        /** True if something was lost that lies with no host and may have been one: it must not vanish among the others. */
        boolean lostAHost(List<FileResult> files, List<Skipped> skipped) {
            return skipped.stream().filter(this::leaves).anyMatch(Owners::canBeAHost)
                    || files.stream().filter(this::leaves).flatMap(f -> f.skipped().stream()).anyMatch(Owners::canBeAHost);
        }

        private static boolean canBeAHost(Skipped loss) {
            return loss.bytes() != Skipped.NONE && FrontEndPlaces.canHold(loss.path());
        }

        Owners withTheRest() {
            List<HostRoot> all = new ArrayList<>(List.of(HostRoot.WHOLE));
            all.addAll(roots);
            return new Owners(List.copyOf(all), evidence);
        }
    }
}
