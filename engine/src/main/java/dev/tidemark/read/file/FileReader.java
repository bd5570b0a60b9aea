package dev.tidemark.read.file;

import dev.tidemark.acquire.EvidenceFile;
import dev.tidemark.acquire.EvidenceNames;
import dev.tidemark.read.ProductPages;
import dev.tidemark.read.WebPlaces;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Makes a record of a file that is no log: of every file its name, place, size, time and first bytes; of those that may
 * matter their content, too. Holds at most {@link #MOST_BYTES} of a file. Stateless: one object serves all threads.
 */
public final class FileReader {
    /** So much of a file is looked at: a page is small, and what an export puts in front of one is less. */
    public static final int MOST_BYTES = 4 << 20;
    /** So much of it becomes text that rules read field by field. */
    private static final int MOST_TEXT = 1 << 20;
    private static final int HEAD_SHOWN = 32;

    /** Text that is worth reading wherever it lies, if the first bytes are all of it. */
    private static final Set<String> SMALL_TEXTS = Set.of("txt", "hta", "htm", "html", "xml", "config", "ps1", "bat",
            "cmd", "vbs", "js", "wsf", "ini", "inf", "");
    private static final Set<String> CONFIGURATIONS = Set.of("web.config", "applicationhost.config", "agents.config",
            "administration.config", "machine.config");
    private static final Pattern SERVER_CODE = Pattern.compile("<%|<\\?php|(?i)runat");
    private static final List<String> ODD_PLACES = List.of("/programdata/", "/users/", "/temp/", "/tmp/", "/perflogs/",
            "/$recycle.bin/", "/windows/tasks/", "/windows/debug/", "/windows/web/", "/windows/help/",
            "/system32/tasks/");

    private final ProductPages products = ProductPages.bundled();

    /**
     * @param record the file with its fields
     * @param views  its bytes as they are and, where they hold text, as the web server or a compiler would take them:
     *               what content rules are run on; empty for a file whose content is not looked at
     */
    public record Looked(FileRecord record, List<byte[]> views) {}

    /** True if the web server runs such a file, so that it is never taken for a log, whatever it begins with. */
    public static boolean runs(EvidenceFile file) {
        return WebPlaces.page(file.path());
    }

    /**
     * @param head its first bytes, or all of it if it is short
     * @param rest what follows them; read as far as it may matter, and no further
     */
    public Looked look(EvidenceFile file, byte[] head, InputStream rest) throws IOException {
        String windows = EvidenceNames.windows(file.path());
        String server = EvidenceNames.decode(file.path());
        FileKind kind = FileKind.of(head);
        boolean page = WebPlaces.page(file.path());
        boolean served = WebPlaces.served(server);
        byte[] bytes = head;
        boolean deep = served || page || wanted(server, kind);
        if (deep) {
            byte[] more = rest.readNBytes(MOST_BYTES - head.length);
            bytes = Arrays.copyOf(head, head.length + more.length);
            System.arraycopy(more, 0, bytes, head.length, more.length);
        }
        Map<String, String> fields = fields(file, windows, kind, head);
        if (page && served) {
            fields.put("ProductPage", products.ships(server));
        }
        List<byte[]> views = new ArrayList<>();
        boolean shortText = kind == FileKind.TEXT && SMALL_TEXTS.contains(fields.get("Extension"));
        if (page || (deep || shortText) && text(kind)) {
            text(fields, bytes, page, views);
        }
        if (deep || shortText) {
            views.add(0, bytes);
        }
        String source = served ? FileRecord.WEB_FILE : FileRecord.FILE_SYSTEM;
        return new Looked(FileRecord.of(source, file.modified(), fields), List.copyOf(views));
    }

    private static boolean wanted(String server, FileKind kind) {
        String path = "/" + server;
        String name = path.substring(path.lastIndexOf('/') + 1);
        return kind == FileKind.MINIDUMP || CONFIGURATIONS.contains(name)
                || ODD_PLACES.stream().anyMatch(path::contains) || path.matches("/([a-z]:/)?[^/]+");
    }

    private static boolean text(FileKind kind) {
        return kind == FileKind.TEXT || kind == FileKind.CERTIFICATE_REQUEST || kind == FileKind.CERTIFICATE;
    }

    private static Map<String, String> fields(EvidenceFile file, String windows, FileKind kind, byte[] head) {
        int slash = windows.lastIndexOf('\\');
        String name = windows.substring(slash + 1);
        int dot = name.lastIndexOf('.');
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Path", windows);
        fields.put("Folder", windows.substring(0, Math.max(slash, 0)));
        fields.put("FileName", name);
        fields.put("Extension", dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT));
        fields.put("Size", Long.toString(Math.max(file.size(), head.length)));
        file.modified().ifPresent(time -> fields.put("Modified", time.toString()));
        fields.put("Kind", kind.word());
        fields.put("Head", HexFormat.of().formatHex(head, 0, Math.min(head.length, HEAD_SHOWN)));
        return fields;
    }

    /** Code is made plain where the web server may run it; that of browsers is full of escapes and is let be. */
    private static void text(Map<String, String> fields, byte[] bytes, boolean page, List<byte[]> views) {
        byte[] part = bytes.length <= MOST_TEXT ? bytes : Arrays.copyOf(bytes, MOST_TEXT);
        String content = PageText.decode(part);
        String code = page || SERVER_CODE.matcher(content).find() ? PlainCode.of(content) : content;
        fields.put("Content", content);
        fields.put("Code", code);
        if (PageText.recoded(part)) {
            views.add(content.getBytes(StandardCharsets.UTF_8));
        }
        if (!code.equals(content)) {
            views.add(code.getBytes(StandardCharsets.UTF_8));
        }
    }
}
