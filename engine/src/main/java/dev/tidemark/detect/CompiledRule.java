package dev.tidemark.detect;

import dev.tidemark.read.Record;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A rule made ready for one source. */
record CompiledRule(RuleInfo info, String source, Detection detection) {
    Optional<Match> match(Record record) {
        if (!detection.expr().matches(record)) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>(detection.columns());
        names.addAll(info.keep());
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : names) {
            record.value(name).ifPresent(value -> fields.put(name, value));
        }
        return Optional.of(new Match(info, fields, Slots.fill(info.sentence(), record)));
    }
}
