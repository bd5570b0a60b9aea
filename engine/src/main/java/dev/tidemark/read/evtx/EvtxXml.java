package dev.tidemark.read.evtx;

import dev.tidemark.read.evtx.Fragment.Values;
import dev.tidemark.read.evtx.XmlNode.Attribute;
import dev.tidemark.read.evtx.XmlNode.Element;
import dev.tidemark.read.evtx.XmlNode.Slot;
import java.util.List;

/** Writes an event as XML. What XML cannot hold, such as most control characters, becomes U+FFFD. */
final class EvtxXml {
    private static final int DEEPEST = 128;

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
            escape(instruction.target());
            out.append(' ');
            escape(instruction.data().replace("?>", ""));
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
        for (Attribute attribute : element.attributes()) {
            boolean absent = attribute.value().size() == 1 && attribute.value().get(0) instanceof Slot slot
                    && slot.optional() && values.type(slot.index()) == EvtxValue.NULL;
            if (!absent) {
                out.append(' ');
                name(attribute.name());
                out.append("=\"");
                nodes(attribute.value(), values, DEEPEST);
                out.append('"');
            }
        }
    }

    private void end(Element element) {
        out.append("</");
        name(element.name());
        out.append('>');
    }

    /** A damaged log may hold any text where a name should stand. */
    private void name(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = Character.isLetterOrDigit(c) || c == '_' || c == ':' || i > 0 && (c == '-' || c == '.');
            out.append(letter && (i > 0 || !Character.isDigit(c)) ? c : '_');
        }
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
