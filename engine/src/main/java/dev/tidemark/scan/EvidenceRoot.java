package dev.tidemark.scan;

import dev.tidemark.read.Readers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

    /**
     * The roots that a command line means: each folder and archive by itself, and single logs that lie in one folder
     * together, because they are of one server unless they say otherwise.
     */
    public static List<EvidenceRoot> ofAll(List<Path> paths) {
        Map<Path, List<Path>> byFolder = new LinkedHashMap<>();
        for (Path path : paths) {
            Path folder = isLog(path) ? path.toAbsolutePath().normalize().getParent() : path;
            byFolder.computeIfAbsent(folder, f -> new ArrayList<>()).add(path);
        }
        List<EvidenceRoot> roots = new ArrayList<>();
        byFolder.forEach((folder, logs) -> roots.add(logs.size() == 1 ? of(logs.get(0))
                : new EvidenceRoot(folder, logs.stream().map(log -> new Part(log, "")).toList())));
        return roots;
    }

    private static boolean isLog(Path path) {
        if (!Files.isRegularFile(path)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] head = in.readNBytes(64 << 10);
            return Readers.recognise(head, path.toString().replace('\\', '/').toLowerCase(Locale.ROOT)).isPresent();
        } catch (IOException e) {
            // acquisition says why it cannot be read
            return false;
        }
    }

    public static EvidenceRoot of(Path path) {
        return new EvidenceRoot(path, List.of(new Part(path, "")));
    }
}
