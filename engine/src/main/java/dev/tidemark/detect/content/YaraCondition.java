package dev.tidemark.detect.content;

import dev.tidemark.detect.content.YaraToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads a condition by descent: or, and, not, comparisons, bits, shifts, sums, products, signs.
 *
 * <p>Source: the YARA documentation 4.5, "Conditions", with its table of precedence.
 */
final class YaraCondition {
    /** Variables that every file has a value of. */
    static final Set<String> VARIABLES = Set.of("filesize", "filename", "filepath", "extension", "filetype", "owner",
            "web_file");
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> TEXT_TESTS = Set.of("contains", "icontains", "startswith", "istartswith",
            "endswith", "iendswith", "iequals");
    private static final int DEEPEST = 200;

    private final YaraWords words;
    private final Map<String, List<Integer>> strings;
    private final Function<String, List<Integer>> rules;
    private final Set<Integer> asked = new java.util.LinkedHashSet<>();
    private final List<String> loopNames = new ArrayList<>();
    private int stringLoops;
    private int depth;

    /** @param strings indices by name @param rules the indices that a rule's name, or one with a star, means */
    YaraCondition(YaraWords words, Map<String, List<Integer>> strings, Function<String, List<Integer>> rules) {
        this.words = words;
        this.strings = strings;
        this.rules = rules;
    }

    YaraTerm whole() throws YaraException {
        if (++depth > DEEPEST) {
            throw new YaraException(words.line(), "the condition is nested too deeply");
        }
        List<YaraTerm> any = new ArrayList<>(List.of(and()));
        while (words.take("or")) {
            any.add(and());
        }
        depth--;
        return any.size() == 1 ? any.get(0) : new YaraTerm.Or(List.copyOf(any));
    }

    private YaraTerm and() throws YaraException {
        List<YaraTerm> all = new ArrayList<>(List.of(not()));
        while (words.take("and")) {
            all.add(not());
        }
        return all.size() == 1 ? all.get(0) : new YaraTerm.And(List.copyOf(all));
    }

    private YaraTerm not() throws YaraException {
        if (words.peek().is("not") || words.peek().is("defined")) {
            if (++depth > DEEPEST) {
                throw new YaraException(words.line(), "the condition is nested too deeply");
            }
            boolean negated = words.next().is("not");
            YaraTerm of = not();
            depth--;
            return negated ? new YaraTerm.Not(of) : new YaraTerm.Defined(of);
        }
        return comparison();
    }

    private YaraTerm comparison() throws YaraException {
        YaraTerm left = bits(0);
        if (words.peek().is("of")) {
            return of(new Quantifier(Quantifier.Kind.NUMBER, Optional.of(left), false));
        }
        while (true) {
            String sign = words.peek().text();
            if (words.at(Kind.SIGN) && COMPARISONS.contains(sign)) {
                words.next();
                left = new YaraTerm.Comparison(sign, left, bits(0));
            } else if (words.at(Kind.WORD) && TEXT_TESTS.contains(sign)) {
                words.next();
                left = new YaraTerm.TextTest(sign, left, bits(0));
            } else if (words.peek().is("matches")) {
                words.expectBeforeString("matches");
                YaraToken regex = words.expect(Kind.REGEX);
                left = new YaraTerm.Matches(left, YaraRegex.of(regex.text(), regex.flags().contains("i"),
                        regex.flags().contains("s"), regex.line()));
            } else {
                return left;
            }
        }
    }

    /** Signs of arithmetic from the weakest to the strongest. */
    private static final List<Set<String>> LEVELS =
            List.of(Set.of("|"), Set.of("^"), Set.of("&"), Set.of("<<", ">>"), Set.of("+", "-"), Set.of("*", "\\", "%"));

    private YaraTerm bits(int level) throws YaraException {
        if (level == LEVELS.size()) {
            return signed();
        }
        YaraTerm left = bits(level + 1);
        while (words.at(Kind.SIGN) && LEVELS.get(level).contains(words.peek().text())) {
            char sign = words.next().text().charAt(0);
            if (sign == '%' && words.peek().is("of")) {
                return of(new Quantifier(Quantifier.Kind.NUMBER, Optional.of(left), true));
            }
            left = new YaraTerm.Arithmetic(sign, left, bits(level + 1));
        }
        return left;
    }

    private YaraTerm signed() throws YaraException {
        int line = words.line();
        if (++depth > DEEPEST) {
            throw new YaraException(line, "the condition is nested too deeply");
        }
        YaraTerm term = words.take("-")
                ? new YaraTerm.Arithmetic('-', new YaraTerm.Constant(YaraValue.of(0L)), signed())
                : words.take("~") ? new YaraTerm.Complement(signed()) : primary();
        depth--;
        return term;
    }

