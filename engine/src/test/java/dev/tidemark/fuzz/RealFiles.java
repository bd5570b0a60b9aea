package dev.tidemark.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Real files as a long run's first inputs, where they lie beside the checkout. */
final class RealFiles {
    private static final int LARGEST = 300_000;

    private RealFiles() {}

    /** @param endings of the files' names, in lower case */
    static Stream<byte[]> below(Path folder, String... endings) {
        if (!Files.isDirectory(folder)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> Stream.of(endings).anyMatch(f.toString().toLowerCase(java.util.Locale.ROOT)::endsWith))
                    .sorted().map(RealFiles::bytes).filter(b -> b.length > 0 && b.length <= LARGEST).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<byte[]> none(Path shared) {
        return List.of();
    }
}
