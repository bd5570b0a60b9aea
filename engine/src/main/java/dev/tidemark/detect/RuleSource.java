package dev.tidemark.detect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A rule file, or a file of tests beside one, as it was found.
 *
 * @param name    path as messages show it, {@code /} between names; what follows the last {@code /} is the file name
 * @param content UTF-8, one or more YAML documents; not to be changed
 */
public record RuleSource(String name, byte[] content) {
    private static final String BUNDLED = "tidemark-data/rules/";
    private static final String BUNDLED_YARA = "tidemark-data/yara/";
    private static final String RULE = ".yml";
    private static final String TEST = ".test.yml";

    /** Over the contents of files; empty if there are none. */
    static String hash(List<RuleSource> files) {
        return String.join(" ", files.stream().map(file -> RuleFile.sha256(file.content())).toList());
    }

    /** {@code owassrf.yml} of {@code rules/web/owassrf.yml}. */
    public String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /** The rules below a folder, or the one rule that {@code path} is; sorted by name. Tests are not among them. */
    public static List<RuleSource> rulesBelow(Path path) throws IOException {
        return below(path, file -> file.endsWith(RULE) && !file.endsWith(TEST));
    }

    /** The files of tests ({@code *.test.yml}) below a folder, sorted by name. */
    public static List<RuleSource> testsBelow(Path path) throws IOException {
        return below(path, file -> file.endsWith(TEST));
    }

    /** The rules that come with Tidemark; none if it was built without them. */
    public static List<RuleSource> bundledRules() {
        return bundled(BUNDLED, RuleSource::rulesBelow);
    }

    /** The tests of the rules that come with Tidemark. */
    public static List<RuleSource> bundledTests() {
        return bundled(BUNDLED, RuleSource::testsBelow);
    }

    /** The YARA rule files ({@code *.yar}, {@code *.yara}) below a folder, or the one that {@code path} is. */
    public static List<RuleSource> yaraBelow(Path path) throws IOException {
        return below(path, file -> file.endsWith(".yar") || file.endsWith(".yara"));
    }

    /** The YARA rules that come with Tidemark. */
    public static List<RuleSource> bundledYara() {
        return bundled(BUNDLED_YARA, RuleSource::yaraBelow);
    }

    private static List<RuleSource> bundled(String place, Lister lister) {
        URL folder = RuleSource.class.getClassLoader().getResource(place);
        if (folder == null) {
            return List.of();
        }
        try {
            URI uri = folder.toURI();
            if (!uri.getScheme().equals("jar")) {
                // Path.of(URI), not the URL's path: on Windows that begins with a slash before the drive letter.
                return lister.list(Path.of(uri));
            }
            // From the path of the jar: a file system of its own, that no other thread can close or have open already.
            String jar = uri.getRawSchemeSpecificPart();
            Path archive = Path.of(URI.create(jar.substring(0, jar.indexOf("!/"))));
            try (FileSystem files = FileSystems.newFileSystem(archive, Map.of())) {
                return lister.list(files.getPath(place));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the bundled rules in " + folder, e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the bundled rules lie in no place that can be read: " + folder, e);
        }
    }

    private static List<RuleSource> below(Path root, java.util.function.Predicate<String> wanted) throws IOException {
        Path base = root.toAbsolutePath().normalize().getParent();
        List<RuleSource> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (wanted.test(file.getFileName().toString())) {
                    Path full = file.toAbsolutePath().normalize();
                    Path shown = base == null ? full : base.relativize(full);
                    String name = shown.toString().replace(shown.getFileSystem().getSeparator(), "/");
                    found.add(new RuleSource(name, Files.readAllBytes(file)));
                }
            }
        }
        found.sort(Comparator.comparing(RuleSource::name));
        return List.copyOf(found);
    }

    @FunctionalInterface
    private interface Lister {
        List<RuleSource> list(Path folder) throws IOException;
    }
}
