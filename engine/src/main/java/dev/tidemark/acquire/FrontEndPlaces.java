package dev.tidemark.acquire;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Says of a path whether records of the front end can lie there: those of HttpProxy or of IIS, which alone show the way
 * in. Where one of them could not be read, silence proves nothing; a locked registry hive says nothing about it.
 *
 * <p>A path that ends with {@code /} is a folder. What lies in no place that a server is known to have may be anything,
 * a collection or a moved log folder, and so may hold them.
 */
public final class FrontEndPlaces {
    private static final Pattern LOG = Pattern.compile("(.*/)?(httpproxy_[^/]*|(u_)?(ex|in|nc)(\\d{4,8}|tend\\d+)"
            + "[^/]*\\.(log|zip|gz)[^/]*)|(.*/)?w3svc\\d*/.*|(.*/)?logging/httpproxy/.*", Pattern.DOTALL);
    private static final Pattern BACK_END = Pattern.compile("(.*/)?w3svc2/.*", Pattern.DOTALL);
    private static final Pattern ARCHIVE = Pattern.compile(".*\\.(zip|tar|gz|tgz|7z|rar|xz|zst|vhdx|e01)!?/?",
            Pattern.DOTALL);
    private static final Pattern DRIVE = Pattern.compile("[a-z]:/(.*)", Pattern.DOTALL);
    private static final List<String> LOG_FOLDERS = List.of("inetpub/logs/logfiles/",
            "program files/microsoft/exchange server/v15/logging/httpproxy/",
            "program files/microsoft/exchange server/v14/logging/httpproxy/");
    /** Folders at the top of a drive in which neither product keeps logs, whatever their set-up. */
    private static final Set<String> OTHER = Set.of("windows", "winnt", "inetpub", "program files",
            "program files (x86)", "programdata", "users", "documents and settings", "perflogs", "$recycle.bin",
            "system volume information", "$extend", "$winreagent", "recovery", "boot", "exchangesetuplogs",
            "config.msi", "msocache");
    /** Protocols of HttpProxy through which every known way in leads. */
    private static final Set<String> WAYS_IN = Set.of("ecp", "owa", "autodiscover");
    private static final Pattern PROTOCOL = Pattern.compile("(?:.*/)?logging/httpproxy/([^/]+)/.*", Pattern.DOTALL);

    private FrontEndPlaces() {}

    /** @param path below the host's root, as {@link EvidenceFile#path} */
    public static boolean canHold(String path) {
        String place = EvidenceNames.decode(path);
        if (LOG.matcher(place).matches()) {
            return true;
        }
        boolean drive = DRIVE.matcher(place).matches();
        String below = drive ? place.substring(3) : place;
        String top = below.split("/", 2)[0];
        boolean known = OTHER.contains(top) || EvidenceNames.anchor(EvidenceNames.names(path)) != null && !drive;
        if (path.endsWith("/")) {
            return !known || LOG_FOLDERS.stream().anyMatch(logs -> logs.startsWith(below) || below.startsWith(logs));
        }
        boolean atTopOfDrive = drive && below.indexOf('/') < 0;
        return !known && !atTopOfDrive && (below.endsWith(".log") || ARCHIVE.matcher(below).matches() || below.indexOf('.') < 0);
    }

    /** The protocol in whose folder a log of HttpProxy lies, lower case; empty if it was moved elsewhere. */
    public static String protocol(String path) {
        var matcher = PROTOCOL.matcher(EvidenceNames.decode(path));
        return matcher.matches() ? matcher.group(1) : "";
    }

    /** True if the log shows requests from outside that can be a way in: no back-end site, no protocol without one. */
    public static boolean showsWayIn(String path) {
        String protocol = protocol(path);
        return (protocol.isEmpty() || WAYS_IN.contains(protocol))
                && !BACK_END.matcher(EvidenceNames.decode(path)).matches();
    }

    /** The protocols of HttpProxy that must be there, in lower case. */
    public static Set<String> protocols() {
        return WAYS_IN;
    }
}
