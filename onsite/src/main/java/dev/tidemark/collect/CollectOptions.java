package dev.tidemark.collect;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a collection is asked to do.
 *
 * @param maxBytes  of the bundle
 * @param shadow    where the first source's files can be read that are locked; empty if there is no such copy
 * @param recipient of age; empty if the bundle is not to be encrypted
 * @param resume    whether to go on with a collection that was stopped
 */
public record CollectOptions(List<Source> sources, Path out, long maxBytes, Optional<Path> shadow,
        Optional<String> recipient, boolean resume, String version) {
    /** @param prefix before every path of it: empty, or as in {@code D/} */
    public record Source(Path root, String prefix) {}

    public CollectOptions {
        sources = List.copyOf(sources);
    }

    /** What decides whether two collections are the same. */
    String same() {
        return version + " " + sources.stream().map(s -> s.prefix() + "=" + s.root().toAbsolutePath().normalize()).toList();
    }
}
