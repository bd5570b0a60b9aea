package dev.tidemark.mitigate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts rewrite rules into a site's {@code web.config}: in front of all others, so that none of these ends the way of a
 * request before. Sections that are missing are made; what is there stays as it is.
 */
final class RewriteRules {
    private static final String RULES = "system.webServer/rewrite/rules";
    private static final List<String> WAY = List.of("system.webServer", "rewrite", "rules");

    private final ConfigDocument document;

    private RewriteRules(ConfigDocument document) {
        this.document = document;
    }

    /** What a site without a configuration gets. */
    static String newDocument(List<PublishedMitigation.Rule> rules) {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<configuration>\r\n");
        return out.append(nested(0, rules, "  ", "  ", "\r\n")).append("</configuration>\r\n").toString();
    }

    /** The edits that put the rules in; none if all are there as they should be. */
    static List<Edit> insert(ConfigDocument document, List<PublishedMitigation.Rule> rules) throws Refusal {
        RewriteRules there = new RewriteRules(document);
        there.refuseWhatHidesRules();
        List<PublishedMitigation.Rule> missing = new ArrayList<>();
        for (PublishedMitigation.Rule rule : rules) {
            if (!there.has(rule)) {
                missing.add(rule);
            }
        }
        return missing.isEmpty() ? List.of() : List.of(there.insertion(missing));
    }

    /** Sections that are kept elsewhere, encrypted, or there twice are not edited. */
    private void refuseWhatHidesRules() throws Refusal {
        for (int i = 1; i <= WAY.size(); i++) {
            String path = String.join("/", WAY.subList(0, i));
            List<Element> sections = document.root().all(path);
            if (sections.size() > 1) {
                throw new Refusal("it has <" + path + "> " + sections.size() + " times");
            }
            for (Element section : sections) {
                for (String odd : List.of("configSource", "configProtectionProvider", "lockElements", "lockItem",
                        "lockAllElementsExcept")) {
                    if (section.attribute(odd).isPresent()) {
                        throw new Refusal("<" + path + "> has " + odd + "=\"" + section.value(odd, "") + "\"");
                    }
                }
            }
        }
    }

    /** True if the very rule is there. @throws Refusal if another one has its name */
    private boolean has(PublishedMitigation.Rule rule) throws Refusal {
        for (Element each : document.root().all(RULES + "/rule")) {
            if (each.value("name", "").equals(rule.name())) {
                if (facts(each).equals(facts(rule))) {
                    return true;
                }
                throw new Refusal("a rule is called '" + rule.name() + "' already and is not the published one; take it out"
                        + " or give it another name first");
            }
        }
        return false;
    }

    private static Map<String, String> facts(PublishedMitigation.Rule rule) {
        return new TreeMap<>(Map.of("rule.stopProcessing", Boolean.toString(rule.stop()), "match.url", ".*", "add.input",
                rule.input(), "add.pattern", rule.pattern(), "action.type", "AbortRequest"));
    }

    /** All that the rule says, without what is the same if it is not said. */
    private static Map<String, String> facts(Element rule) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("rule.stopProcessing", "false");
        collect(rule, facts);
        facts.remove("rule.name");
        Map<String, String> silent = Map.of("rule.enabled", "true", "rule.patternSyntax", "ECMAScript", "match.negate",
                "false", "match.ignoreCase", "true", "add.negate", "false", "add.ignoreCase", "true", "add.matchType",
                "Pattern", "conditions.logicalGrouping", "MatchAll", "conditions.trackAllCaptures", "false");
        silent.forEach(facts::remove);
        return facts;
    }

    private static void collect(Element element, Map<String, String> facts) {
        for (Element.Attribute a : element.attributes()) {
            String value = a.value().matches("(?i)true|false") ? a.value().toLowerCase(java.util.Locale.ROOT) : a.value();
            if (facts.put(element.name() + "." + a.name(), value) != null && !a.name().equals("stopProcessing")) {
                facts.put(element.name() + "." + a.name() + ".again", value);
            }
        }
        element.children().forEach(child -> collect(child, facts));
    }

    private Edit insertion(List<PublishedMitigation.Rule> rules) {
        Element at = document.root();
        int depth = 0;
        Optional<Element> next = child(at, depth);
        while (next.isPresent()) {
            at = next.get();
            depth++;
            next = child(at, depth);
        }
        String end = document.lineEnd();
        String outer = document.indentOf(at.start());
        String inner = outer + document.step();
        String inside = nested(depth, rules, inner, document.step(), end);
        if (at.empty()) {
            int slash = document.text().lastIndexOf('/', at.end());
            String tag = document.text().substring(at.start(), slash).stripTrailing();
            return new Edit(at.start(), at.end(), tag + ">" + end + inside + outer + "</" + at.name() + ">");
        }
        if (depth == WAY.size()) {
            int from = behindClear(at);
            return Edit.insert(from, end + inside.substring(0, inside.length() - end.length()));
        }
        return beforeEnd(at, inside, outer, end);
    }

    private static Optional<Element> child(Element of, int depth) {
        return depth == WAY.size() ? Optional.empty()
                : of.children().stream().filter(c -> c.name().equals(WAY.get(depth))).findFirst();
    }

    /** Rules stand first, but what clears or removes inherited ones stands before them. */
    private static int behindClear(Element rules) {
        int from = rules.tagEnd();
        for (Element child : rules.children()) {
            if (!child.name().equals("clear") && !child.name().equals("remove")) {
                break;
            }
            from = child.end();
        }
        return from;
    }

    private Edit beforeEnd(Element at, String inside, String outer, String end) {
        String indent = document.indentOf(at.closeTag());
        int line = at.closeTag() - indent.length();
        boolean ownLine = line > 0 && "\r\n".indexOf(document.text().charAt(line - 1)) >= 0;
        return ownLine ? Edit.insert(line, inside) : Edit.insert(at.closeTag(), end + inside + outer);
    }

    /** The rules within the sections from {@code depth} on, each line with its end. */
    private static String nested(int depth, List<PublishedMitigation.Rule> rules, String indent, String step, String end) {
        if (depth == WAY.size()) {
            StringBuilder out = new StringBuilder();
            rules.forEach(r -> out.append(rule(r, indent, step, end)));
            return out.toString();
        }
        return indent + "<" + WAY.get(depth) + ">" + end + nested(depth + 1, rules, indent + step, step, end) + indent + "</"
                + WAY.get(depth) + ">" + end;
    }

    private static String rule(PublishedMitigation.Rule rule, String indent, String step, String end) {
        String in = indent + step;
        return indent + "<rule name=\"" + escaped(rule.name()) + "\"" + (rule.stop() ? " stopProcessing=\"true\"" : "") + ">" + end
                + in + "<match url=\".*\" />" + end
                + in + "<conditions>" + end
                + in + step + "<add input=\"" + escaped(rule.input()) + "\" pattern=\"" + escaped(rule.pattern()) + "\" />" + end
                + in + "</conditions>" + end
                + in + "<action type=\"AbortRequest\" />" + end
                + indent + "</rule>" + end;
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
