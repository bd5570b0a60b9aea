package dev.tidemark.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The first log of made-up traffic whose path holds a name, in memory. */
final class Logs {
    private static final String MEGABYTES = "64";

    private Logs() {}

    static byte[] first(String name) throws Exception {
        Path folder = Files.createTempDirectory("tidemark-bench");
        try {
            Traffic.main(new String[] {folder.toString(), MEGABYTES});
            try (Stream<Path> files = Files.walk(folder)) {
                Path log = files.filter(file -> Files.isRegularFile(file) && file.toString().contains(name)).sorted()
                        .findFirst().orElseThrow();
                return Files.readAllBytes(log);
            }
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
