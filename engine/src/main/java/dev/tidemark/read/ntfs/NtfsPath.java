package dev.tidemark.read.ntfs;

import dev.tidemark.acquire.EvidenceNames;
import dev.tidemark.read.WebPlaces;
import java.util.List;
import java.util.Locale;

/**
 * A path as Windows writes it, and what rules ask of one. Immutable.
 *
 * @param path {@code C:\inetpub\wwwroot\a.aspx}; without the drive if the evidence does not say which it was
 */
record NtfsPath(String path) {
    private static final List<String> OWN_COPIES = List.of("windows/winsxs/", "windows/assembly/", "windows/servicing/",
            "windows/installer/", "windows/softwaredistribution/");

    /** The drive of a file of NTFS by its place in the evidence, {@code C:}, or empty if that does not tell it. */
    static String drive(String evidencePath) {
        String windows = EvidenceNames.windows(evidencePath);
        boolean drive = windows.length() > 2 && windows.charAt(1) == ':' && windows.charAt(2) == '\\';
        return drive ? windows.substring(0, 2) : "";
    }

    String folder() {
        return path.substring(0, Math.max(path.lastIndexOf('\\'), 0));
    }

    String name() {
        return path.substring(path.lastIndexOf('\\') + 1);
    }

    /** Without its dot, in lower case. */
    String extension() {
        String name = name();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** As the tables of the product's pages have it. */
    String server() {
        return path.replace('\\', '/').toLowerCase(Locale.ROOT);
    }

    /** A folder at most three below the drive, but none of those in which Windows keeps copies of itself by the thousand. */
    boolean shallow() {
        String below = server().substring(server().indexOf('/') + 1);
        return below.chars().filter(c -> c == '/').count() <= 2 && OWN_COPIES.stream().noneMatch(below::startsWith);
    }

    boolean served() {
        return WebPlaces.served(server());
    }
}
