package dev.tidemark.read.evtx;

import dev.tidemark.bytes.ByteCursor;
import dev.tidemark.bytes.ByteCursor.DamagedException;
import dev.tidemark.read.evtx.Fragment.Template;
import dev.tidemark.read.evtx.Fragment.Values;
import dev.tidemark.read.evtx.XmlNode.Attribute;
import dev.tidemark.read.evtx.XmlNode.Element;
import dev.tidemark.read.evtx.XmlNode.Slot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compiles the binary XML of one chunk. Names and templates are kept by their offset in the chunk, so each is decoded
 * once. Malformed input is a {@link DamagedException} with its offset; nothing is guessed.
 *
 * <p>Source: [MS-EVEN6] 2.2.12; J. Metz, "Windows XML Event Log (EVTX) format", chapter 4.
 */
final class BinXml {
    private static final int DEEPEST = 64;
    private static final int MOST_VALUES = 8_192;
    /** Four times a chunk. */
    private static final int MOST_WRITTEN = 4 * EvtxReader.CHUNK;
    private static final int MORE = 0x40;
    private static final Map<String, String> ENTITIES =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'");

    private final byte[] chunk;
    private final Map<Integer, String> names = new HashMap<>();
    private final Map<Integer, Template> templates = new HashMap<>();
    /** Of elements and templates in the fragment at hand. */
    private int depth;
    private Optional<String> damage = Optional.empty();

    BinXml(byte[] chunk) {
        this.chunk = chunk;
    }

    /** @param dependency whether elements carry a dependency identifier: in templates, not in values of type BinXml */
    Fragment fragment(int from, int end, boolean dependency) throws DamagedException {
        depth = 0;
        List<XmlNode> nodes = content(new ByteCursor(chunk, from, end), dependency);
        return nodes.size() == 1 && nodes.get(0) instanceof XmlNode.Nested nested ? nested.fragment()
                : bounded(from, new Fragment(new Template(nodes), Values.NONE));
    }

    /** The fragment that stands as a value; empty if it cannot be read, and then {@link #takeDamage} says why. */
    Optional<Fragment> inner(int from, int end) {
        try {
            return Optional.of(fragment(from, end, false));
        } catch (DamagedException e) {
            damage = Optional.of(e.getMessage());
            return Optional.empty();
        }
    }

    /** Says that something of the event at hand is not written. */
    void lose(String why) {
        damage = Optional.of(why);
    }

    /** Why a value could not be read since this was asked last; empty if all could. */
    Optional<String> takeDamage() {
        Optional<String> taken = damage;
        damage = Optional.empty();
        return taken;
    }

    /** Reads to the end of the stream, of the fragment, or of the element that the caller is in. */
    private List<XmlNode> content(ByteCursor in, boolean dependency) throws DamagedException {
        List<XmlNode> nodes = new ArrayList<>();
        while (in.remaining() > 0) {
            int where = in.at();
            int token = in.u8("a token");
            switch (token & ~MORE) {
                case 0x00, 0x04 -> {
                    return nodes;
                }
                case 0x01 -> nodes.add(element(in, (token & MORE) != 0, dependency));
                case 0x05 -> nodes.add(new XmlNode.Text(text(in)));
                case 0x07 -> nodes.add(new XmlNode.Text(characters(in, in.u16("the length of a CDATA section"))));
                case 0x08 -> nodes.add(new XmlNode.Text(String.valueOf((char) in.u16("a character reference"))));
                case 0x09 -> nodes.add(entity(in));
                case 0x0A -> nodes.add(instruction(in));
                case 0x0C -> nodes.add(new XmlNode.Nested(instance(in)));
                case 0x0D, 0x0E -> nodes.add(slot(in, (token & ~MORE) == 0x0E));
                case 0x0F -> in.skip(3, "a fragment header");
                default -> throw new DamagedException(where, "unknown token 0x" + Integer.toHexString(token) + " at byte "
                        + where + " (0x" + Integer.toHexString(where) + ") of the chunk");
            }
        }
        return nodes;
    }

    private Element element(ByteCursor in, boolean withAttributes, boolean dependency) throws DamagedException {
        descend(in.at());
        if (dependency) {
            in.skip(2, "a dependency identifier");
        }
        in.skip(4, "the size of an element");
        String name = name(in);
        List<Attribute> attributes = withAttributes ? attributes(in) : List.of();
        int close = in.u8("the end of a start tag");
        List<XmlNode> children = switch (close & ~MORE) {
            case 0x02 -> content(in, dependency);
            case 0x03 -> List.of();
            default -> throw new DamagedException(in.at() - 1,
                    "expected the end of a start tag, found token 0x" + Integer.toHexString(close));
        };
        depth--;
        return new Element(name, List.copyOf(attributes), List.copyOf(children));
    }

    private void descend(int where) throws DamagedException {
        if (++depth > DEEPEST) {
            throw new DamagedException(where, "binary XML is nested deeper than " + DEEPEST);
        }
    }

    private List<Attribute> attributes(ByteCursor in) throws DamagedException {
        int size = in.size32("the size of the attributes");
        int end = in.at() + size;
        if (end > in.end()) {
            throw new DamagedException(in.at(), "attributes of " + size + " bytes, " + in.remaining() + " are left");
        }
        List<Attribute> attributes = new ArrayList<>();
        while (in.at() < end) {
            int token = in.u8("an attribute");
            if ((token & ~MORE) != 0x06) {
                throw new DamagedException(in.at() - 1, "expected an attribute, found token 0x" + Integer.toHexString(token));
            }
            String name = name(in);
            attributes.add(new Attribute(name, List.copyOf(attributeValue(in, end))));
        }
        return attributes;
    }

