package dev.tidemark.acquire;

/**
 * Where one host's evidence begins below a root of the command line.
 *
 * @param prefix empty for the whole root; else it ends with {@code /}: {@code mail01/}, {@code delivery.zip!/}
 */
public record HostRoot(String prefix) {
    public static final HostRoot WHOLE = new HostRoot("");

    public HostRoot {
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            throw new IllegalArgumentException("a host's prefix ends with '/': '" + prefix + "'");
        }
    }

    public boolean holds(String path) {
        return path.startsWith(prefix);
    }
}
