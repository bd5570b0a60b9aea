package dev.tidemark.read.ntfs;

import dev.tidemark.acquire.EvidenceNames;
import dev.tidemark.read.WebPlaces;
import java.util.Locale;

/**
 * A path as Windows writes it, and what rules ask of one. Immutable.
 *
 * @param path {@code C:\inetpub\wwwroot\a.aspx}; without the drive if the evidence does not say which it was
 */
record NtfsPath(String path) {
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

    boolean served() {
        return WebPlaces.served(server());
    }
}
