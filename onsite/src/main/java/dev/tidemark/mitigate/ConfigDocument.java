package dev.tidemark.mitigate;

import dev.tidemark.read.iisconfig.ConfigEncoding;
import dev.tidemark.read.iisconfig.ConfigNode;
import dev.tidemark.read.iisconfig.ConfigXml;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A configuration whose bytes are all accounted for: text that gives the same bytes when it is written again, and tags of
 * which the platform's own parser sees the same. What is changed is changed in the text; nothing is written anew.
 */
final class ConfigDocument {
    private final byte[] bytes;
    private final ConfigEncoding encoding;
    private final Charset charset;
    private final String text;
    private final Element root;

    private ConfigDocument(byte[] bytes, ConfigEncoding encoding, Charset charset, String text, Element root) {
        this.bytes = bytes;
        this.encoding = encoding;
        this.charset = charset;
        this.text = text;
        this.root = root;
    }

    static ConfigDocument of(byte[] bytes) throws Refusal {
        ConfigEncoding encoding = ConfigEncoding.of(bytes);
        Charset charset = encoding.charset().orElseThrow(() -> new Refusal("it declares an encoding that is not known here"));
        String text = decoded(bytes, encoding, charset);
        if (!Arrays.equals(encoded(text, encoding, charset, bytes), bytes)) {
            throw new Refusal("its bytes are not the only way to write its text in " + charset);
        }
        ConfigXml seen = ConfigXml.parse(text);
        if (seen.fault().isPresent()) {
            throw new Refusal(seen.fault().get());
        }
        Element root = TagScanner.scan(text);
        if (!same(root, seen.root().orElseThrow(() -> new Refusal("it holds no element")))) {
            throw new Refusal("two ways to read it see different elements");
        }
        if (!root.name().equals("configuration")) {
            throw new Refusal("its element is <" + root.name() + ">, not <configuration>");
        }
        return new ConfigDocument(bytes, encoding, charset, text, root);
    }

    private static String decoded(byte[] bytes, ConfigEncoding encoding, Charset charset) throws Refusal {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(bytes, encoding.markSize(),
                    bytes.length - encoding.markSize())).toString();
        } catch (CharacterCodingException e) {
            throw new Refusal("it is no sound " + charset);
        }
    }

    private static byte[] encoded(String text, ConfigEncoding encoding, Charset charset, byte[] mark) throws Refusal {
        try {
            ByteBuffer out = charset.newEncoder().encode(CharBuffer.wrap(text));
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.write(mark, 0, encoding.markSize());
            whole.write(out.array(), out.arrayOffset(), out.remaining());
            return whole.toByteArray();
        } catch (CharacterCodingException e) {
            throw new Refusal("what has to be put in cannot be written in " + charset);
        }
    }

    /** Names with a namespace's prefix, which no section of IIS has, are compared without it. */
    private static boolean same(Element ours, ConfigNode theirs) {
        if (!local(ours.name()).equals(local(theirs.name())) || ours.children().size() != theirs.children().size()) {
            return false;
        }
        for (Element.Attribute a : ours.attributes()) {
            boolean plain = a.name().indexOf(':') < 0 && !a.name().equals("xmlns");
            if (plain && !spaced(a.value()).equals(spaced(theirs.attribute(a.name(), "")))) {
                return false;
            }
        }
        for (int i = 0; i < ours.children().size(); i++) {
            if (!same(ours.children().get(i), theirs.children().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    /** XML lets a parser give white space in a value as blanks. */
    private static String spaced(String value) {
        return value.replaceAll("\\s+", " ");
    }

    byte[] bytes() {
        return bytes.clone();
    }

    String text() {
        return text;
    }

    Element root() {
        return root;
    }

    /** The bytes with the edits made; every byte outside of them is as it was. */
    byte[] with(List<Edit> edits) throws Refusal {
        StringBuilder out = new StringBuilder(text);
        edits.stream().sorted(Comparator.comparingInt(Edit::from).reversed())
                .forEach(e -> out.replace(e.from(), e.to(), e.text()));
        return encoded(out.toString(), encoding, charset, bytes);
    }

    /** How lines end in this document: as the first one does. */
    String lineEnd() {
        int first = text.indexOf('\n');
        return first > 0 && text.charAt(first - 1) == '\r' ? "\r\n" : first < 0 && text.indexOf('\r') >= 0 ? "\r" : "\n";
    }

    /** The white space in front of {@code at} on its line; empty if something else stands there. */
    String indentOf(int at) {
        int from = at;
        while (from > 0 && (text.charAt(from - 1) == ' ' || text.charAt(from - 1) == '\t')) {
            from--;
        }
        boolean lineStart = from == 0 || text.charAt(from - 1) == '\n' || text.charAt(from - 1) == '\r';
        return lineStart ? text.substring(from, at) : "";
    }

    /** By how much an element is moved in from the one around it: as the first one below the root is. */
    String step() {
        String inner = root.children().isEmpty() ? "" : indentOf(root.children().get(0).start());
        String outer = indentOf(root.start());
        return inner.startsWith(outer) && inner.length() > outer.length() ? inner.substring(outer.length()) : "  ";
    }
}