    private List<XmlNode> attributeValue(ByteCursor in, int end) throws DamagedException {
        List<XmlNode> value = new ArrayList<>();
        while (in.at() < end) {
            int token = chunk[in.at()] & ~MORE & 0xFF;
            if (token == 0x06) {
                return value;
            }
            in.skip(1, "a token");
            switch (token) {
                case 0x05 -> value.add(new XmlNode.Text(text(in)));
                case 0x08 -> value.add(new XmlNode.Text(String.valueOf((char) in.u16("a character reference"))));
                case 0x09 -> value.add(entity(in));
                case 0x0D, 0x0E -> value.add(slot(in, token == 0x0E));
                default -> throw new DamagedException(in.at() - 1,
                        "expected the value of an attribute, found token 0x" + Integer.toHexString(token));
            }
        }
        return value;
    }

    private String text(ByteCursor in) throws DamagedException {
        int type = in.u8("the type of a text");
        if (type != EvtxValue.STRING) {
            throw new DamagedException(in.at() - 1, "a literal value of type " + type + ", expected text");
        }
        return characters(in, in.u16("the length of a text"));
    }

    private String characters(ByteCursor in, int count) throws DamagedException {
        int from = in.at();
        in.skip(count * 2, "a text");
        return new String(chunk, from, count * 2, StandardCharsets.UTF_16LE);
    }

    private XmlNode entity(ByteCursor in) throws DamagedException {
        String name = name(in);
        return new XmlNode.Text(ENTITIES.getOrDefault(name, "&" + name + ";"));
    }

    private XmlNode instruction(ByteCursor in) throws DamagedException {
        String target = name(in);
        String data = "";
        if (in.remaining() > 0 && (chunk[in.at()] & ~MORE) == 0x0B) {
            in.skip(1, "a token");
            data = characters(in, in.u16("the length of an instruction"));
        }
        return new XmlNode.Instruction(target, data);
    }

    private static Slot slot(ByteCursor in, boolean optional) throws DamagedException {
        int index = in.u16("the number of a value");
        in.skip(1, "the type of a value");
        return new Slot(index, optional);
    }

    /** A name stands in the chunk once, where it was used first; later uses give its offset. */
    private String name(ByteCursor in) throws DamagedException {
        int where = in.at();
        int offset = in.size32("the offset of a name");
        int start = offset == in.at() ? in.at() : offset;
        if (offset == in.at()) {
            ByteCursor inline = new ByteCursor(chunk, start, in.end());
            inline.skip(6, "the head of a name");
            int count = inline.u16("the length of a name");
            inline.skip(count * 2 + 2, "a name");
            in.seek(inline.at(), "what follows a name");
        }
        String known = names.get(start);
        if (known == null) {
            ByteCursor at = new ByteCursor(chunk, 0, chunk.length);
            at.seek(start, "a name");
            at.skip(6, "the head of a name");
            int count = at.u16("the length of a name");
            if (count == 0) {
                throw new DamagedException(where, "a name of no characters at byte " + start);
            }
            known = characters(at, count);
            names.put(start, known);
        }
        return known;
    }

    private Fragment instance(ByteCursor in) throws DamagedException {
        in.skip(5, "the head of a template instance");
        int offset = in.size32("the offset of a template");
        Template template = template(in, offset);
        int count = in.size32("the number of values");
        if (count > MOST_VALUES) {
            throw new DamagedException(in.at() - 4, count + " values, more than any event has");
        }
        int[] offsets = new int[count];
        int[] sizes = new int[count];
        byte[] types = new byte[count];
        in.need(count * 4L, "the sizes of the values");
        for (int i = 0; i < count; i++) {
            sizes[i] = in.u16("the size of a value");
            types[i] = (byte) in.u8("the type of a value");
            in.skip(1, "padding");
        }
        for (int i = 0; i < count; i++) {
            offsets[i] = in.at();
            in.skip(sizes[i], "value " + i);
        }
        for (int i = 0; i < count; i++) {
            if (types[i] == EvtxValue.BINXML && template.uses(i) > 1) {
                throw new DamagedException(offset, "a template writes the same piece of XML " + template.uses(i) + " times");
            }
        }
        return bounded(offset, new Fragment(template, new Values(chunk, offsets, sizes, types)));
    }

    /** What is written of an event has about the size of its values: a chunk that says otherwise is damaged or a trap. */
    private static Fragment bounded(int offset, Fragment fragment) throws DamagedException {
        if (fragment.written() > MOST_WRITTEN) {
            throw new DamagedException(offset, "its template would write its values so often that they fill "
                    + fragment.written() + " bytes");
        }
        return fragment;
    }

    /** Head of a template: next one's offset (4), GUID (16), size of its data (4). */
    private Template template(ByteCursor in, int offset) throws DamagedException {
        boolean inline = offset == in.at();
        ByteCursor at = new ByteCursor(chunk, 0, chunk.length);
        at.seek(offset, "a template");
        at.skip(20, "the head of a template");
        int size = at.size32("the size of a template");
        at.need(size, "a template");
        int end = at.at() + size;
        if (inline) {
            in.seek(end, "what follows a template");
        }
        Template known = templates.get(offset);
        if (known == null) {
            ByteCursor body = new ByteCursor(chunk, at.at(), end);
            descend(offset);
            known = new Template(content(body, true));
            depth--;
            templates.put(offset, known);
        }
        return known;
    }
}
