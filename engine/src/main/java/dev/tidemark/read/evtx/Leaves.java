package dev.tidemark.read.evtx;

import dev.tidemark.read.evtx.XmlNode.Attribute;
import dev.tidemark.read.evtx.XmlNode.Element;
import dev.tidemark.read.evtx.XmlNode.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which fields the nodes of a template hold, by the names that Sigma rules and people use: {@code EventID},
 * {@code Provider_Name} and the like for what stands under System, the names of the Data elements under EventData, the
 * names of the innermost elements under UserData. Data elements without a name are all called {@link #UNNAMED}.
 *
 * @param all    in document order
 * @param byName by name in lower case
 * @param nested where a value of type BinXml can stand, whose own leaves belong to the event, too
 */
record Leaves(List<Leaf> all, Map<String, List<Leaf>> byName, List<XmlNode> nested) {
    static final String UNNAMED = "Data";

    /** Where a leaf stands: System's belong to the event, the others to what it says. */
    enum Part { SYSTEM, DATA, OTHER }

    /** @param parts text and slots that make up the value */
    record Leaf(String name, Part part, List<XmlNode> parts) {}

    static Leaves of(List<XmlNode> nodes) {
        Collector collector = new Collector();
        nodes.forEach(collector::top);
        Map<String, List<Leaf>> byName = new HashMap<>();
        for (Leaf leaf : collector.leaves) {
            byName.computeIfAbsent(leaf.name().toLowerCase(Locale.ROOT), n -> new ArrayList<>()).add(leaf);
        }
        return new Leaves(List.copyOf(collector.leaves), byName, List.copyOf(collector.nested));
    }

    /** @param name in lower case */
    List<Leaf> named(String name) {
        return byName.getOrDefault(name, List.of());
    }

    private static final class Collector {
        private final List<Leaf> leaves = new ArrayList<>();
        private final List<XmlNode> nested = new ArrayList<>();

        void top(XmlNode node) {
            if (!(node instanceof Element element)) {
                inner(node);
                return;
            }
            switch (element.name()) {
                case "Event", "UserData" -> element.children().forEach(this::top);
                case "System" -> element.children().forEach(this::system);
                case "EventData" -> element.children().forEach(this::data);
                case "RenderingInfo" -> element.children().forEach(child -> user(child, Part.OTHER, "RenderingInfo_"));
                default -> user(element, Part.DATA, "");
            }
        }

        private void inner(XmlNode node) {
            if (node instanceof Slot || node instanceof XmlNode.Nested) {
                nested.add(node);
            }
        }

        private void system(XmlNode node) {
            if (node instanceof Element element) {
                String name = element.name();
                for (Attribute attribute : element.attributes()) {
                    leaves.add(new Leaf(systemName(name, attribute.name()), Part.SYSTEM, attribute.value()));
                }
                if (!element.children().isEmpty()) {
                    leaves.add(new Leaf(name, Part.SYSTEM, element.children()));
                }
            }
        }

        /** What Sigma calls the attributes of System's elements. */
        private static String systemName(String element, String attribute) {
            return switch (element + "/" + attribute) {
                case "TimeCreated/SystemTime" -> "SystemTime";
                case "Security/UserID" -> "UserID";
                case "EventID/Qualifiers" -> "Qualifiers";
                case "Correlation/ActivityID" -> "ActivityID";
                case "Correlation/RelatedActivityID" -> "RelatedActivityID";
                default -> element + "_" + attribute;
            };
        }

        private void data(XmlNode node) {
            if (!(node instanceof Element element)) {
                inner(node);
            } else if (element.name().toLowerCase(Locale.ROOT).equals("data")) {
                leaves.add(new Leaf(nameOf(element).orElse(UNNAMED), Part.DATA, element.children()));
            } else {
                user(element, Part.DATA, "");
            }
        }

        private static Optional<String> nameOf(Element element) {
            for (Attribute attribute : element.attributes()) {
                if (attribute.name().equals("Name") && attribute.value().size() == 1
                        && attribute.value().get(0) instanceof XmlNode.Text text && !text.text().isEmpty()) {
                    return Optional.of(text.text());
                }
            }
            return Optional.empty();
        }

        private void user(XmlNode node, Part part, String prefix) {
            if (!(node instanceof Element element)) {
                inner(node);
                return;
            }
            if (element.children().stream().anyMatch(Element.class::isInstance)) {
                element.children().forEach(child -> user(child, part, prefix));
            } else {
                leaves.add(new Leaf(prefix + element.name(), part, element.children()));
            }
        }
    }
}
