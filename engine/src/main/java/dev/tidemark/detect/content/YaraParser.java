package dev.tidemark.detect.content;

import dev.tidemark.detect.content.YaraToken.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a rule file. A rule that is not understood is left out with its reason, and reading goes on with the next.
 *
 * <p>Source: the YARA documentation 4.5, "Writing YARA rules".
 */
final class YaraParser {
    private static final Set<String> MODIFIERS = Set.of("nocase", "wide", "ascii", "fullword", "private", "xor",
            "base64", "base64wide");

    /** A rule with its condition; {@code faults} if it cannot run. */
    record Parsed(YaraRule rule, Optional<YaraTerm> condition, List<String> faults) {}

    private final YaraWords words;
    private final Strings strings;
    private final List<Parsed> rules = new ArrayList<>();
    private final Map<String, Integer> ruleIndex = new LinkedHashMap<>();
    private final int firstRule;

    /** @param firstRule index of the file's first rule among all rules */
    private YaraParser(String text, Strings strings, int firstRule) {
        this.words = new YaraWords(new YaraLexer(text));
        this.strings = strings;
        this.firstRule = firstRule;
    }

    /** @param text the file's bytes as ISO 8859-1 */
    static List<Parsed> parse(String text, Strings strings, int firstRule) {
        YaraParser parser = new YaraParser(text, strings, firstRule);
        parser.file();
        return parser.rules;
    }

    private void file() {
        while (true) {
            int line = words.line();
            String name = "";
            try {
                words.start();
                line = words.line();
                if (words.at(Kind.END)) {
                    return;
                }
                if (words.take("import")) {
                    words.expect(Kind.TEXT);
                    continue;
                }
                if (words.take("include")) {
                    throw new YaraException(line, "include is not followed: give the folder of the file");
                }
                name = rule();
            } catch (YaraException e) {
                fault(name.isEmpty() ? words.lastRule() : name, line, e.getMessage());
                words.toNextRule();
            }
        }
    }

    private void fault(String name, int line, String why) {
        YaraRule rule = new YaraRule(name, false, false, List.of(), Map.of(), List.of(), List.of(), Set.of(), line);
        ruleIndex.putIfAbsent(name, firstRule + rules.size());
        rules.add(new Parsed(rule, Optional.empty(), List.of(why)));
    }

    private String rule() throws YaraException {
        int line = words.line();
        boolean isPrivate = false;
        boolean isGlobal = false;
        while (words.peek().is("private") || words.peek().is("global")) {
            isPrivate |= words.peek().is("private");
            isGlobal |= words.peek().is("global");
            words.next();
        }
        words.expect("rule");
        String name = words.name();
        List<String> tags = new ArrayList<>();
        if (words.take(":")) {
            while (words.at(Kind.WORD)) {
                tags.add(words.next().text());
            }
        }
        words.expect("{");
        Map<String, String> meta = words.take("meta") ? meta() : Map.of();
        List<YaraString> declared = words.take("strings") ? declared() : List.of();
        Map<String, List<Integer>> named = new LinkedHashMap<>();
        List<Integer> all = new ArrayList<>();
        for (YaraString each : declared) {
            int index = strings.add(each);
            all.add(index);
            named.computeIfAbsent(each.name(), n -> new ArrayList<>()).add(index);
        }
        words.expect("condition");
        words.expect(":");
        YaraCondition reader = new YaraCondition(words, named, this::ruleNamed);
        YaraTerm condition = reader.whole();
        words.expect("}");
        if (ruleIndex.putIfAbsent(name, firstRule + rules.size()) != null) {
            throw new YaraException(line, "a rule of this name stands before it");
        }
        rules.add(new Parsed(new YaraRule(name, isPrivate, isGlobal, tags, meta, declared, all, reader.asked(), line),
                Optional.of(condition), List.of()));
        return name;
    }

    /** The indices of the rules that a name means, which may end in {@code *}. */
    private List<Integer> ruleNamed(String name) {
        List<Integer> found = new ArrayList<>();
        ruleIndex.forEach((each, index) -> {
            if (name.endsWith("*") ? each.startsWith(name.substring(0, name.length() - 1)) : each.equals(name)) {
                found.add(index);
            }
        });
        return found;
    }

    private Map<String, String> meta() throws YaraException {
        Map<String, String> meta = new LinkedHashMap<>();
        words.expect(":");
        while (words.at(Kind.WORD) && !words.peek().is("strings") && !words.peek().is("condition")) {
            String key = words.name();
            words.expect("=");
            boolean minus = words.take("-");
            String value = (minus ? "-" : "") + words.next().text();
            meta.merge(key, value, (a, b) -> a + ", " + b);
        }
        return meta;
    }

    private List<YaraString> declared() throws YaraException {
        List<YaraString> declared = new ArrayList<>();
        Set<String> names = new HashSet<>();
        words.expect(":");
        while (words.at(Kind.STRING_ID)) {
            YaraToken id = words.next();
            if (!id.text().equals("$") && !names.add(id.text())) {
                throw new YaraException(id.line(), "the string " + id.text() + " is declared twice");
            }
            declared.add(string(id));
        }
        if (declared.isEmpty()) {
            throw new YaraException(words.line(), "expected a string, found " + words.peek());
        }
        return declared;
    }

    private YaraString string(YaraToken id) throws YaraException {
        words.expectBeforeString("=");
        if (words.peek().is("{")) {
            String body = words.hexBody();
            return declare(id, YaraString.Kind.HEX, body, new HashSet<>());
        }
        YaraToken value = words.next();
        if (value.kind() == Kind.TEXT) {
            if (value.text().isEmpty()) {
                throw new YaraException(value.line(), "the string " + id.text() + " is empty");
            }
            return declare(id, YaraString.Kind.TEXT, value.text(), new HashSet<>());
        }
        if (value.kind() != Kind.REGEX) {
            throw new YaraException(value.line(), "expected a string, found " + value);
        }
        Set<String> modifiers = new HashSet<>();
        if (value.flags().contains("i")) {
            modifiers.add("nocase");
        }
        if (value.flags().contains("s")) {
            modifiers.add("dotall");
        }
        return declare(id, YaraString.Kind.REGEX, value.text(), modifiers);
    }

    private YaraString declare(YaraToken id, YaraString.Kind kind, String text, Set<String> modifiers)
            throws YaraException {
        Optional<YaraString.Keys> xor = Optional.empty();
        while (words.at(Kind.WORD) && !words.peek().is("condition")) {
            YaraToken word = words.next();
            if (!MODIFIERS.contains(word.text())) {
                throw new YaraException(word.line(), "unknown modifier " + word);
            }
            modifiers.add(word.text());
            if (word.text().equals("xor")) {
                xor = Optional.of(words.take("(") ? keys() : new YaraString.Keys(0, 255));
            } else if (words.peek().is("(")) {
                throw new YaraException(word.line(), word + " with an alphabet of its own is not understood");
            }
        }
        return new YaraString(id.text(), kind, text, modifiers, xor, id.line());
    }

    private YaraString.Keys keys() throws YaraException {
        int from = key();
        int to = words.take("-") ? key() : from;
        words.expect(")");
        return new YaraString.Keys(from, to);
    }

    private int key() throws YaraException {
        YaraToken number = words.next();
        if (number.kind() != Kind.NUMBER || number.number() > 255) {
            throw new YaraException(number.line(), "expected a key of one byte, found " + number);
        }
        return (int) number.number();
    }
}
