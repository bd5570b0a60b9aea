package dev.tidemark.acquire;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides which hosts a root holds, by what lies in it and never by what a folder is called.
 *
 * <ol>
 * <li>Each folder (or archive) in which a server's tree begins is a host; the drives of one server lie side by side
 *     and so share it.
 * <li>Logs outside such a tree belong to the host whose folder holds them.
 * <li>Logs that lie loose are one host, unless folders side by side hold logs of different servers.
 * <li>One host alone is the whole root.
 * </ol>
 */
public final class HostFinder {
    private static final List<String> MARKERS = List.of("inetpub/logs/logfiles/", "/logging/httpproxy/",
            "windows/system32/winevt/logs/", "windows/system32/config/", "/frontend/httpproxy/", "/logging/ecp/",
            "windows/system32/inetsrv/", "inetpub/wwwroot/");

    private HostFinder() {}

    /**
     * The hosts of one root, sorted by prefix; at least one. Every path with a source belongs to one of them.
     *
     * @param paths   all files handed on from this root
     * @param sources source by path, for the files whose content was recognised
     * @param servers the name that a server gives itself in a file, by path, where known
     */
    public static List<HostRoot> find(Collection<String> paths, Map<String, String> sources,
            Map<String, String> servers) {
        Map<String, Set<String>> hosts = new TreeMap<>(); // prefix to names that the servers give themselves
        List<String> loose = new ArrayList<>();
        for (String path : paths) {
            boolean known = !sources.getOrDefault(path, "").isEmpty();
            List<String> names = EvidenceNames.names(path);
            EvidenceNames.Anchor anchor = EvidenceNames.anchor(names);
            boolean tree = anchor != null && (known || anchor.drive() != 0 || isMarked(names));
            if (tree) {
                Set<String> own = hosts.computeIfAbsent(prefix(path, anchor.machine()), p -> new TreeSet<>());
                server(path, servers).ifPresent(own::add);
            } else if (known) {
                loose.add(path);
            }
        }
        if (hosts.isEmpty()) {
            splitByServer("", loose, servers, hosts);
        } else {
            adopt(loose, servers, hosts);
        }
        return result(hosts.keySet(), sources.keySet());
    }

    /** The host that a path belongs to: the innermost that holds it. */
    public static Optional<HostRoot> owner(String path, Collection<HostRoot> hosts) {
        return hosts.stream().filter(host -> host.holds(path))
                .max(Comparator.comparingInt(host -> host.prefix().length()));
    }

    /** The path below its host's root. */
    public static String relative(String path, HostRoot host) {
        if (!host.holds(path)) {
            throw new IllegalArgumentException("'" + path + "' does not lie below '" + host.prefix() + "'");
        }
        return path.substring(host.prefix().length());
    }