    private YaraTerm primary() throws YaraException {
        YaraToken token = words.peek();
        switch (token.kind()) {
            case NUMBER -> {
                words.next();
                return new YaraTerm.Constant(YaraValue.of(token.number()));
            }
            case REAL -> {
                words.next();
                return new YaraTerm.Constant(new YaraValue.Real(Double.parseDouble(token.text())));
            }
            case TEXT -> {
                words.next();
                return new YaraTerm.Constant(new YaraValue.Text(token.text()));
            }
            case STRING_ID, COUNT, OFFSET, LENGTH -> {
                return string(words.next());
            }
            case WORD -> {
                return word(words.next());
            }
            default -> {
                words.expect("(");
                YaraTerm inner = whole();
                words.expect(")");
                return inner;
            }
        }
    }

    private YaraTerm string(YaraToken token) throws YaraException {
        int index = index(token);
        switch (token.kind()) {
            case STRING_ID -> {
                if (words.take("at")) {
                    return new YaraTerm.Found(index, Optional.of(bits(0)), Optional.empty());
                }
                Optional<Range> range = words.take("in") ? Optional.of(range()) : Optional.empty();
                return new YaraTerm.Found(index, range.map(Range::from), range.map(Range::to));
            }
            case COUNT -> {
                Optional<Range> range = words.take("in") ? Optional.of(range()) : Optional.empty();
                return new YaraTerm.Count(index, range.map(Range::from), range.map(Range::to));
            }
            default -> {
                YaraTerm nth = new YaraTerm.Constant(YaraValue.of(1L));
                if (words.take("[")) {
                    nth = bits(0);
                    words.expect("]");
                }
                return new YaraTerm.Nth(index, nth, token.kind() == Kind.LENGTH);
            }
        }
    }

    private int index(YaraToken token) throws YaraException {
        if (token.text().equals("$") && stringLoops > 0) {
            return YaraTerm.CURRENT;
        }
        List<Integer> found = strings.getOrDefault(token.text(), List.of());
        if (found.isEmpty() || token.text().equals("$")) {
            throw new YaraException(token.line(), "no string is called " + token.text());
        }
        return found.get(0);
    }

    private record Range(YaraTerm from, YaraTerm to) {}

    private Range range() throws YaraException {
        words.expect("(");
        YaraTerm from = bits(0);
        words.expect("..");
        YaraTerm to = bits(0);
        words.expect(")");
        return new Range(from, to);
    }

    private YaraTerm word(YaraToken token) throws YaraException {
        String name = token.text();
        switch (name) {
            case "true", "false" -> {
                return new YaraTerm.Constant(YaraValue.of(name.equals("true")));
            }
            case "any", "all", "none" -> {
                return of(quantifier(name));
            }
            case "for" -> {
                return loop();
            }
            default -> {
                if (words.peek().is(".") || words.peek().is("[")) {
                    return module(token);
                }
                if (loopNames.contains(name) || VARIABLES.contains(name)) {
                    return new YaraTerm.Variable(name);
                }
                return words.peek().is("(") ? numberAt(token) : rule(token);
            }
        }
    }

    /** The rules that the condition asks for. */
    Set<Integer> asked() {
        return asked;
    }

    private YaraTerm rule(YaraToken token) throws YaraException {
        List<Integer> found = rules.apply(token.text());
        asked.addAll(found);
        if (found.isEmpty()) {
            throw new YaraException(token.line(), "'" + token.text() + "' is no rule before this one in the file, and"
                    + " no variable that is known");
        }
        return new YaraTerm.RuleHolds(found.get(0));
    }

    private YaraTerm numberAt(YaraToken token) throws YaraException {
        java.util.regex.Matcher form = java.util.regex.Pattern.compile("(u?)int(8|16|32)(be)?").matcher(token.text());
        if (!form.matches()) {
            throw new YaraException(token.line(), "the function '" + token.text() + "' is not understood");
        }
        words.expect("(");
        YaraTerm offset = bits(0);
        words.expect(")");
        return new YaraTerm.NumberAt(Integer.parseInt(form.group(2)) / 8, form.group(1).isEmpty(),
                form.group(3) != null, offset);
    }

    private YaraTerm module(YaraToken first) throws YaraException {
        StringBuilder name = new StringBuilder(first.text());
        while (words.take(".")) {
            name.append('.').append(words.name());
        }
        Optional<YaraFunction> function = YaraFunction.named(name.toString());
        if (function.isEmpty() || !words.take("(")) {
            throw new YaraException(first.line(), "'" + name + "' is not understood: of modules only math's entropy,"
                    + " mean and deviation, and hash");
        }
        List<YaraTerm> arguments = new ArrayList<>(List.of(bits(0)));
        while (words.take(",")) {
            arguments.add(bits(0));
        }
        words.expect(")");
        return new YaraTerm.Function(function.get(), List.copyOf(arguments));
    }

