package dev.tidemark.detect;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values for {@code %name%} in a rule's values with the modifier {@code expand}: what only the owner of the evidence
 * knows, such as the names of the domain controllers. Immutable.
 *
 * <p>Source: Sigma rules specification 2.1, "Placeholders": a {@code %} after a backslash is a percent sign.
 */
public final class Placeholders {
    /** No placeholder has a value. */
    public static final Placeholders NONE = new Placeholders(Map.of(), "");

    private static final Pattern PLACE = Pattern.compile("\\\\%|%([A-Za-z0-9_][A-Za-z0-9_. -]*)%");
    /** Values that one text may become: a rule with several placeholders multiplies their values. */
    private static final int MOST_VALUES = 10_000;

    private final Map<String, List<String>> values;
    private final String files;

    private Placeholders(Map<String, List<String>> values, String files) {
        this.values = Map.copyOf(values);
        this.files = files;
    }

    /** Tells one set of files from another; empty if there are none. */
    String files() {
        return files;
    }

    /**
     * Reads {@code name: [value, …]}; the names are those between the percent signs, and their case does not matter.
     *
     * @throws RuleException with all faults, each {@code file:line: …}
     */
    public static Placeholders load(List<RuleSource> files) throws RuleException {
        Faults faults = new Faults();
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (RuleSource file : files) {
            for (Yaml document : Yaml.documents(file, faults)) {
                if (document instanceof Yaml.Mapping map) {
                    map.entries().forEach(entry -> read(file.name(), entry, values, faults));
                } else {
                    faults.at(file.name(), document.line(), "expected a map: name: [value, …]");
                }
            }
        }
        if (!faults.isEmpty()) {
            throw new RuleException(faults.messages());
        }
        return new Placeholders(values, RuleSource.hash(files));
    }

    private static void read(String file, Yaml.Entry entry, Map<String, List<String>> values, Faults faults) {
        List<String> texts = Yaml.texts(entry.value());
        if (texts.isEmpty() || texts.size() < Yaml.items(entry.value()).size()) {
            faults.at(file, entry.line(), "'" + entry.key() + "' needs a value or a list of values");
        }
        values.put(Fold.of(entry.key().replaceAll("^%|%$", "")), texts);
    }

    /** The names in a text that have no value, in their order. */
    Set<String> unset(String text) {
        Set<String> names = new TreeSet<>();
        Matcher places = PLACE.matcher(text);
        while (places.find()) {
            if (places.group(1) != null && !values.containsKey(Fold.of(places.group(1)))) {
                names.add(places.group(1));
            }
        }
        return names;
    }

    /**
     * The text with each of the placeholders' values in turn; the text itself if it has no placeholder, none if one of
     * them has no value.
     *
     * @throws IllegalStateException if they are more than any rule can mean
     */
    List<String> expand(String text) {
        List<String> texts = new ArrayList<>(List.of(""));
        Matcher places = PLACE.matcher(text);
        int from = 0;
        while (places.find()) {
            String before = text.substring(from, places.start());
            List<String> here = places.group(1) == null ? List.of("%")
                    : values.getOrDefault(Fold.of(places.group(1)), List.of());
            texts = product(texts, before, here);
            from = places.end();
        }
        return product(texts, text.substring(from), List.of(""));
    }

    private static List<String> product(List<String> starts, String middle, List<String> ends) {
        if ((long) starts.size() * ends.size() > MOST_VALUES) {
            throw new IllegalStateException("the placeholders give more than " + MOST_VALUES + " values");
        }
        List<String> all = new ArrayList<>();
        starts.forEach(start -> ends.forEach(end -> all.add(start + middle + end)));
        return all;
    }
}
