package dev.tidemark.detect;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A rule file, or a file of tests beside one, as it was found.
 *
 * @param name    path as messages show it, {@code /} between names; what follows the last {@code /} is the file name
 * @param content UTF-8, one or more YAML documents; not to be changed
 */
public record RuleSource(String name, byte[] content) {
    private static final String DATA = "tidemark-data/";
    private static final String BUNDLED = DATA + "rules/";
    private static final String BUNDLED_YARA = DATA + "yara/";
    private static final String RULE = ".yml";
    /** A file that is larger is no rule: only its beginning is read, and it is refused. The largest public one has 288 KiB. */
    static final int MOST_BYTES = 2 << 20;
    private static final String RULE_TOO = ".yaml";
    private static final String TEST = ".test";

    /** Over the contents of files; empty if there are none. */
    static String hash(List<RuleSource> files) {
        return String.join(" ", files.stream().map(file -> RuleFile.sha256(file.content())).toList());
    }

    /** {@code owassrf.yml} of {@code rules/web/owassrf.yml}. */
    public String fileName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /**
     * The rules ({@code *.yml}, {@code *.yaml}) below a folder, or the one rule that {@code path} is; sorted by name. Tests are
     * not among them, nor what is hidden (its name begins with a dot).
     */
    public static List<RuleSource> rulesBelow(Path path) throws IOException {
        return below(path, RuleSource::isRule);
    }

    /** The files of tests ({@code *.test.yml}, {@code *.test.yaml}) below a folder, sorted by name. */
    public static List<RuleSource> testsBelow(Path path) throws IOException {
        return below(path, RuleSource::isTest);
    }

    /** The rules that come with Tidemark; none if it was built without them. */
    public static List<RuleSource> bundledRules() {
        return bundled(BUNDLED, RuleSource::isRule);
    }

    /** The tests of the rules that come with Tidemark. */
    public static List<RuleSource> bundledTests() {
        return bundled(BUNDLED, RuleSource::isTest);
    }

    /** The YARA rule files ({@code *.yar}, {@code *.yara}) below a folder, or the one that {@code path} is. */
    public static List<RuleSource> yaraBelow(Path path) throws IOException {
        return below(path, RuleSource::isYara);
    }

    /** The YARA rules that come with Tidemark. */
    public static List<RuleSource> bundledYara() {
        return bundled(BUNDLED_YARA, RuleSource::isYara);
    }

    private static boolean isRule(String file) {
        return (file.endsWith(RULE) || file.endsWith(RULE_TOO)) && !isTest(file);
    }

    private static boolean isTest(String file) {
        return file.endsWith(TEST + RULE) || file.endsWith(TEST + RULE_TOO);
    }

    private static boolean isYara(String file) {
        return file.endsWith(".yar") || file.endsWith(".yara");
    }

    private static List<RuleSource> bundled(String place, Predicate<String> wanted) {
        URL folder = RuleSource.class.getClassLoader().getResource(place);
        if (folder == null) {
            return List.of();
        }
        try {
            URI uri = folder.toURI();
            if (!uri.getScheme().equals("jar")) {
                // Path.of(URI), not the URL's path: on Windows that begins with a slash before the drive letter.
                return below(Path.of(uri), wanted);
            }
            String jar = uri.getRawSchemeSpecificPart();
            return inJar(Path.of(URI.create(jar.substring(0, jar.indexOf("!/")))), place, wanted);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the bundled rules in " + folder, e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the bundled rules lie in no place that can be read: " + folder, e);
        }
    }

    /** Not through a file system: that would read the directory of all that the jar holds once more. */
    private static List<RuleSource> inJar(Path jar, String place, Predicate<String> wanted) throws IOException {
        List<RuleSource> found = new ArrayList<>();
        try (ZipFile files = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> all = files.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                if (entry.getName().startsWith(place) && wanted.test(entry.getName())) {
                    try (InputStream in = files.getInputStream(entry)) {
                        found.add(new RuleSource(entry.getName().substring(DATA.length()), in.readNBytes(MOST_BYTES + 1)));
                    }
                }
            }
        }
        found.sort(Comparator.comparing(RuleSource::name));
        return List.copyOf(found);
    }

    private static List<RuleSource> below(Path root, Predicate<String> wanted) throws IOException {
        Path full = root.toAbsolutePath().normalize();
        String folder = full.getFileName() == null ? "" : full.getFileName().toString();
        Path real = full.toRealPath();
        List<Path> files;
        try (Stream<Path> all = Files.find(real, Integer.MAX_VALUE, (file, attributes) -> file.getFileName() != null
                && wanted.test(file.getFileName().toString()) && (attributes.isRegularFile() || Files.isRegularFile(file)))) {
            files = all.filter(file -> !hidden(real.relativize(file))).toList();
        }
        try {
            // many small files: what each costs is the opening of it
            return files.parallelStream().map(file -> read(named(folder, real, file), file))
                    .sorted(Comparator.comparing(RuleSource::name)).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** A folder of rules is often a checkout, with settings of its tools in it. */
    private static boolean hidden(Path below) {
        for (Path name : below) {
            if (name.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static String named(String folder, Path root, Path file) {
        String below = root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        return folder.isEmpty() || below.isEmpty() ? folder + below : folder + "/" + below;
    }

    private static RuleSource read(String name, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return new RuleSource(name, in.readNBytes(MOST_BYTES + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
