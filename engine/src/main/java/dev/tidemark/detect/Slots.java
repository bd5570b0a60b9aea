package dev.tidemark.detect;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills a rule's sentence: {@code {Field}} becomes the record's value, cut if it is long. */
public final class Slots {
    private static final Pattern SLOT = Pattern.compile("\\{([^{}]{1,80})\\}");
    private static final int VALUE_CHARS = 200;

    private Slots() {}

    /** The fields that a sentence names, in its order. */
    static List<String> names(String sentence) {
        return SLOT.matcher(sentence).results().map(slot -> slot.group(1)).toList();
    }

    public static String fill(String sentence, Function<String, Optional<String>> values) {
        Matcher slots = SLOT.matcher(sentence);
        StringBuilder text = new StringBuilder();
        while (slots.find()) {
            String value = values.apply(slots.group(1)).orElse("");
            String cut = value.length() > VALUE_CHARS ? value.substring(0, VALUE_CHARS) + "…" : value;
            slots.appendReplacement(text, Matcher.quoteReplacement(cut));
        }
        return slots.appendTail(text).toString();
    }
}
