package dev.tidemark.posture;

import dev.tidemark.read.iisconfig.ConfigNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A web site of the server.
 *
 * @param root     the folder of its pages: lower case, {@code /} between names
 * @param frontEnd whether clients reach it: Exchange's other site only hears Exchange itself
 */
record Site(String name, String root, List<App> apps, boolean frontEnd) {
    private static final Set<String> CLIENT_PORTS = Set.of("80", "443");

    /** An application of the site other than its root. @param path {@code /owa} */
    record App(String path, String folder) {}

    /** What a server has of which nobody knows the configuration. */
    static final Site DEFAULT = new Site("Default Web Site", "c:/inetpub/wwwroot", List.of(), true);

    static Site of(ConfigNode site) {
        String root = "";
        List<App> apps = new ArrayList<>();
        for (ConfigNode app : site.children("application")) {
            String path = app.attribute("path", "/");
            String folder = app.children("virtualDirectory").stream()
                    .filter(d -> d.attribute("path", "/").equals("/")).findFirst()
                    .map(d -> folder(d.attribute("physicalPath", ""))).orElse("");
            if (path.equals("/")) {
                root = folder;
            } else {
                apps.add(new App(path, folder));
            }
        }
        return new Site(site.attribute("name", ""), root, List.copyOf(apps), serves(site, apps));
    }

    /** By the pages of Exchange's front end, or else by a port that clients use. */
    private static boolean serves(ConfigNode site, List<App> apps) {
        boolean pages = apps.stream().anyMatch(a -> a.folder().contains("/frontend/httpproxy"));
        return pages || site.all("bindings/binding").stream().anyMatch(b -> b.attribute("protocol", "").startsWith("http")
                && CLIENT_PORTS.contains(port(b.attribute("bindingInformation", ""))));
    }

    /** {@code address:port:host}; the address may hold colons itself. */
    private static String port(String binding) {
        int last = binding.lastIndexOf(':');
        int before = last <= 0 ? -1 : binding.lastIndexOf(':', last - 1);
        return last < 0 ? "" : binding.substring(before + 1, last);
    }

    private static String folder(String physicalPath) {
        String path = physicalPath.replace('\\', '/').toLowerCase(Locale.ROOT)
                .replace("%systemdrive%", "c:").replace("%systemroot%", "c:/windows").replace("%windir%", "c:/windows");
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** The application that a request goes to; empty for the root, or if the configuration names none. */
    Optional<App> app(RequestShape request) {
        String path = request.path().toLowerCase(Locale.ROOT);
        return apps.stream().filter(a -> path.equals(a.path().toLowerCase(Locale.ROOT))
                || path.startsWith(a.path().toLowerCase(Locale.ROOT) + "/"))
                .max(Comparator.comparingInt(a -> a.path().length()));
    }

    /** False if the site names its applications, and none of them takes the request. */
    boolean serves(RequestShape request) {
        return apps.isEmpty() || app(request).isPresent();
    }
}
