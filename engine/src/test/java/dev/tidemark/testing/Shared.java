package dev.tidemark.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Evidence that lies beside the checkout on some machines and is no part of the project. */
public final class Shared {
    private Shared() {}

    /** The file or folder of that name; without it the test that asks does not run. */
    public static Path required(String name) {
        Optional<Path> found = Stream.of(System.getProperty("TIDEMARK_SHARED"), System.getenv("TIDEMARK_SHARED"),
                        "../shared", "../../shared", "../../../shared")
                .filter(place -> place != null && !place.isEmpty())
                .map(place -> Path.of(place).resolve(name)).filter(Files::exists).findFirst();
        Assumptions.assumeTrue(found.isPresent(), "no " + name + " beside the checkout");
        return found.orElseThrow();
    }
}
