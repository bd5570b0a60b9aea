package dev.tidemark.read.evtx;

import dev.tidemark.read.evtx.Fragment.Values;
import dev.tidemark.read.evtx.XmlNode.Attribute;
import dev.tidemark.read.evtx.XmlNode.Element;
import dev.tidemark.read.evtx.XmlNode.Slot;
import java.util.List;

/** Writes an event as XML. What XML cannot hold, such as most control characters, becomes U+FFFD. */
final class EvtxXml {
    private static final int DEEPEST = 128;
    /**
     * First and last letters of the scripts in which names are written, as far as parsers of all editions of XML 1.0 take
     * them for letters. Source: XML 1.0, 4th edition, appendix B; 5th edition, production 4.
     */
    private static final String LETTERS = "\u00C0\u00D6\u00D8\u00F6\u00F8\u0131\u0134\u013E\u0141\u0148\u014A\u017E"
            + "\u03A3\u03CE\u0401\u040C\u040E\u044F\u0451\u045C\u3041\u3094\u30A1\u30FA\u4E00\u9FA5\uAC00\uD7A3";

    private final BinXml binXml;
    private final StringBuilder out = new StringBuilder(1_024);

    private EvtxXml(BinXml binXml) {
        this.binXml = binXml;
    }

    static String of(BinXml binXml, Fragment fragment) {
        EvtxXml xml = new EvtxXml(binXml);
        xml.nodes(fragment.template().nodes(), fragment.values(), 0);
        return xml.out.toString();
    }

    private void nodes(List<XmlNode> nodes, Values values, int depth) {
        for (XmlNode node : nodes) {
            node(node, values, depth);
        }
    }

    private void node(XmlNode node, Values values, int depth) {
        if (depth > DEEPEST) {
            binXml.lose("its XML is nested deeper than " + DEEPEST);
            return;
        }
        if (node instanceof XmlNode.Text text) {
            escape(text.text());
        } else if (node instanceof Element element) {
            element(element, values, depth);
        } else if (node instanceof Slot slot) {
            slot(slot, values, depth);
        } else if (node instanceof XmlNode.Nested nested) {
            nodes(nested.fragment().template().nodes(), nested.fragment().values(), depth + 1);
        } else if (node instanceof XmlNode.Instruction instruction) {
            out.append("<?");
            name(instruction.target().equalsIgnoreCase("xml") ? "_" + instruction.target() : instruction.target());
            out.append(' ');
            escape(instruction.data());
            out.append("?>");
        }
    }

    private void slot(Slot slot, Values values, int depth) {
        int type = values.type(slot.index());
        if (type == EvtxValue.BINXML) {
            EvtxEvent.inner(binXml, slot, values)
                    .ifPresent(f -> nodes(f.template().nodes(), f.values(), depth + 1));
        } else if (type != EvtxValue.NULL) {
            escape(EvtxValue.text(values.bytes(), values.offsets()[slot.index()], values.sizes()[slot.index()], type));
        }
    }

    /** An element whose one value is an array is written once for each item. */
    private void element(Element element, Values values, int depth) {
        if (element.children().size() == 1 && element.children().get(0) instanceof Slot slot
                && (values.type(slot.index()) & EvtxValue.ARRAY) != 0) {
            List<String> items = EvtxValue.items(values.bytes(), values.offsets()[slot.index()],
                    values.sizes()[slot.index()], values.type(slot.index()));
            for (String item : items) {
                start(element, values);
                out.append('>');
                escape(item);
                end(element);
            }
            return;
        }
        start(element, values);
        int before = out.length();
        out.append('>');
        nodes(element.children(), values, depth + 1);
        if (out.length() == before + 1) {
            out.setLength(before);
            out.append("/>");
        } else {
            end(element);
        }
    }

    private void start(Element element, Values values) {
        out.append('<');
        name(element.name());
        int first = out.length();
        for (Attribute attribute : element.attributes()) {
            boolean absent = attribute.value().size() == 1 && attribute.value().get(0) instanceof Slot slot
                    && slot.optional() && values.type(slot.index()) == EvtxValue.NULL;
            if (!absent) {
                out.append(' ');
                int from = out.length();
                name(attribute.name());
                out.append("=\"");
                distinguish(first, from);
                nodes(attribute.value(), values, DEEPEST);
                out.append('"');
            }
        }
    }

    /** An element has no two attributes of one name. */
    private void distinguish(int first, int from) {
        if (from - 1 == first) {
            return;
        }
        String said = out.substring(from - 1);
        for (int same = out.indexOf(said, first); same < from - 1; same = out.indexOf(said, first)) {
            out.insert(from, '_');
            said = out.substring(from - 1);
        }
    }

    private void end(Element element) {
        out.append("</");
        name(element.name());
        out.append('>');
    }

    /** A damaged log may hold any text where a name should stand. */
    private void name(String name) {
        int prefix = prefix(name);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean starts = i == 0 || i == prefix + 1;
            boolean fits = isLetter(c) || c == '_' || i == prefix
                    || !starts && (c >= '0' && c <= '9' || c == '-' || c == '.');
            out.append(fits ? c : '_');
        }
    }

    /** Where the one colon between a prefix and a name stands, or -1. Source: Namespaces in XML 1.0, production 7. */
    private static int prefix(String name) {
        int colon = name.indexOf(':');
        return colon > 0 && colon < name.length() - 1 && name.indexOf(':', colon + 1) < 0 ? colon : -1;
    }

    private static boolean isLetter(char c) {
        if (c < 0x80) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        }
        for (int i = 0; i < LETTERS.length(); i += 2) {
            if (c >= LETTERS.charAt(i) && c <= LETTERS.charAt(i + 1)) {
                return true;
            }
        }
        return false;
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\r' -> out.append("&#13;");
                default -> out.append(legal(text, i, c) ? c : '\uFFFD');
            }
        }
    }

    /** Source: XML 1.0, production 2, Char. */
    private static boolean legal(String text, int i, char c) {
        if (Character.isHighSurrogate(c)) {
            return i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
        }
        return c >= 0x20 && c < 0xFFFE || c == '\t' || c == '\n';
    }
}
