package dev.tidemark.detect;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What stands after the {@code |} of a field: known words that go together.
 *
 * <p>Source: Sigma specification 2.x, "Sigma Modifiers".
 */
record Modifiers(Set<String> names) {
    static final Set<String> COMPARISONS = Set.of("gt", "gte", "lt", "lte");
    static final Set<String> TIME_PARTS = Set.of("minute", "hour", "day", "week", "month", "year");
    static final Set<String> UTF16 = Set.of("wide", "utf16le", "utf16be", "utf16");
    static final Set<String> BASE64 = Set.of("base64", "base64offset");
    private static final Set<String> PLACES = Set.of("contains", "startswith", "endswith");
    private static final Set<String> REGEX_FLAGS = Set.of("i", "m", "s");
    private static final Set<String> ALONE = Set.of("re", "cidr", "exists");
    private static final Set<String> OPERATORS = union(PLACES, ALONE, COMPARISONS);
    private static final Set<String> ON_TEXT = union(PLACES, UTF16, BASE64, Set.of("cased", "windash", "fieldref"));
    private static final Set<String> NOT_TEXT = union(ALONE, COMPARISONS, TIME_PARTS);
    private static final Set<String> NOT_ENCODED = Set.of("windash", "fieldref");
    private static final Set<String> ENCODERS = union(UTF16, BASE64);
    private static final List<Set<String>> EXCLUSIVE = List.of(OPERATORS, TIME_PARTS, UTF16, BASE64);
    private static final Set<String> KNOWN = union(OPERATORS, ON_TEXT, TIME_PARTS, REGEX_FLAGS,
            Set.of("all", "neq", "expand"));

    /** Empty after a fault, which then is in {@code context}. */
    static Optional<Modifiers> read(List<String> words, RuleContext context, int line) {
        Set<String> names = new LinkedHashSet<>();
        boolean good = true;
        for (String word : words) {
            if (!KNOWN.contains(word)) {
                context.fault(line, "unknown modifier '" + word + "'" + Nearest.hint(word, KNOWN));
                good = false;
            } else if (!names.add(word)) {
                context.fault(line, "modifier '" + word + "' stands twice");
                good = false;
            }
        }
        Modifiers modifiers = new Modifiers(names);
        Optional<String> clash = good ? modifiers.clash() : Optional.empty();
        clash.ifPresent(why -> context.fault(line, why));
        return good && clash.isEmpty() ? Optional.of(modifiers) : Optional.empty();
    }

    boolean has(String name) {
        return names.contains(name);
    }

    /** The modifier of a group that stands here; of each group at most one does. */
    Optional<String> one(Set<String> group) {
        for (String name : names) {
            if (group.contains(name)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private Optional<String> clash() {
        for (Set<String> group : EXCLUSIVE) {
            List<String> here = names.stream().filter(group::contains).toList();
            if (here.size() > 1) {
                return together(here.get(0), here.get(1));
            }
        }
        Optional<String> notText = one(NOT_TEXT);
        Optional<String> onText = one(ON_TEXT);
        if (notText.isPresent() && onText.isPresent()) {
            return together(notText.get(), onText.get());
        }
        if (one(TIME_PARTS).isPresent() && one(ALONE).isPresent()) {
            return together(one(TIME_PARTS).get(), one(ALONE).get());
        }
        if (one(REGEX_FLAGS).isPresent() && !has("re")) {
            return needs(one(REGEX_FLAGS).get(), "re");
        }
        Optional<String> encoder = one(ENCODERS);
        if (encoder.isPresent() && one(NOT_ENCODED).isPresent()) {
            return together(encoder.get(), one(NOT_ENCODED).get());
        }
        if (has("windash") && has("fieldref")) {
            return together("windash", "fieldref");
        }
        return has("exists") && has("all") ? together("exists", "all") : Optional.empty();
    }

    private static Optional<String> together(String one, String other) {
        return Optional.of("modifiers '" + one + "' and '" + other + "' cannot stand together");
    }

    private static Optional<String> needs(String modifier, String other) {
        return Optional.of("modifier '" + modifier + "' can only stand with " + other);
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        Set<String> all = new HashSet<>();
        for (Set<String> set : sets) {
            all.addAll(set);
        }
        return Set.copyOf(all);
    }
}
