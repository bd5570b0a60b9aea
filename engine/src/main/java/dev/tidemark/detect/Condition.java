package dev.tidemark.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses a condition over named parts: {@code not} binds tighter than {@code and}, that tighter than {@code or}.
 *
 * <p>Source: Sigma rules specification 2.1, "Condition".
 *
 * @param <T> what a part is, and what the condition is put together to
 */
final class Condition<T> {
    private static final Pattern TOKEN = Pattern.compile("[()]|[^\\s()]+");
    private static final int DEEPEST = 64;

    private final Map<String, T> parts;
    private final Algebra<T> algebra;
    private final Set<String> used;
    private final List<String> tokens = new ArrayList<>();
    private int at;
    private int depth;

    private Condition(String text, Map<String, T> parts, Algebra<T> algebra, Set<String> used) {
        this.parts = parts;
        this.algebra = algebra;
        this.used = used;
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
    }

    /** How conditions are put together. */
    interface Algebra<T> {
        T and(List<T> parts);

        T or(List<T> parts);

        T not(T part);
    }

    /**
     * @param used takes the names of the parts that the condition names
     * @return empty after a fault
     */
    static <T> Optional<T> parse(Yaml.Text condition, Map<String, T> parts, Algebra<T> algebra, Set<String> used,
            RuleContext context) {
        Condition<T> parser = new Condition<>(condition.text(), parts, algebra, used);
        try {
            T whole = parser.or();
            if (parser.at < parser.tokens.size()) {
                throw new Broken("expected 'and', 'or' or the end, found '" + parser.peek() + "'");
            }
            return Optional.of(whole);
        } catch (Broken e) {
            context.fault(condition.line(), "condition '" + condition.text().strip() + "': " + e.getMessage());
            return Optional.empty();
        }
    }

    private T or() throws Broken {
        List<T> either = new ArrayList<>(List.of(and()));
        while (taken("or")) {
            either.add(and());
        }
        return either.size() == 1 ? either.get(0) : algebra.or(List.copyOf(either));
    }

    private T and() throws Broken {
        List<T> all = new ArrayList<>(List.of(not()));
        while (taken("and")) {
            all.add(not());
        }
        return all.size() == 1 ? all.get(0) : algebra.and(List.copyOf(all));
    }

    private T not() throws Broken {
        if (++depth > DEEPEST) {
            throw new Broken("nested deeper than " + DEEPEST + " levels");
        }
        T part = taken("not") ? algebra.not(not()) : primary();
        depth--;
        return part;
    }

    private T primary() throws Broken {
        if (taken("(")) {
            T inner = or();
            if (!taken(")")) {
                throw new Broken("a '(' is not closed");
            }
            return inner;
        }
        if (at + 1 < tokens.size() && tokens.get(at + 1).equalsIgnoreCase("of")) {
            return quantified();
        }
        String name = next("a name");
        if (!parts.containsKey(name)) {
            throw new Broken("nothing is called '" + name + "'" + Nearest.hint(name, parts.keySet()));
        }
        used.add(name);
        return parts.get(name);
    }

    private T quantified() throws Broken {
        String quantity = next("a quantity").toLowerCase(Locale.ROOT);
        next("of");
        if (!Set.of("1", "any", "all").contains(quantity)) {
            throw new Broken("expected '1 of', 'any of' or 'all of', found '" + quantity + " of'");
        }
        String pattern = next("a name after 'of'");
        List<T> meant = new ArrayList<>();
        parts.forEach((name, part) -> {
            if (isMeant(name, pattern)) {
                used.add(name);
                meant.add(part);
            }
        });
        if (meant.isEmpty()) {
            throw new Broken("nothing is called '" + pattern + "'" + Nearest.hint(pattern, parts.keySet()));
        }
        return quantity.equals("all") ? algebra.and(List.copyOf(meant)) : algebra.or(List.copyOf(meant));
    }

    /** A name that begins with {@code _} is only meant by patterns that begin so, too. */
    private static boolean isMeant(String name, String pattern) {
        if (name.startsWith("_") && !pattern.startsWith("_")) {
            return false;
        }
        return pattern.equals("them") || Glob.of(pattern, Glob.Position.WHOLE, true).matches(name);
    }

    private String peek() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private boolean taken(String word) {
        if (peek().equalsIgnoreCase(word)) {
            at++;
            return true;
        }
        return false;
    }

    private String next(String expected) throws Broken {
        if (at >= tokens.size() || tokens.get(at).equals(")")) {
            throw new Broken("expected " + expected + ", found " + (peek().isEmpty() ? "the end" : "')'"));
        }
        return tokens.get(at++);
    }

    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(String message) {
            super(message);
        }
    }
}
