package dev.tidemark.read;

import dev.tidemark.bytes.Text;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The beginning of a file, by which readers tell what it is. For one thread: its text is made when it is first asked for. */
public final class Head {
    private static final int MOST_LINES = 64;

    private final byte[] bytes;
    private String text;
    private String[] lines;

    /** @param bytes up to the first 64 KiB of the file; not to be changed */
    public Head(byte[] bytes) {
        this.bytes = bytes;
    }

    public byte[] bytes() {
        return bytes;
    }

    /**
     * The beginning as text in lower case, whatever its encoding; empty for an archive: logs that lie in it unpacked
     * are files of their own.
     */
    public String text() {
        if (text == null) {
            text = archive() ? "" : decoded();
        }
        return text;
    }

    private String decoded() {
        try {
            byte[] utf8 = Text.asUtf8(new ByteArrayInputStream(bytes)).readAllBytes();
            return new String(utf8, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new UncheckedIOException("reading from memory failed", e);
        }
    }

    private boolean archive() {
        boolean zip = bytes.length > 3 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] < 8 && bytes[3] < 8;
        return zip || bytes.length > 262 && new String(bytes, 257, 5, StandardCharsets.ISO_8859_1).equals("ustar");
    }

    /** True if a {@code #Log-type:} line names this type. */
    public boolean logType(String type) {
        return text().contains("#log-type: " + type.toLowerCase(Locale.ROOT));
    }

    /** True if a header line names all of these columns. */
    public boolean columns(String... columns) {
        if (lines == null) {
            lines = text().split("\n", MOST_LINES);
        }
        for (String line : lines) {
            if (line.indexOf(',') > 0 && names(line, columns)) {
                return true;
            }
        }
        return false;
    }

    private static boolean names(String line, String... columns) {
        String header = "";
        for (String column : columns) {
            String name = column.toLowerCase(Locale.ROOT);
            // most lines hold not even the name, and need no copy
            if (!line.contains(name)) {
                return false;
            }
            header = header.isEmpty() ? "," + line.replace("#fields: ", "").strip() + "," : header;
            if (!header.contains("," + name + ",")) {
                return false;
            }
        }
        return true;
    }
}
