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
 * A change of a file, as the change journal or the file system's log has it; its number is theirs.
 *
 * <table>
 * <caption>Fields</caption>
 * <tr><td>FileName, Extension</td><td>as Windows writes it; without its dot, in lower case</td></tr>
 * <tr><td>Action</td><td>{@code created deleted renamed-from renamed-to written attributes changed}, or {@code open} for
 * what is told again when the file is closed</td></tr>
 * <tr><td>Reasons</td><td>as the Windows SDK calls them, with blanks between; {@code ABOUT} if the log tells no time and
 * Time is that of what came before</td></tr>
 * <tr><td>Directory</td><td>{@code true} for a folder</td></tr>
 * <tr><td>FileReference, ParentReference</td><td>{@code 1234-5}: record in the file table, and how often it was used</td></tr>
 * <tr><td>Usn, Time</td><td>number in the journal; UTC</td></tr>
 * <tr><td>Path, Folder</td><td>only where the file table of the same drive tells the folder</td></tr>
 * <tr><td>Served, ProductPage</td><td>as in the file table; only with a path</td></tr>
 * <tr><td>PagesAtOnce, ProductPagesAtOnce</td><td>of a server page: to how many pages, and to how many of the product, the
 * same happened within ten minutes of it, itself included</td></tr>
 * <tr><td>Created, OldName</td><td>when it was created and what it was called before, if the journal reaches back so far; only
 * with a path</td></tr>
 * </table>
 */
public final class UsnRecord implements Record {
    static final String SOURCE = "usn";
    private static final List<String> FIELDS = List.of("Path", "Folder", "FileName", "Extension", "Action", "Reasons",
            "Directory", "FileReference", "ParentReference", "Usn", "Time", "Served", "ProductPage", "PagesAtOnce",
            "ProductPagesAtOnce", "Created", "OldName");

    /**
     * What the file table and the rest of the journal add to a change.
     *
     * @param page    empty for a file that is no page that is served
     * @param created ticks; 0 if the journal does not say
     * @param oldName empty if it had none
     */
    record Known(NtfsPath path, Optional<WebPages.Page> page, long created, String oldName) {}

    private final FileChange change;
    private final Optional<Known> known;

    UsnRecord(FileChange change, Optional<Known> known) {
        this.change = change;
        this.known = known;
    }

    FileChange change() {
        return change;
    }

    @Override
    public String source() {
        return change.source();
    }

    @Override
    public OptionalLong recordId() {
        return OptionalLong.of(change.usn());
    }

    @Override
    public Optional<Instant> time() {
        return WindowsTime.instant(change.ticks());
    }

    @Override
    public Optional<String> value(String field) {
        return switch (field.toLowerCase(Locale.ROOT)) {
            case "path" -> known.map(k -> k.path().path());
            case "folder" -> known.map(k -> k.path().folder());
            case "filename" -> Optional.of(change.name());
            case "extension" -> Optional.of(new NtfsPath(change.name()).extension());
            case "action" -> Optional.of(change.action());
            case "reasons" -> Optional.of(change.reasonWords());
            case "directory" -> Optional.of(Boolean.toString(change.directory()));
            case "filereference" -> Optional.of(FileChange.reference(change.file()));
            case "parentreference" -> Optional.of(FileChange.reference(change.parent()));
            case "usn" -> Optional.of(Long.toString(change.usn()));
            case "time" -> text(change.ticks());
            case "served" -> known.map(k -> Boolean.toString(k.path().served()));
            case "productpage" -> page().map(WebPages.Page::product).filter(p -> !p.isEmpty());
            case "pagesatonce" -> page().map(p -> Integer.toString(p.atOnce()));
            case "productpagesatonce" -> page().map(p -> Integer.toString(p.productAtOnce()));
            case "created" -> known.flatMap(k -> text(k.created()));
            case "oldname" -> known.map(Known::oldName).filter(n -> !n.isEmpty());
            default -> Optional.empty();
        };
    }

    private Optional<WebPages.Page> page() {
        return known.flatMap(Known::page);
    }

    private static Optional<String> text(long ticks) {
        return Optional.of(WindowsTime.text(ticks)).filter(t -> !t.isEmpty());
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
