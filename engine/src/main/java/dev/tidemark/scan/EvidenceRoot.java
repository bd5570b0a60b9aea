package dev.tidemark.scan;

import java.nio.file.Path;
import java.util.List;

/**
 * What one evidence argument names.
 *
 * @param name  the folder or archive whose name the host gets if it is the only one in it
 * @param parts what to walk; several where a live server's records lie on several drives
 */
public record EvidenceRoot(Path name, List<Part> parts) {
    /** @param prefix what stands before the names found below {@code path}: empty, or as in {@code C/inetpub} */
    public record Part(Path path, String prefix) {}

    public EvidenceRoot {
        parts = List.copyOf(parts);
    }

    public static EvidenceRoot of(Path path) {
        return new EvidenceRoot(path, List.of(new Part(path, "")));
    }
}
