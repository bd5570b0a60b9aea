package dev.tidemark.correlate;

import dev.tidemark.model.Finding;
import dev.tidemark.model.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What two findings can share that makes them one intrusion: a request, a session, an address, a page, an account. */
final class Keys {
    /** Exchange writes the id of a request as {@code RequestId}, IIS behind it as {@code cafeReqId}: they are equal. */
    private static final List<String> REQUEST_IDS = List.of("RequestId", "cafeReqId");
    /** Columns in which the address of a page or the path of its file stands alone. */
    private static final List<String> PAGES = List.of("cs-uri-stem", "UrlStem", "Path", "TargetFilename");
    /** Columns in which a path to a page stands in other text. */
    private static final List<String> TEXTS = List.of("Parameters", "EventData", "CMD", "CommandLine");
    private static final Pattern PAGE_NAME =
            Pattern.compile(".+\\.(?:aspx|ashx|asmx|asp|ascx|cer|soap)\\b", Pattern.CASE_INSENSITIVE);
    /** Programs that work for whoever asks: what they start is not all of one intruder. */
    private static final Set<String> SERVE_ALL = Set.of("w3wp.exe", "services.exe", "svchost.exe", "explorer.exe", "wmiprvse.exe",
            "wsmprovhost.exe", "taskeng.exe", "taskhostw.exe", "lsass.exe", "system", "umworkerprocess.exe", "umservice.exe",
            "msexchangemailboxreplication.exe", "sqlservr.exe");
    private static final int LONGEST_NAME = 255;
    private static final Pattern SESSION = Pattern.compile("msExchEcpCanary=([^&;\\s]{8,})", Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMON_NAME = Pattern.compile("(?i)^CN=([^,]+)");
    private static final List<String> QUERIES = List.of("cs-uri-query", "UrlQuery", "AnchorMailbox", "URL");

    private Keys() {}

    static List<String> of(Finding f) {
        List<String> keys = new ArrayList<>();
        for (String field : REQUEST_IDS) {
            field(f, field).ifPresent(id -> keys.add("request " + id));
        }
        if (Addresses.names(f.clientIp())) {
            keys.add("address " + f.clientIp());
        }
        for (String field : QUERIES) {
            Matcher canary = SESSION.matcher(f.fields().getOrDefault(field, ""));
            if (canary.find()) {
                keys.add("session " + canary.group(1));
            }
        }
        if (f.stage() == Stage.WEBSHELL && (f.severity().accuses() || ofServer(f))) {
            pages(f).forEach(p -> keys.add("page " + p));
        }
        if (f.severity().accuses()) {
            process(f, "ProcessGuid", "Image").ifPresent(keys::add);
            process(f, "ParentProcessGuid", "ParentImage").ifPresent(keys::add);
        }
        if (f.severity().accuses() && f.stage() == Stage.PERSISTENCE) {
            account(f).ifPresent(a -> keys.add("account " + a));
        }
        return keys;
    }

    /** A process that an act needed, unless it serves everybody: then it says nothing of who acted. */
    private static Optional<String> process(Finding f, String id, String image) {
        String program = f.fields().getOrDefault(image, "").toLowerCase(Locale.ROOT);
        boolean serves = program.isEmpty() || SERVE_ALL.contains(program.substring(program.lastIndexOf('\\') + 1));
        return serves ? Optional.empty() : field(f, id).map(guid -> "process " + guid);
    }

    /** The account in whose name a cmdlet ran. */
    static Optional<String> actor(Finding f) {
        return field(f, "AuthenticatedUser");
    }

    /** Says what a key is that a finding has in common with one that accuses. */
    static String shared(String key) {
        String kind = key.substring(0, key.indexOf(' '));
        return switch (kind) {
            case "address" -> "(Inferred: the address also attacked.)";
            case "session" -> "(Inferred: it was done in the session of an attack.)";
            case "request" -> "(Inferred: it was part of a request that attacked.)";
            default -> "(Inferred: an attack is about the same " + kind + ".)";
        };
    }

    /** The id of the request that the record is of. */
    static Optional<String> request(Finding f) {
        return REQUEST_IDS.stream().flatMap(name -> field(f, name).stream()).findFirst();
    }

    /** What the server itself wrote down of a page, as that it came; a client's request for one may be a guess. */
    private static boolean ofServer(Finding f) {
        return !Addresses.names(f.clientIp());
    }

    private static Optional<String> field(Finding f, String name) {
        return Optional.of(f.fields().getOrDefault(name, "").toLowerCase(Locale.ROOT)).filter(v -> !v.isEmpty());
    }

    /** The page that the finding is about, with its folder: the same for a URL and a Windows path. */
    static Optional<String> page(Finding f) {
        return pages(f).stream().findFirst();
    }

    private static List<String> pages(Finding f) {
        List<String> pages = new ArrayList<>();
        for (String column : PAGES) {
            String[] names = f.fields().getOrDefault(column, "").toLowerCase(Locale.ROOT).split("[/\\\\]");
            String last = names[names.length - 1];
            if (names.length > 1 && last.indexOf('.') > 0 && !last.endsWith(".svc")) {
                pages.add(names[names.length - 2] + "/" + last);
            }
        }
        for (String column : TEXTS) {
            pageIn(f.fields().getOrDefault(column, "").toLowerCase(Locale.ROOT)).ifPresent(pages::add);
        }
        return pages;
    }

    /** The first page that the text names with its folder; looks at each character once, however hostile the text. */
    private static Optional<String> pageIn(String text) {
        String folder = "";
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            boolean slash = c == '/' || c == '\\';
            if (!slash && c != '"' && c != '\'' && !Character.isWhitespace(c)) {
                continue;
            }
            String name = i - start > LONGEST_NAME ? "" : text.substring(start, i);
            if (!folder.isEmpty() && name.indexOf('.') > 0) {
                Matcher page = PAGE_NAME.matcher(name);
                if (page.lookingAt()) {
                    return Optional.of(folder + "/" + page.group());
                }
            }
            folder = slash ? name : "";
            start = i + 1;
        }
        return Optional.empty();
    }

    /** The account that was made or given rights; events write it as a name or as {@code CN=name,…}. */
    static Optional<String> account(Finding f) {
        Optional<String> member = field(f, "MemberName").filter(m -> !m.equals("-"));
        if (member.isPresent()) {
            Matcher name = COMMON_NAME.matcher(member.get());
            return Optional.of(name.find() ? name.group(1) : member.get());
        }
        return field(f, "TargetUserName");
    }
}
