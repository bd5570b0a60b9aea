package dev.tidemark.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which server pages Exchange ships in which folder, as {@code product-pages.csv} says. Immutable. */
public final class ProductPages {
    private static final String RESOURCE = "/tidemark-data/product-pages.csv";
    private static final String BELOW = "/**";
    private static final String ANY = "*";
    /** Names of the longest folder that the table lists. */
    private static final int DEEPEST = 6;

    /** Folder, with {@code /**} where it holds below, to its pages. */
    private final Map<String, Set<String>> pages = new HashMap<>();

    private ProductPages() {}

    public static ProductPages bundled() {
        ProductPages all = new ProductPages();
        try (InputStream in = ProductPages.class.getResourceAsStream(RESOURCE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().filter(line -> !line.startsWith("#") && !line.equals("folder,page")).forEach(line -> {
                int comma = line.indexOf(',');
                Set<String> names = all.pages.computeIfAbsent(line.substring(0, comma), f -> new HashSet<>());
                names.add(line.substring(comma + 1));
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
        return all;
    }

    /**
     * {@code true} if the product ships a page of this name there, {@code false} if it ships others or none, empty if
     * the table cannot say.
     *
     * @param server path on the server in lower case, {@code /} between names
     */
    public String ships(String server) {
        int slash = server.lastIndexOf('/');
        String folder = server.substring(0, Math.max(slash, 0));
        String name = server.substring(slash + 1);
        Set<String> exact = tails(folder, "");
        if (exact.contains(name)) {
            return "true";
        }
        for (String at = folder; !at.isEmpty(); at = at.substring(0, Math.max(at.lastIndexOf('/'), 0))) {
            Set<String> below = tails(at, BELOW);
            if (!below.isEmpty()) {
                return below.contains(name) ? "true" : below.contains(ANY) ? "" : "false";
            }
        }
        return exact.isEmpty() || exact.contains(ANY) ? "" : "false";
    }

    /** The pages of the longest listed folder with which this one ends; none if none is listed. */
    private Set<String> tails(String folder, String suffix) {
        String[] names = folder.split("/");
        for (int count = Math.min(DEEPEST, names.length); count > 0; count--) {
            StringBuilder tail = new StringBuilder();
            for (int i = names.length - count; i < names.length; i++) {
                tail.append(tail.isEmpty() ? "" : "/").append(names[i]);
            }
            Set<String> listed = pages.get(tail + suffix);
            if (listed != null) {
                return listed;
            }
        }
        return Set.of();
    }
}
