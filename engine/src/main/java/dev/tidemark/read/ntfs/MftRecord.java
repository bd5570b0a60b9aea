package dev.tidemark.read.ntfs;

import dev.tidemark.bytes.WindowsTime;
import dev.tidemark.read.Record;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file or folder as the file table has it; its number is that of its record there.
 *
 * <table>
 * <caption>Fields</caption>
 * <tr><td>Path, Folder, FileName</td><td>as Windows writes them; below {@code $Orphan} if its folder is no longer known</td></tr>
 * <tr><td>Extension</td><td>without its dot, in lower case</td></tr>
 * <tr><td>InUse</td><td>{@code false} if it was deleted</td></tr>
 * <tr><td>Directory</td><td>{@code true} for a folder</td></tr>
 * <tr><td>Size</td><td>in bytes</td></tr>
 * <tr><td>Created, Modified, Changed, Accessed</td><td>UTC, of $STANDARD_INFORMATION: programs can set them (Changed only
 * by tricks)</td></tr>
 * <tr><td>NameCreated, NameModified</td><td>UTC, of $FILE_NAME: only the system sets them, when the file gets its
 * name</td></tr>
 * <tr><td>CreatedEarlierHours</td><td>whole hours by which Created lies before NameCreated; 0 if it does not</td></tr>
 * <tr><td>WholeSecond</td><td>{@code true} if Created falls on a whole second</td></tr>
 * <tr><td>Served</td><td>{@code true} if the web server serves it</td></tr>
 * <tr><td>ProductPage</td><td>{@code true} or {@code false} for server pages in the folders that the product's list
 * knows</td></tr>
 * <tr><td>PagesAtOnce, ProductPagesAtOnce</td><td>of a server page: how many pages, and how many of the product, got their
 * name within ten minutes of it, itself included</td></tr>
 * <tr><td>RecordNumber, Sequence</td><td>in the table, and how often the record was used</td></tr>
 * </table>
 */
final class MftRecord implements Record {
    static final String SOURCE = "mft";
    private static final List<String> FIELDS = List.of("Path", "Folder", "FileName", "Extension", "InUse", "Directory",
            "Size", "Created", "Modified", "Changed", "Accessed", "NameCreated", "NameModified", "CreatedEarlierHours",
            "WholeSecond", "Served", "ProductPage", "PagesAtOnce", "ProductPagesAtOnce", "RecordNumber", "Sequence");

    private final MftEntry entry;
    private final NtfsPath path;
    private final Optional<WebPages.Page> page;

    /** @param page what is known of it as a page that is served; empty for any other file */
    MftRecord(MftEntry entry, NtfsPath path, Optional<WebPages.Page> page) {
        this.entry = entry;
        this.path = path;
        this.page = page;
    }

    @Override
    public String source() {
        return SOURCE;
    }

    @Override
    public OptionalLong recordId() {
        return OptionalLong.of(entry.number);
    }

    /** When it got its name: what the other times say, an intruder may have set. */
    @Override
    public Optional<Instant> time() {
        return WindowsTime.instant(entry.nameCreated).or(() -> WindowsTime.instant(entry.created));
    }

    @Override
    public Optional<String> value(String field) {
        return switch (field.toLowerCase(Locale.ROOT)) {
            case "path" -> Optional.of(path.path());
            case "folder" -> Optional.of(path.folder());
            case "filename" -> Optional.of(path.name());
            case "extension" -> Optional.of(path.extension());
            case "inuse" -> Optional.of(Boolean.toString(entry.inUse));
            case "directory" -> Optional.of(Boolean.toString(entry.directory));
            case "size" -> Optional.of(Long.toString(entry.size));
            case "created" -> time(entry.created);
            case "modified" -> time(entry.modified);
            case "changed" -> time(entry.changed);
            case "accessed" -> time(entry.accessed);
            case "namecreated" -> time(entry.nameCreated);
            case "namemodified" -> time(entry.nameModified);
            case "createdearlierhours" -> earlier();
            case "wholesecond" -> Optional.of(Boolean.toString(WindowsTime.wholeSecond(entry.created)));
            case "served" -> Optional.of(Boolean.toString(page.isPresent() || path.served()));
            case "productpage" -> page.map(WebPages.Page::product).filter(p -> !p.isEmpty());
            case "pagesatonce" -> page.map(p -> Integer.toString(p.atOnce()));
            case "productpagesatonce" -> page.map(p -> Integer.toString(p.productAtOnce()));
            case "recordnumber" -> Optional.of(Long.toString(entry.number));
            case "sequence" -> Optional.of(Integer.toString(entry.sequence));
            default -> Optional.empty();
        };
    }

    private static Optional<String> time(long ticks) {
        return Optional.of(WindowsTime.text(ticks)).filter(t -> !t.isEmpty());
    }

    private Optional<String> earlier() {
        boolean known = WindowsTime.known(entry.created) && WindowsTime.known(entry.nameCreated);
        return known ? Optional.of(Long.toString(Math.max(0, WindowsTime.hours(entry.created, entry.nameCreated))))
                : Optional.empty();
    }

    @Override
    public List<String> fields() {
        return FIELDS.stream().filter(f -> value(f).isPresent()).toList();
    }

    @Override
    public String text() {
        List<String> all = new ArrayList<>();
        for (String field : fields()) {
            all.add(field + "=" + value(field).orElse(""));
        }
        return String.join(" ", all);
    }
}
