package dev.tidemark.read.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A key that is read.
 *
 * @param hive  where the hive hangs, {@code HKLM\SOFTWARE}
 * @param names of the keys on the way to it; {@code *} is any
 */
record KeyPath(String hive, List<String> names) {
    static final String ANY = "*";
    private static final String FILE = "/tidemark-data/registry-keys.txt";

    KeyPath {
        names = List.copyOf(names);
    }

    static List<KeyPath> bundled() {
        try (InputStream in = KeyPath.class.getResourceAsStream(FILE);
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).map(KeyPath::parse).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the bundled registry-keys.txt", e);
        }
    }

    /** {@code HKLM\SOFTWARE  Microsoft\Windows\*}. */
    static KeyPath parse(String line) {
        int space = line.indexOf(' ');
        return new KeyPath(line.substring(0, space), List.of(line.substring(space).strip().split("\\\\")));
    }
}
