package dev.tidemark.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A file that a made-up server left.
 *
 * @param path below the evidence root, as {@code C/inetpub/…}
 */
public record MadeFile(String path, byte[] content, Instant modified) {
    static MadeFile text(String path, String content, Instant modified) {
        return new MadeFile(path, content.getBytes(StandardCharsets.UTF_8), modified);
    }
}
