package dev.tidemark.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes HTML element by element. Every text and every attribute value is escaped and made visible; there is no way
 * to write markup from a string but {@link #style} and {@link #script}, which take the report's own files.
 */
final class Html {
    private static final Set<String> VOID = Set.of("meta", "link", "br", "col", "input");
    private static final Set<String> INLINE = Set.of("span", "a", "b", "code", "strong", "mark", "text", "title", "td",
            "th", "dt", "dd", "label", "option", "button", "summary", "pre");

    private final Writer out;
    private final Deque<String> open = new ArrayDeque<>();

    Html(Writer out) {
        this.out = out;
    }

    Html doctype() {
        return put("<!doctype html>\n");
    }

    /** @param attributes name, value, name, value …; an empty value gives the bare name where HTML allows it */
    Html open(String tag, String... attributes) {
        put("<").put(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            put(" ").put(attributes[i]).put("=\"").text(attributes[i + 1]).put("\"");
        }
        put(">");
        if (!VOID.contains(tag)) {
            open.push(tag);
        }
        return this;
    }

    Html close() {
        String tag = open.pop();
        put("</").put(tag).put(">");
        return INLINE.contains(tag) ? this : put("\n");
    }

    Html close(int elements) {
        for (int i = 0; i < elements; i++) {
            close();
        }
        return this;
    }

    Html element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** A path, which may be broken into lines behind its separators. */
    Html path(String path) {
        int from = 0;
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == '/' || path.charAt(i) == '\\') {
                text(path.substring(from, i + 1)).put("<wbr>");
                from = i + 1;
            }
        }
        return text(path.substring(from));
    }

    Html style(String ownSheet) {
        return put("<style>").put(ownSheet).put("</style>\n");
    }

    Html script(String ownScript) {
        return put("<script>").put(ownScript).put("</script>\n");
    }

    /** Data for the script: browsers run nothing of this type. {@link ScriptData} has escaped it. */
    Html data(String id, ScriptData data) {
        return put("<script type=\"application/json\" id=\"").text(id).put("\">").put(data.json())
                .put("</script>\n");
    }

    Html text(String text) {
        String visible = VisibleText.forPage(text);
        for (int i = 0; i < visible.length(); i++) {
            char c = visible.charAt(i);
            String escape = escape(c);
            if (escape == null) {
                put(c);
            } else {
                put(escape);
            }
        }
        return this;
    }

    /** How many bytes of the page the text will take. */
    static long bytes(String text) {
        String visible = VisibleText.forPage(text);
        long bytes = 0;
        for (int i = 0; i < visible.length(); i++) {
            char c = visible.charAt(i);
            String escape = escape(c);
            bytes += escape != null ? escape.length() : c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
        }
        return bytes;
    }

    private static String escape(char c) {
        return switch (c) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\'' -> "&#39;";
            case '`' -> "&#96;";
            default -> null;
        };
    }

    private void put(char c) {
        try {
            out.write(c);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Html put(String markup) {
        try {
            out.write(markup);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }
}
