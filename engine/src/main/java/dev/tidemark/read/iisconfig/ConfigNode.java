package dev.tidemark.read.iisconfig;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An element of a configuration. Names of elements and attributes keep their case; IIS itself tells them apart by it.
 *
 * @param line at which its tag begins, from 1
 */
public record ConfigNode(String name, Map<String, String> attributes, List<ConfigNode> children, int line) {
    public ConfigNode {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        children = List.copyOf(children);
    }

    /** The attribute, or {@code other} if the element does not have it. */
    public String attribute(String key, String other) {
        return attributes.getOrDefault(key, other);
    }

    /** False only for the word false, in any case: how IIS reads a truth value that is true if not given. */
    public boolean flag(String key, boolean other) {
        String value = attributes.getOrDefault(key, "").strip().toLowerCase(Locale.ROOT);
        return value.isEmpty() ? other : value.equals("true") || value.equals("1");
    }

    public List<ConfigNode> children(String childName) {
        return children.stream().filter(c -> c.name.equals(childName)).toList();
    }

    /** The first element on the way {@code a/b/c} below this one. */
    public Optional<ConfigNode> at(String path) {
        return all(path).stream().findFirst();
    }

    /** All elements on the way {@code a/b/c} below this one, in the order of the file. */
    public List<ConfigNode> all(String path) {
        List<ConfigNode> here = List.of(this);
        for (String step : path.split("/")) {
            List<ConfigNode> next = new ArrayList<>();
            here.forEach(node -> next.addAll(node.children(step)));
            here = next;
        }
        return here;
    }

    /** The element as XML, on one line, without what stands between its tags but elements. */
    public String toXml() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }

    private void write(StringBuilder out) {
        tag(out);
        if (children.isEmpty()) {
            out.append("/>");
            return;
        }
        out.append('>');
        children.forEach(c -> c.write(out));
        out.append("</").append(name).append('>');
    }

    private void tag(StringBuilder out) {
        out.append('<').append(name);
        attributes.forEach((key, value) -> {
            out.append(' ').append(key).append("=\"");
            value.chars().forEach(c -> escape(out, (char) c));
            out.append('"');
        });
    }

    private static void escape(StringBuilder out, char c) {
        switch (c) {
            case '&' -> out.append("&amp;");
            case '<' -> out.append("&lt;");
            case '"' -> out.append("&quot;");
            case '\n' -> out.append("&#10;");
            case '\r' -> out.append("&#13;");
            case '\t' -> out.append("&#9;");
            default -> out.append(c);
        }
    }

    /** The tag alone, as a record shows it. */
    String tag() {
        StringBuilder out = new StringBuilder();
        tag(out);
        return out.append(children.isEmpty() ? "/>" : ">").toString();
    }
}
