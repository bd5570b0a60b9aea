package dev.tidemark.mitigate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An element and where it stands, in characters from the beginning of the document.
 *
 * @param tagEnd   behind the {@code >} of its start tag
 * @param closeTag where its end tag begins; {@code tagEnd} if it has none
 * @param end      behind it
 * @param empty    written as {@code <name />}
 */
record Element(String name, List<Attribute> attributes, List<Element> children, int start, int tagEnd, int closeTag,
        int end, boolean empty) {
    /** @param from where its value begins, behind the quote; {@code to}: where the quote that ends it stands */
    record Attribute(String name, String value, int from, int to) {}

    Element {
        attributes = List.copyOf(attributes);
        children = List.copyOf(children);
    }

    Optional<Attribute> attribute(String key) {
        return attributes.stream().filter(a -> a.name().equals(key)).findFirst();
    }

    String value(String key, String other) {
        return attribute(key).map(Attribute::value).orElse(other);
    }

    /** Elements on the way {@code a/b/c} below this one, in the order of the document. */
    List<Element> all(String path) {
        List<Element> here = List.of(this);
        for (String step : path.split("/")) {
            List<Element> next = new ArrayList<>();
            for (Element each : here) {
                each.children.stream().filter(c -> c.name.equals(step)).forEach(next::add);
            }
            here = next;
        }
        return here;
    }

    /** How many elements there are, this one included. */
    int count() {
        int count = 1;
        for (Element child : children) {
            count += child.count();
        }
        return count;
    }
}
