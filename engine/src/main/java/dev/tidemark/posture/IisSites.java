package dev.tidemark.posture;

import dev.tidemark.read.iisconfig.ConfigNode;
import dev.tidemark.read.iisconfig.ConfigXml;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The sites of a server and the rewrite rules that a request meets on its way, from the server's configuration down to
 * that of the folder.
 *
 * <p>Source: Microsoft Learn, "URL Rewrite Module Configuration Reference", "Evaluation of rewrite rules"; "Getting
 * Started with Configuration in IIS 7 and Above", on inheritance.
 */
final class IisSites {
    private static final String RULES = "system.webServer/rewrite/rules";

    /** A file with its tree. */
    private record Parsed(ConfigFile file, ConfigNode root) {}

    private final Optional<Parsed> server;
    private final List<Parsed> folders;
    private final List<Site> sites;

    private IisSites(Optional<Parsed> server, List<Parsed> folders, List<Site> sites) {
        this.server = server;
        this.folders = folders;
        this.sites = sites;
    }

    static IisSites of(List<ConfigFile> files) {
        List<Parsed> parsed = new ArrayList<>();
        files.stream().sorted(Comparator.comparing(ConfigFile::place)).forEach(f ->
                ConfigXml.parse(f.xml()).root().ifPresent(root -> parsed.add(new Parsed(f, root))));
        Optional<Parsed> server = parsed.stream().filter(p -> p.file().isServers())
                .min(Comparator.comparing(p -> !p.file().windowsPath().contains("inetsrv/config/")));
        List<Site> sites = server.map(s -> s.root().all("system.applicationHost/sites/site").stream().map(Site::of)
                .toList()).filter(s -> !s.isEmpty()).orElse(List.of(Site.DEFAULT));
        return new IisSites(server,
                parsed.stream().filter(p -> p.file().windowsPath().endsWith("web.config")).toList(), sites);
    }

    List<Site> frontEnd() {
        return sites.stream().filter(Site::frontEnd).toList();
    }

    Optional<ConfigFile> serverFile() {
        return server.map(Parsed::file);
    }

    /** The pools that do not start with the server. */
    List<String> poolsAtRest() {
        return server.stream().flatMap(s -> s.root().all("system.applicationHost/applicationPools/add").stream())
                .filter(pool -> !pool.flag("autoStart", true)).map(pool -> pool.attribute("name", "")).toList();
    }

    /** The rules that a request meets, in the order in which they are asked. */
    List<PlacedRule> rulesFor(Site site, RequestShape request) {
        List<PlacedRule> rules = new ArrayList<>();
        server.ifPresent(s -> s.root().all("system.webServer/rewrite/globalRules/rule")
                .forEach(r -> rules.add(new PlacedRule(RewriteRule.of(r), s.file(), "", "/"))));
        Optional<Site.App> app = site.app(request);
        String path = app.map(Site.App::path).orElse("");
        server.ifPresent(s -> {
            add(s, s.root().all(RULES), "", "/", rules);
            for (String scope : List.of("", site.name(), site.name() + path)) {
                boolean inherited = !path.isEmpty() && !scope.endsWith(path);
                add(s, located(s.root(), scope, inherited), scope.isEmpty() ? "" : site.name(), "/", rules);
                if (scope.equals(site.name() + path)) {
                    break;
                }
            }
        });
        folderOf(site.root()).ifPresent(f -> folder(f, site, "/", path, rules));
        app.flatMap(a -> folderOf(a.folder())).ifPresent(f -> folder(f, site, path, path, rules));
        return rules;
    }

    private Optional<Parsed> folderOf(String folder) {
        return folders.stream().filter(f -> f.file().liesIn(folder)).findFirst();
    }

    private static void folder(Parsed file, Site site, String at, String app, List<PlacedRule> rules) {
        boolean inherited = at.equals("/") && !app.isEmpty();
        add(file, file.root().all(RULES), site.name(), at, rules);
        add(file, located(file.root(), "", inherited), site.name(), at, rules);
        if (inherited) {
            add(file, located(file.root(), app.substring(1), false), site.name(), app, rules);
        }
    }

    /** Rules in {@code <location>} elements for that path; those that are not inherited do not reach an application. */
    private static List<ConfigNode> located(ConfigNode root, String path, boolean inherited) {
        List<ConfigNode> found = new ArrayList<>();
        for (ConfigNode location : root.children("location")) {
            String its = location.attribute("path", "").strip();
            boolean same = (its.equals(".") ? "" : its).toLowerCase(Locale.ROOT).equals(path.toLowerCase(Locale.ROOT));
            if (same && (!inherited || location.flag("inheritInChildApplications", true))) {
                found.addAll(location.all(RULES));
            }
        }
        return found;
    }

