package dev.tidemark.mitigate;

import dev.tidemark.model.Place;
import dev.tidemark.model.Posture.Mitigation;
import dev.tidemark.posture.BuildTable;
import dev.tidemark.posture.ConfigFile;
import dev.tidemark.posture.MitigationTable;
import dev.tidemark.posture.PostureReader;
import dev.tidemark.posture.Site;
import dev.tidemark.read.iisconfig.ConfigNode;
import dev.tidemark.read.iisconfig.ConfigXml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The configuration below a root: the server's, its sites', and that of the applications of its front end. */
final class Configuration {
    static final String SERVER = "c:/windows/system32/inetsrv/config/applicationhost.config";
    private static final int MOST_BYTES = 8 << 20;

    private final ServerRoot root;
    private final Path serverFile;
    private final ConfigDocument server;
    private final ConfigNode tree;
    private final List<Site> frontEnd;

    private Configuration(ServerRoot root, Path serverFile, ConfigDocument server) throws Refusal {
        this.root = root;
        this.serverFile = serverFile;
        this.server = server;
        this.tree = ConfigXml.parse(server.text()).root().orElseThrow();
        this.frontEnd = Site.frontEnd(tree);
        if (frontEnd.isEmpty()) {
            throw new Refusal(serverFile + " names no site that clients of Exchange reach");
        }
    }

    static Configuration below(Path path) throws Refusal {
        ServerRoot root = ServerRoot.of(path);
        Path file = root.find(SERVER).orElseThrow();
        root.requireInside(file);
        return new Configuration(root, file, document(file));
    }

    /** @throws Refusal if the file cannot be read or is not understood; the message names it */
    static ConfigDocument document(Path file) throws Refusal {
        try {
            return ConfigDocument.of(bytes(file));
        } catch (Refusal e) {
            throw new Refusal(file + ": " + e.getMessage());
        }
    }

    static byte[] bytes(Path file) throws Refusal {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new Refusal(file + " has more than " + MOST_BYTES + " bytes, as no configuration has");
            }
            return bytes;
        } catch (IOException e) {
            throw new Refusal("cannot read " + file + ": " + e.getMessage());
        }
    }

    Path serverFile() {
        return serverFile;
    }

    ConfigDocument server() {
        return server;
    }

    List<Site> frontEnd() {
        return frontEnd;
    }

    /** The site's configuration, which need not be there; its folder has to. */
    Path siteFile(Site site) throws Refusal {
        Path folder = root.find(site.root()).filter(Files::isDirectory).orElseThrow(() -> new Refusal("the pages of the site '"
                + site.name() + "' lie in " + site.root() + ", which is not below " + root.path()));
        Path file = root.find(site.root() + "/web.config").orElse(folder.resolve("web.config"));
        root.requireInside(file);
        return file;
    }

    /** Without the module a rewrite rule does nothing; without its section, IIS answers each request with an error. */
    void requireRewriteModule() throws Refusal {
        boolean loaded = tree.all("system.webServer/globalModules/add").stream()
                .anyMatch(m -> m.attribute("image", "").toLowerCase(Locale.ROOT).endsWith("rewrite.dll"));
        Optional<ConfigNode> section = tree.all("configSections/sectionGroup/sectionGroup/section").stream()
                .filter(s -> s.attribute("name", "").equals("rules")).findFirst();
        if (!loaded || section.isEmpty()) {
            throw new Refusal("the URL Rewrite module is not installed (" + serverFile + " does not name "
                    + (loaded ? "its section" : "rewrite.dll") + "): install it first, then IIS can understand the rules");
        }
        boolean locked = section.get().attribute("overrideModeDefault", "Allow").equals("Deny")
                || section.get().attribute("allowDefinition", "Everywhere").equals("AppHostOnly");
        boolean denied = tree.children("location").stream().anyMatch(l -> l.attribute("overrideMode", "").equals("Deny")
                && !l.all("system.webServer/rewrite").isEmpty());
        if (locked || denied) {
            throw new Refusal(serverFile + " does not let a site have rewrite rules of its own");
        }
    }

    /**
     * What stands against the known flaws, were these files as given.
     *
     * @param changed what they would hold; a file that is not in it is read
     */
    List<Mitigation> mitigations(Map<Path, byte[]> changed) throws Refusal {
        List<ConfigFile> files = new ArrayList<>();
        files.add(file(SERVER, serverFile, changed));
        Set<String> folders = new LinkedHashSet<>();
        for (Site site : frontEnd) {
            folders.add(site.root());
            site.apps().forEach(app -> folders.add(app.folder()));
        }
        for (String folder : folders) {
            String name = folder + "/web.config";
            Optional<Path> there = root.find(name).or(() -> root.find(folder).map(f -> f.resolve("web.config"))
                    .filter(changed::containsKey));
            if (there.isPresent()) {
                files.add(file(name, there.get(), changed));
            }
        }
        return new PostureReader(BuildTable.bundled(), MitigationTable.bundled()).read(
                new PostureReader.Facts(List.of(), files, Optional.empty(), Optional.empty())).mitigations();
    }

    private static ConfigFile file(String name, Path file, Map<Path, byte[]> changed) throws Refusal {
        byte[] bytes = changed.containsKey(file) ? changed.get(file) : bytes(file);
        return new ConfigFile(name, Place.ofFile(file.toString()), written(file), ConfigXml.text(bytes));
    }

    private static Optional<Instant> written(Path file) {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
