package dev.tidemark.detect;

import dev.tidemark.read.Record;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A rule made ready for one kind of record. A rule whose logsource means several kinds has several of these, in order.
 *
 * @param events  which events of the source it can match: a record outside of it never does
 * @param named   where the fields lie that the rule's sentence and findings name, and those that correlations need
 * @param carried what correlations need of a match
 */
record CompiledRule(RuleInfo info, String source, EventKey events, Detection detection, Map<String, FieldAccess> named,
        Carried carried) {
    /** What has to stand in a record's bytes, as its source writes them, for the rule to match. */
    Needles needles() {
        return detection.expr().needles(Writing.of(source));
    }

    static CompiledRule of(RuleInfo info, String source, EventKey events, Detection detection, FieldMap.Fields fields,
            Carried carried) {
        Set<String> names = new LinkedHashSet<>(info.keep());
        names.addAll(Slots.names(info.sentence()));
        names.addAll(new TreeSet<>(carried.fields()));
        Map<String, FieldAccess> named = new LinkedHashMap<>();
        names.forEach(name -> named.put(name,
                fields.resolve(name).orElse(new FieldAccess.Column(name, false))));
        return new CompiledRule(info, source, events, detection, named, carried);
    }

    /** Of a record that {@link #events} admits. */
    Optional<Match> matchAdmitted(Record record) {
        if (!detection.expr().matches(record)) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String name : detection.columns()) {
            record.value(name).ifPresent(value -> fields.put(name, value));
        }
        for (String name : info.keep()) {
            named.get(name).raw(record).ifPresent(value -> fields.put(name, value));
        }
        return Optional.of(new Match(info, fields,
                Slots.fill(info.sentence(), name -> named.get(name).raw(record)), carried.stands(), feed(record)));
    }

    private Optional<Match.Feed> feed(Record record) {
        if (carried.rule().isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : carried.fields()) {
            FieldAccess field = named.get(name);
            // A field that is rewritten is compared as Sysmon writes it, so that it meets Sysmon's own.
            List<String> spellings = field.verbatim() ? List.of() : field.spellings(record);
            Optional<String> value = spellings.isEmpty() ? field.raw(record)
                    : Optional.of(spellings.get(spellings.size() - 1));
            value.ifPresent(v -> values.put(name, v));
        }
        return Optional.of(new Match.Feed(carried.rule(), values));
    }
}
