package dev.tidemark.read.iisconfig;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a configuration as far as it is sound. A document type, which no configuration of IIS has, ends the reading:
 * nothing is fetched and no entity but those of XML itself is expanded.
 *
 * @param root  the document's element; empty if there is none
 * @param fault where and why the reading ended before the file did; empty if it did not
 */
public record ConfigXml(Optional<ConfigNode> root, Optional<String> fault) {
    private static final int DEEPEST = 64;
    private static final int MOST_ELEMENTS = 200_000;
    private static final XMLInputFactory FACTORY = factory();

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        // without one, the platform prints every fault to standard error
        factory.setXMLReporter((message, type, information, location) -> { });
        return factory;
    }

    /** @param bytes in whatever encoding their byte order mark or their declaration names */
    public static ConfigXml of(byte[] bytes) {
        return parse(ConfigEncoding.of(bytes).lenient(bytes));
    }

    public static ConfigXml parse(String text) {
        Builder builder = new Builder();
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(text));
            while (reader.hasNext()) {
                builder.take(reader.next(), reader);
            }
            return new ConfigXml(builder.root(), Optional.empty());
        } catch (XMLStreamException e) {
            String where = e.getLocation() == null ? "" : "at line " + e.getLocation().getLineNumber() + " ";
            return new ConfigXml(builder.root(), Optional.of(where + "it is no sound XML: " + firstLine(e)));
        } catch (RuntimeException e) {
            // the platform's reader throws these for some of what is no XML
            return new ConfigXml(builder.root(), Optional.of("it is no sound XML: " + e));
        }
    }

    private static String firstLine(XMLStreamException e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        String told = message.contains("Message: ") ? message.substring(message.indexOf("Message: ") + 9) : message;
        return told.lines().findFirst().orElse(told);
    }

    /** An element that is not closed yet. */
    private record Open(String name, Map<String, String> attributes, List<ConfigNode> children, int line) {
        ConfigNode close() {
            return new ConfigNode(name, attributes, children, line);
        }
    }

    /** Puts elements together; those that were never closed end where the reading ended. */
    private static final class Builder {
        private final Deque<Open> open = new ArrayDeque<>();
        private Optional<ConfigNode> root = Optional.empty();
        private int elements;

        void take(int event, XMLStreamReader reader) throws XMLStreamException {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> start(reader);
                case XMLStreamConstants.END_ELEMENT -> end();
                case XMLStreamConstants.DTD -> throw new XMLStreamException("it has a document type, which no"
                        + " configuration of IIS has", reader.getLocation());
                case XMLStreamConstants.ENTITY_REFERENCE -> throw new XMLStreamException("it refers to an entity",
                        reader.getLocation());
                default -> { }
            }
        }

        private void start(XMLStreamReader reader) throws XMLStreamException {
            if (open.size() >= DEEPEST || ++elements > MOST_ELEMENTS) {
                throw new XMLStreamException("more than " + DEEPEST + " elements in each other, or than "
                        + MOST_ELEMENTS + " in all", reader.getLocation());
            }
            Map<String, String> attributes = new LinkedHashMap<>();
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
            open.push(new Open(reader.getLocalName(), attributes, new ArrayList<>(),
                    reader.getLocation().getLineNumber()));
        }

        private void end() {
            ConfigNode closed = open.pop().close();
            if (open.isEmpty()) {
                root = Optional.of(closed);
            } else {
                open.peek().children().add(closed);
            }
        }

        Optional<ConfigNode> root() {
            while (!open.isEmpty()) {
                end();
            }
            return root;
        }
    }
}
