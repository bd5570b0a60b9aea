package dev.tidemark.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses a condition over named selections: {@code not} binds tighter than {@code and}, that tighter than {@code or}.
 *
 * <p>Source: Sigma specification 2.x, "Condition".
 */
final class Condition {
    private static final Pattern TOKEN = Pattern.compile("[()]|[^\\s()]+");
    private static final int DEEPEST = 64;

    private final Map<String, Expr> selections;
    private final Set<String> used;
    private final List<String> tokens = new ArrayList<>();
    private int at;
    private int depth;

    private Condition(String text, Map<String, Expr> selections, Set<String> used) {
        this.selections = selections;
        this.used = used;
        Matcher matcher = TOKEN.matcher(text);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
    }

    /**
     * @param used takes the names of the selections that the condition names
     * @return {@link Expr#NEVER} after a fault
     */
    static Expr parse(Yaml.Text condition, Map<String, Expr> selections, Set<String> used, RuleContext context) {
        Condition parser = new Condition(condition.text(), selections, used);
        try {
            Expr expr = parser.or();
            if (parser.at < parser.tokens.size()) {
                throw new Broken("expected 'and', 'or' or the end, found '" + parser.peek() + "'");
            }
            return expr;
        } catch (Broken e) {
            context.fault(condition.line(), "condition '" + condition.text().strip() + "': " + e.getMessage());
            return Expr.NEVER;
        }
    }

    private Expr or() throws Broken {
        List<Expr> parts = new ArrayList<>(List.of(and()));
        while (taken("or")) {
            parts.add(and());
        }
        return parts.size() == 1 ? parts.get(0) : new Expr.Or(List.copyOf(parts));
    }

    private Expr and() throws Broken {
        List<Expr> parts = new ArrayList<>(List.of(not()));
        while (taken("and")) {
            parts.add(not());
        }
        return parts.size() == 1 ? parts.get(0) : new Expr.And(List.copyOf(parts));
    }

    private Expr not() throws Broken {
        if (++depth > DEEPEST) {
            throw new Broken("nested deeper than " + DEEPEST + " levels");
        }
        Expr expr = taken("not") ? new Expr.Not(not()) : primary();
        depth--;
        return expr;
    }

    private Expr primary() throws Broken {
        if (taken("(")) {
            Expr expr = or();
            if (!taken(")")) {
                throw new Broken("a '(' is not closed");
            }
            return expr;
        }
        if (at + 1 < tokens.size() && tokens.get(at + 1).equalsIgnoreCase("of")) {
            return quantified();
        }
        String name = next("a selection");
        if (!selections.containsKey(name)) {
            throw new Broken("no selection '" + name + "'" + Nearest.hint(name, selections.keySet()));
        }
        used.add(name);
        return selections.get(name);
    }

    private Expr quantified() throws Broken {
        String quantity = next("a quantity").toLowerCase(Locale.ROOT);
        next("of");
        if (!Set.of("1", "any", "all").contains(quantity)) {
            throw new Broken("expected '1 of', 'any of' or 'all of', found '" + quantity + " of'");
        }
        String pattern = next("a selection after 'of'");
        List<Expr> parts = new ArrayList<>();
        selections.forEach((name, expr) -> {
            if (isMeant(name, pattern)) {
                used.add(name);
                parts.add(expr);
            }
        });
        if (parts.isEmpty()) {
            throw new Broken("no selection '" + pattern + "'" + Nearest.hint(pattern, selections.keySet()));
        }
        return quantity.equals("all") ? new Expr.And(List.copyOf(parts)) : new Expr.Or(List.copyOf(parts));
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
