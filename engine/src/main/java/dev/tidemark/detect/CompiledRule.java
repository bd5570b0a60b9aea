package dev.tidemark.detect;

import dev.tidemark.read.Record;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule made ready for one kind of record. A rule whose logsource means several kinds has several of these, in order.
 *
 * @param events which events of the source it can match: a record outside of it never does
 */
record CompiledRule(RuleInfo info, String source, EventKey events, Detection detection) {
    private static final Pattern SLOT = Pattern.compile("\\{([^{}]{1,80})\\}");
    private static final int VALUE_CHARS = 200;

    /** What has to stand in a record's bytes, as its source writes them, for the rule to match. */
    Needles needles() {
        return detection.expr().needles(Writing.of(source));
    }

    Optional<Match> match(Record record) {
        if (!events.admits(record) || !detection.expr().matches(record)) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>(detection.columns());
        names.addAll(info.keep());
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : names) {
            record.value(name).ifPresent(value -> fields.put(name, value));
        }
        return Optional.of(new Match(info, fields, sentence(record)));
    }

    private String sentence(Record record) {
        Matcher slots = SLOT.matcher(info.sentence());
        StringBuilder text = new StringBuilder();
        while (slots.find()) {
            String value = record.value(slots.group(1)).orElse("");
            String cut = value.length() > VALUE_CHARS ? value.substring(0, VALUE_CHARS) + "…" : value;
            slots.appendReplacement(text, Matcher.quoteReplacement(cut));
        }
        return slots.appendTail(text).toString();
    }
}
