package dev.tidemark.read;

import dev.tidemark.bytes.Text;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Looks at the beginning of a file to tell what it is. */
public final class Heads {
    private Heads() {}

    /** The beginning as text in lower case, whatever its encoding. */
    public static String text(byte[] head) {
        try {
            byte[] utf8 = Text.asUtf8(new ByteArrayInputStream(head)).readAllBytes();
            return new String(utf8, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    /** True if a {@code #Log-type:} line names this type. */
    public static boolean logType(byte[] head, String type) {
        return text(head).contains("#log-type: " + type.toLowerCase(Locale.ROOT));
    }

    /** True if a header line names all of these columns. */
    public static boolean columns(byte[] head, String... columns) {
        for (String line : text(head).split("\n", 64)) {
            boolean all = line.indexOf(',') > 0;
            for (String column : columns) {
                all = all && ("," + line.replace("#fields: ", "").strip() + ",")
                        .contains("," + column.toLowerCase(Locale.ROOT) + ",");
            }
            if (all) {
                return true;
            }
        }
        return false;
    }
}