    private static Quantifier quantifier(String word) {
        return switch (word) {
            case "all" -> new Quantifier(Quantifier.Kind.ALL, Optional.empty(), false);
            case "none" -> new Quantifier(Quantifier.Kind.NONE, Optional.empty(), false);
            default -> new Quantifier(Quantifier.Kind.NUMBER,
                    Optional.of(new YaraTerm.Constant(YaraValue.of(1L))), false);
        };
    }

    private YaraTerm of(Quantifier quantifier) throws YaraException {
        words.expect("of");
        if (!words.peek().is("them") && !words.peek().is("(")) {
            throw new YaraException(words.line(), "expected 'them' or a list, found " + words.peek());
        }
        List<Integer> set = new ArrayList<>();
        List<YaraTerm> terms = set(set);
        if (!terms.isEmpty()) {
            return new YaraTerm.OfTerms(quantifier, terms);
        }
        YaraTerm body = new YaraTerm.Found(YaraTerm.CURRENT, Optional.empty(), Optional.empty());
        if (words.take("at")) {
            body = new YaraTerm.Found(YaraTerm.CURRENT, Optional.of(bits(0)), Optional.empty());
        } else if (words.take("in")) {
            Range range = range();
            body = new YaraTerm.Found(YaraTerm.CURRENT, Optional.of(range.from()), Optional.of(range.to()));
        }
        return new YaraTerm.OfStrings(quantifier, List.copyOf(set), body);
    }

    /** Reads a set of strings into {@code set}, or gives back the rules that it names. */
    private List<YaraTerm> set(List<Integer> set) throws YaraException {
        if (words.take("them")) {
            strings.values().forEach(set::addAll);
            return List.of();
        }
        List<YaraTerm> named = new ArrayList<>();
        words.expect("(");
        do {
            YaraToken item = words.next();
            if (item.kind() == Kind.STRING_ID) {
                List<Integer> found = named(item.text());
                if (found.isEmpty()) {
                    throw new YaraException(item.line(), "no string is called " + item.text());
                }
                set.addAll(found);
            } else if (item.kind() == Kind.WORD) {
                String name = item.text() + (words.take("*") ? "*" : "");
                rule(YaraToken.of(Kind.WORD, name, item.line()));
                rules.apply(name).forEach(index -> named.add(new YaraTerm.RuleHolds(index)));
            } else {
                throw new YaraException(item.line(), "expected a string or a rule, found " + item);
            }
        } while (words.take(","));
        words.expect(")");
        return named;
    }

    private List<Integer> named(String name) {
        if (!name.endsWith("*")) {
            return strings.getOrDefault(name, List.of());
        }
        String start = name.substring(0, name.length() - 1);
        List<Integer> found = new ArrayList<>();
        strings.forEach((each, indices) -> found.addAll(each.startsWith(start) ? indices : List.of()));
        return found;
    }

    private YaraTerm loop() throws YaraException {
        YaraToken word = words.peek();
        boolean plain = word.is("any") || word.is("all") || word.is("none");
        Quantifier quantifier = plain ? quantifier(words.next().text())
                : new Quantifier(Quantifier.Kind.NUMBER, Optional.of(bits(0)), false);
        if (words.take("of")) {
            List<Integer> set = new ArrayList<>();
            if (!set(set).isEmpty()) {
                throw new YaraException(word.line(), "a loop over rules is not understood");
            }
            stringLoops++;
            YaraTerm body = body();
            stringLoops--;
            return new YaraTerm.OfStrings(quantifier, List.copyOf(set), body);
        }
        String name = words.name();
        words.expect("in");
        if (!words.peek().is("(")) {
            throw new YaraException(words.line(), "a loop over " + words.peek() + " is not understood");
        }
        words.expect("(");
        List<YaraTerm> listed = new ArrayList<>(List.of(bits(0)));
        Optional<YaraTerm> to = words.take("..") ? Optional.of(bits(0)) : Optional.empty();
        while (to.isEmpty() && words.take(",")) {
            listed.add(bits(0));
        }
        words.expect(")");
        loopNames.add(name);
        YaraTerm body = body();
        loopNames.remove(name);
        return new YaraTerm.ForNumbers(quantifier, name, to.map(t -> listed.get(0)), to,
                to.isPresent() ? List.of() : List.copyOf(listed), body);
    }

    private YaraTerm body() throws YaraException {
        words.expect(":");
        words.expect("(");
        YaraTerm body = whole();
        words.expect(")");
        return body;
    }
}
