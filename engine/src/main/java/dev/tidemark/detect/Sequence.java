package dev.tidemark.detect;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Matches that a correlation rule holds for.
 *
 * @param group what the rule groups by, with the value that all of them have
 * @param steps in order of time; of a very long sequence its first and its last ones
 * @param count how many there are
 */
public record Sequence(RuleInfo rule, Map<String, String> group, List<Step> steps, long count) {
    /** Steps of a sequence that are named. */
    public static final int MOST_STEPS = 50;
    private static final Pattern SLOT = Pattern.compile("\\{([^{}]{1,80})\\}");

    public Sequence {
        group = Map.copyOf(group);
        steps = List.copyOf(steps);
    }

    public Step last() {
        return steps.get(steps.size() - 1);
    }

    /** The rule's sentence; {@code {count}} is how many matches there are, other slots are what it groups by. */
    public String sentence() {
        Matcher slots = SLOT.matcher(rule.sentence());
        StringBuilder text = new StringBuilder();
        while (slots.find()) {
            String name = slots.group(1);
            String value = name.equals("count") ? Long.toString(count) : group.getOrDefault(name, "");
            slots.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return slots.appendTail(text).toString();
    }

    /** What a finding keeps: the group, how many matches there are, when the first was, and where they lie. */
    public Map<String, String> fields() {
        Map<String, String> fields = new LinkedHashMap<>(group);
        fields.put("count", Long.toString(count));
        fields.put("from", steps.get(0).time().toString());
        fields.put("records", String.join("; ", steps.stream().map(step -> step.place().toString()).distinct().toList()));
        return fields;
    }
}