    /** What the evidence folder or archive is called, with its suffix; {@code host} if it has no name. */
    public static String nameOf(Path root, HostRoot host) {
        if (!host.prefix().isEmpty()) {
            String folder = host.prefix().substring(0, host.prefix().length() - 1);
            String last = folder.substring(folder.lastIndexOf('/') + 1);
            return last.endsWith("!") ? last.substring(0, last.length() - 1) : last;
        }
        String name = fileName(root.normalize());
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            try {
                name = fileName(root.toRealPath());
            } catch (java.io.IOException | SecurityException e) {
                name = fileName(root.toAbsolutePath().normalize());
            }
        }
        return name.isEmpty() ? "host" : SafeNames.ofDisk(name);
    }

    /** Names of all hosts of one root; where two share a folder's name, the folders in front are part of it. */
    public static Map<HostRoot, String> namesOf(Path root, Collection<HostRoot> hosts) {
        Map<String, Integer> uses = new HashMap<>();
        hosts.forEach(host -> uses.merge(nameOf(root, host), 1, Integer::sum));
        Map<HostRoot, String> names = new LinkedHashMap<>();
        Set<String> taken = new TreeSet<>();
        for (HostRoot host : hosts) {
            String name = nameOf(root, host);
            if (uses.get(name) > 1 && !host.prefix().isEmpty()) {
                name = host.prefix().substring(0, host.prefix().length() - 1).replace("!/", "/");
                name = name.endsWith("!") ? name.substring(0, name.length() - 1) : name;
            }
            String unique = name;
            for (int n = 2; !taken.add(unique); n++) {
                unique = name + "#" + n;
            }
            names.put(host, unique);
        }
        return names;
    }

    private static String fileName(Path path) {
        return path.getFileName() == null ? "" : path.getFileName().toString();
    }

    private static boolean isMarked(List<String> names) {
        String path = "/" + String.join("/", names);
        return MARKERS.stream().anyMatch(path::contains);
    }

    /** The first {@code count} names of a path, as a prefix. */
    private static String prefix(String path, int count) {
        int end = 0;
        for (int i = 0; i < count; i++) {
            end = path.indexOf('/', end) + 1;
        }
        return path.substring(0, end);
    }

    private static Optional<String> server(String path, Map<String, String> servers) {
        String name = servers.getOrDefault(path, "");
        return name.isEmpty() ? Optional.empty() : Optional.of(name.toLowerCase(java.util.Locale.ROOT));
    }

    /** Gives each loose log to a host, widening a host's folder where it is the only one below the same top folder. */
    private static void adopt(List<String> loose, Map<String, String> servers, Map<String, Set<String>> hosts) {
        Map<String, List<String>> homeless = new TreeMap<>();
        for (String path : loose) {
            Optional<String> holder = innermost(path, hosts.keySet());
            Optional<String> name = server(path, servers);
            boolean stranger = holder.isPresent() && name.isPresent() && !hosts.get(holder.get()).isEmpty()
                    && !hosts.get(holder.get()).contains(name.get());
            if (holder.isEmpty() || stranger) {
                String top = top(path, holder.orElse(""));
                homeless.computeIfAbsent(top, t -> new ArrayList<>()).add(path);
            }
        }
        homeless.forEach((top, files) -> {
            List<String> below = hosts.keySet().stream().filter(h -> h.startsWith(top)).toList();
            Set<String> names = namesIn(files, servers);
            boolean onlyTopHost = hosts.size() == 1;
            if (below.size() == 1 && !hosts.containsKey(top) && agree(hosts.get(below.get(0)), names)) {
                Set<String> own = hosts.remove(below.get(0));
                own.addAll(names);
                hosts.put(top, own);
            } else if (onlyTopHost && agree(hosts.values().iterator().next(), names)) {
                Set<String> own = hosts.values().iterator().next();
                hosts.clear();
                own.addAll(names);
                hosts.put("", own);
            } else {
                splitByServer(top, files, servers, hosts);
            }
        });
    }

    private static boolean agree(Set<String> some, Set<String> others) {
        return some.isEmpty() || others.isEmpty() || some.containsAll(others);
    }

    private static Optional<String> innermost(String path, Collection<String> prefixes) {
        return prefixes.stream().filter(path::startsWith).max(Comparator.comparingInt(String::length));
    }

    /** The folder right below {@code prefix} in which the path lies; {@code prefix} if it lies there itself. */
    private static String top(String path, String prefix) {
        int slash = path.indexOf('/', prefix.length());
        return slash < 0 ? prefix : path.substring(0, slash + 1);
    }

    private static Set<String> namesIn(Collection<String> paths, Map<String, String> servers) {
        Set<String> names = new TreeSet<>();
        paths.forEach(path -> server(path, servers).ifPresent(names::add));
        return names;
    }

    private static void splitByServer(String prefix, List<String> paths, Map<String, String> servers,
            Map<String, Set<String>> hosts) {
        Set<String> all = namesIn(paths, servers);
        Map<String, List<String>> folders = new TreeMap<>();
        paths.forEach(path -> folders.computeIfAbsent(top(path, prefix), t -> new ArrayList<>()).add(path));
        int sum = folders.values().stream().mapToInt(files -> namesIn(files, servers).size()).sum();
        boolean loose = folders.containsKey(prefix);
        if (all.size() < 2 || loose || sum > all.size()) {
            hosts.computeIfAbsent(prefix, p -> new TreeSet<>()).addAll(all);
            return;
        }
        folders.forEach((folder, files) -> splitByServer(folder, files, servers, hosts));
    }

    private static List<HostRoot> result(Set<String> prefixes, Collection<String> known) {
        Set<String> all = new TreeSet<>(prefixes);
        if (all.size() > 1 && known.stream().anyMatch(path -> innermost(path, prefixes).isEmpty())) {
            all.add("");
        }
        if (all.size() <= 1) {
            return List.of(HostRoot.WHOLE);
        }
        return all.stream().map(HostRoot::new).toList();
    }
}