    /** A section's rules join those that came before; it may clear these, or remove one by its name. */
    private static void add(Parsed file, List<ConfigNode> sections, String site, String folder,
            List<PlacedRule> rules) {
        for (ConfigNode section : sections) {
            for (ConfigNode child : section.children()) {
                switch (child.name()) {
                    case "clear" -> rules.clear();
                    case "remove" -> rules.removeIf(r -> r.rule().name().equals(child.attribute("name", "")));
                    case "rule" -> rules.add(new PlacedRule(RewriteRule.of(child), file.file(), site, folder));
                    default -> { }
                }
            }
        }
    }

    /** Every rule in any file, to say of one that stops nothing why it does not. */
    List<PlacedRule> allRules() {
        List<PlacedRule> rules = new ArrayList<>();
        List<Parsed> all = new ArrayList<>(server.stream().toList());
        all.addAll(folders);
        for (Parsed file : all) {
            file.root().all(RULES + "/rule").forEach(r -> rules.add(placed(r, file, "")));
            file.root().children("location").forEach(l -> l.all(RULES + "/rule")
                    .forEach(r -> rules.add(placed(r, file, l.attribute("path", "")))));
        }
        return rules;
    }

    private PlacedRule placed(ConfigNode rule, Parsed file, String location) {
        String site = file.file().isServers() ? location.split("/", 2)[0] : siteOf(file.file());
        return new PlacedRule(RewriteRule.of(rule), file.file(), site, "/");
    }

    /** The site whose pages lie where the file does; {@code ?} if none is known. */
    private String siteOf(ConfigFile file) {
        return sites.stream().filter(s -> file.liesIn(s.root()) || s.apps().stream().anyMatch(a -> file.liesIn(a.folder())))
                .findFirst().map(Site::name).orElse("?");
    }

    /** Why no rewrite rule works on the way of this request; empty if nothing speaks against it. */
    Optional<String> withoutModule(Site site, RequestShape request) {
        List<ConfigNode> images = serverNodes("globalModules/add");
        Optional<ConfigNode> module = images.stream().filter(m -> m.attribute("image", "").toLowerCase(Locale.ROOT)
                .strip().endsWith("rewrite.dll")).findFirst();
        if (!images.isEmpty() && module.isEmpty()) {
            return Optional.of("the URL Rewrite module (rewrite.dll) is not among the server's globalModules");
        }
        List<ConfigNode> used = serverNodes("modules/add");
        if (module.isPresent() && !used.isEmpty() && used.stream()
                .noneMatch(m -> m.attribute("name", "").equals(module.get().attribute("name", "")))) {
            return Optional.of("the URL Rewrite module is loaded, but not among the modules that requests pass");
        }
        List<Parsed> way = new ArrayList<>(folderOf(site.root()).stream().toList());
        site.app(request).flatMap(a -> folderOf(a.folder())).ifPresent(way::add);
        boolean removed = way.stream().anyMatch(f -> f.root().all("system.webServer/modules/remove").stream()
                .anyMatch(m -> m.attribute("name", "").equals("RewriteModule")));
        return removed ? Optional.of("a web.config on the way removes the URL Rewrite module") : Optional.empty();
    }

    /** True if the configuration says which modules are loaded: an excerpt may not. */
    boolean namesModules() {
        return !serverNodes("globalModules/add").isEmpty();
    }

    /** What the server's configuration has for all sites, below {@code system.webServer}. */
    private List<ConfigNode> serverNodes(String path) {
        List<ConfigNode> nodes = new ArrayList<>();
        server.ifPresent(s -> {
            nodes.addAll(s.root().all("system.webServer/" + path));
            s.root().children("location").stream().filter(l -> l.attribute("path", "").isEmpty())
                    .forEach(l -> nodes.addAll(l.all("system.webServer/" + path)));
        });
        return nodes;
    }

    /** What the configuration says of extended protection in the folders of the front end, one word a folder. */
    List<String> tokenChecking() {
        List<String> words = new ArrayList<>();
        for (Site site : frontEnd()) {
            server.ifPresent(s -> s.root().children("location").stream()
                    .filter(l -> l.attribute("path", "").startsWith(site.name() + "/"))
                    .flatMap(l -> l.all("system.webServer/security/authentication/windowsAuthentication/"
                            + "extendedProtection").stream())
                    .forEach(e -> words.add(e.attribute("tokenChecking", "None"))));
        }
        return words;
    }
}
