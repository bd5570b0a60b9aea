package dev.tidemark.read.file;

import dev.tidemark.acquire.EvidenceNames;
import dev.tidemark.model.Place;
import dev.tidemark.read.Record;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A file as rules see it.
 *
 * <table>
 * <caption>Fields</caption>
 * <tr><td>Path, Folder, FileName</td><td>on the server, as Windows writes them</td></tr>
 * <tr><td>Extension</td><td>without its dot, in lower case; empty if there is none</td></tr>
 * <tr><td>Size, Modified</td><td>in bytes; UTC, as the evidence states it</td></tr>
 * <tr><td>Kind, Head</td><td>what the first bytes say; these in hexadecimal</td></tr>
 * <tr><td>ProductPage</td><td>{@code true} or {@code false} for server pages in the folders that the product's list
 * knows</td></tr>
 * <tr><td>Content, Code</td><td>its text and its code made plain; only where it was read</td></tr>
 * <tr><td>Yara</td><td>names of the YARA rules that match, with blanks between</td></tr>
 * <tr><td>SHA256, UsualSHA256, ServersAlike</td><td>only of a page of the product that differs from that of other servers of
 * the same build: its own, theirs, and how many have that</td></tr>
 * <tr><td>OtherCopy</td><td>only of a page of the product that differs from a copy on the same server: where that lies</td></tr>
 * </table>
 */
public final class FileRecord implements Record {
    /** A file that the web server serves. */
    public static final String WEB_FILE = "web-file";
    /** Any other file. */
    public static final String FILE_SYSTEM = "file-system";

    /** Fields that hold what the file holds. */
    public static final Set<String> WHOLE_CONTENT = Set.of("Content", "Code");

    private static final String CONTENT = "content";
    private static final String CODE = "code";

    private final String source;
    private final Optional<Instant> modified;
    private final Map<String, String> fields;
    private final Map<String, String> byName = new TreeMap<>();
    private final String excerpt;

    private FileRecord(String source, Optional<Instant> modified, Map<String, String> fields, String excerpt) {
        this.source = source;
        this.modified = modified;
        this.fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        fields.forEach((name, value) -> byName.put(name.toLowerCase(Locale.ROOT), value));
        this.excerpt = excerpt;
    }

    static FileRecord of(String source, Optional<Instant> modified, Map<String, String> fields) {
        return new FileRecord(source, modified, fields, "");
    }

    /**
     * A page of the product beside those of other servers.
     *
     * @param server path on the server, {@code /} between names
     * @param alike  servers whose page is {@code usual}
     */
    public static FileRecord compared(String server, long size, String sha256, String usual, int alike) {
        Map<String, String> fields = page(server, size, sha256);
        fields.put("UsualSHA256", usual);
        fields.put("ServersAlike", Integer.toString(alike));
        return of(WEB_FILE, Optional.empty(), fields);
    }

    /** A page of the product that differs from a copy on the same server. @param copy its path, as {@code server} */
    public static FileRecord besideCopy(String server, long size, String sha256, String copy) {
        Map<String, String> fields = page(server, size, sha256);
        fields.put("OtherCopy", EvidenceNames.windows(copy));
        return of(WEB_FILE, Optional.empty(), fields);
    }

    private static Map<String, String> page(String server, long size, String sha256) {
        Map<String, String> fields = new LinkedHashMap<>();
        String path = EvidenceNames.windows(server);
        fields.put("Path", path);
        fields.put("FileName", path.substring(path.lastIndexOf('\\') + 1));
        fields.put("Size", Long.toString(size));
        fields.put("ProductPage", "true");
        fields.put("SHA256", sha256);
        return fields;
    }

    /** The same with the names of the content rules that match it. */
    public FileRecord withYara(List<String> names) {
        Map<String, String> all = new LinkedHashMap<>(fields);
        all.put("Yara", String.join(" ", names));
        return new FileRecord(source, modified, all, excerpt);
    }

    /** The same, told by this part of its content. */
    public FileRecord withExcerpt(String part) {
        return new FileRecord(source, modified, fields, part);
    }

    @Override
    public String source() {
        return source;
    }

    @Override
    public Place place(String path) {
        return Place.ofFile(path);
    }

    @Override
    public Optional<Instant> time() {
        return modified;
    }

    @Override
    public Optional<String> value(String field) {
        return Optional.ofNullable(byName.get(field.toLowerCase(Locale.ROOT)));
    }

    @Override
    public List<String> fields() {
        return List.copyOf(fields.keySet());
    }

    /** A line for each field; of what stands in the file, the part that tells, or its beginning. */
    @Override
    public String text() {
        StringBuilder text = new StringBuilder();
        fields.forEach((name, value) -> {
            String key = name.toLowerCase(Locale.ROOT);
            if (!key.equals(CODE) && !(key.equals(CONTENT) && !excerpt.isEmpty())) {
                text.append(name).append(": ").append(value).append('\n');
            }
        });
        return excerpt.isEmpty() ? text.toString() : text + "Content: … " + excerpt + " …";
    }
}
