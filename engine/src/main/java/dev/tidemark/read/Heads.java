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

    /**
     * The beginning as text in lower case, whatever its encoding; empty for an archive: logs that lie in it unpacked
     * are files of their own.
     */
    public static String text(byte[] head) {
        if (archive(head)) {
            return "";
        }
        try {
            byte[] utf8 = Text.asUtf8(new ByteArrayInputStream(head)).readAllBytes();
            return new String(utf8, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    private static boolean archive(byte[] head) {
        boolean zip = head.length > 3 && head[0] == 'P' && head[1] == 'K' && head[2] < 8 && head[3] < 8;
        return zip || head.length > 262 && new String(head, 257, 5, StandardCharsets.ISO_8859_1).equals("ustar");
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
