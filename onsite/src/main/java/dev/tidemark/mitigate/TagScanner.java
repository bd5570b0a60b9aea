package dev.tidemark.mitigate;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds where the tags of a document stand. It knows no entities but XML's own, no document type, and takes nothing that
 * it does not know for something that it does.
 *
 * <p>Source: W3C, "Extensible Markup Language (XML) 1.0": 2.3 to 2.8, 3.1.
 */
final class TagScanner {
    private static final int DEEPEST = 64;

    private final String text;
    private int at;

    private TagScanner(String text) {
        this.text = text;
    }

    /** The document's element. */
    static Element scan(String text) throws Refusal {
        TagScanner scanner = new TagScanner(text);
        scanner.skipToTag();
        if (scanner.at >= text.length()) {
            throw new Refusal("it holds no element");
        }
        Element root = scanner.element(0);
        scanner.skipToTag();
        if (scanner.at < text.length()) {
            throw scanner.odd("a second element");
        }
        return root;
    }

    /** Over text, comments, instructions and CDATA, to the next tag or to the end. */
    private void skipToTag() throws Refusal {
        while (at < text.length()) {
            if (text.charAt(at) != '<') {
                at++;
            } else if (text.startsWith("<!--", at)) {
                over("-->", 4);
            } else if (text.startsWith("<?", at)) {
                over("?>", 2);
            } else if (text.startsWith("<![CDATA[", at)) {
                over("]]>", 9);
            } else if (text.startsWith("<!", at)) {
                throw odd("a document type");
            } else {
                return;
            }
        }
    }

    private void over(String end, int from) throws Refusal {
        int found = text.indexOf(end, at + from);
        if (found < 0) {
            throw odd("something that is never closed");
        }
        at = found + end.length();
    }

    private Element element(int depth) throws Refusal {
        if (depth > DEEPEST) {
            throw odd("more than " + DEEPEST + " elements in each other");
        }
        int start = at++;
        String name = name();
        List<Element.Attribute> attributes = attributes();
        if (text.startsWith("/>", at)) {
            at += 2;
            return new Element(name, attributes, List.of(), start, at, at, at, true);
        }
        expect('>');
        int tagEnd = at;
        List<Element> children = new ArrayList<>();
        skipToTag();
        while (at < text.length() && !text.startsWith("</", at)) {
            children.add(element(depth + 1));
            skipToTag();
        }
        int closeTag = at;
        if (!text.startsWith("</" + name, at)) {
            throw odd("something else than the end of <" + name + ">");
        }
        at += 2 + name.length();
        space();
        expect('>');
        return new Element(name, attributes, children, start, tagEnd, closeTag, at, false);
    }

    private List<Element.Attribute> attributes() throws Refusal {
        List<Element.Attribute> attributes = new ArrayList<>();
        space();
        while (at < text.length() && text.charAt(at) != '>' && text.charAt(at) != '/') {
            String name = name();
            space();
            expect('=');
            space();
            char quote = at < text.length() ? text.charAt(at) : ' ';
            if (quote != '"' && quote != '\'') {
                throw odd("a value without quotes");
            }
            int from = ++at;
            at = text.indexOf(quote, from);
            if (at < 0) {
                at = from;
                throw odd("a value that is never closed");
            }
            attributes.add(new Element.Attribute(name, plain(text.substring(from, at)), from, at));
            at++;
            space();
        }
        return attributes;
    }

    private String name() throws Refusal {
        int from = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || "._-:".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        if (at == from) {
            throw odd("something else than a name");
        }
        return text.substring(from, at);
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private void expect(char c) throws Refusal {
        if (at >= text.length() || text.charAt(at) != c) {
            throw odd("something else than '" + c + "'");
        }
        at++;
    }

    /** A value with XML's own entities and character references resolved. */
    private String plain(String raw) throws Refusal {
        StringBuilder out = new StringBuilder();
        int i = 0;
        while (i < raw.length()) {
            if (raw.charAt(i) != '&') {
                out.append(raw.charAt(i++));
                continue;
            }
            int end = raw.indexOf(';', i);
            if (end < 0) {
                throw odd("an entity that is never closed");
            }
            out.append(entity(raw.substring(i + 1, end)));
            i = end + 1;
        }
        return out.toString();
    }

    private String entity(String name) throws Refusal {
        return switch (name) {
            case "amp" -> "&";
            case "lt" -> "<";
            case "gt" -> ">";
            case "quot" -> "\"";
            case "apos" -> "'";
            default -> {
                if (!name.matches("#(\\d{1,7}|x[0-9a-fA-F]{1,6})")) {
                    throw odd("the entity '" + name + "'");
                }
                int code = name.charAt(1) == 'x' ? Integer.parseInt(name.substring(2), 16)
                        : Integer.parseInt(name.substring(1));
                if (!Character.isValidCodePoint(code)) {
                    throw odd("the character " + name);
                }
                yield Character.toString(code);
            }
        };
    }

    private Refusal odd(String what) {
        long line = text.substring(0, Math.min(at, text.length())).chars().filter(c -> c == '\n').count() + 1;
        return new Refusal("line " + line + " has " + what + ", which is not understood");
    }
}
