package dev.tidemark.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes HTML element by element. Every text and every attribute value is escaped and made visible; there is no way
 * to write markup from a string but {@link #style}, which takes the report's own sheet.
 */
final class Html {
    private static final Set<String> VOID = Set.of("meta", "link", "br", "col");

    private final Writer out;
    private final Deque<String> open = new ArrayDeque<>();

    Html(Writer out) {
        this.out = out;
    }

    Html doctype() {
        return put("<!doctype html>\n");
    }

    /** @param attributes name, value, name, value … */
    Html open(String tag, String... attributes) {
        put("<").put(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            put(" ").put(attributes[i]).put("=\"").escaped(attributes[i + 1]).put("\"");
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
        return Set.of("span", "a", "b", "code", "strong", "text", "title", "td", "th", "dt").contains(tag)
                ? this : put("\n");
    }

    Html close(int elements) {
        for (int i = 0; i < elements; i++) {
            close();
        }
        return this;
    }

    Html text(String text) {
        return escaped(text);
    }

    Html element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    Html style(String ownSheet) {
        return put("<style>").put(ownSheet).put("</style>\n");
    }

    private Html escaped(String text) {
        String visible = VisibleText.forPage(text);
        for (int i = 0; i < visible.length(); i++) {
            char c = visible.charAt(i);
            switch (c) {
                case '&' -> put("&amp;");
                case '<' -> put("&lt;");
                case '>' -> put("&gt;");
                case '"' -> put("&quot;");
                case '\'' -> put("&#39;");
                case '`' -> put("&#96;");
                default -> put(c);
            }
        }
        return this;
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
