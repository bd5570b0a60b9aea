package dev.tidemark.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One kind of record that a logsource means. A logsource may mean several: a process that starts is told by Sysmon and
 * by Windows itself, with fields of other names.
 *
 * @param sources kinds of record, in a fixed order
 * @param events  which of them, if they are events of Windows
 * @param where   fields of the source that have to hold one of these texts, too
 * @param mapping name of the mapping for the rule's fields; empty if rules use the source's own names
 */
record Target(Logsource logsource, List<String> sources, EventKey events, Map<String, List<String>> where,
        String mapping) {
    Target {
        sources = List.copyOf(sources);
        where = Map.copyOf(where);
    }

    Target withMapping(String other) {
        return new Target(logsource, sources, events, where, other);
    }

    /** What a record of the target has to meet beside its events. */
    Expr condition() {
        List<Expr> all = new ArrayList<>();
        new TreeMap<>(where).forEach((field, texts) -> all.add(new Expr.Field(new FieldAccess.Column(field, false),
                texts.stream().<ValueTest>map(t -> Glob.literal(t, Glob.Position.WHOLE, false)).toList(), false)));
        return new Expr.And(List.copyOf(all));
    }

    /** As messages name it: {@code iis}, {@code event-log Security 4688}. */
    String shown(String source) {
        StringBuilder text = new StringBuilder(source);
        events.channels().stream().sorted().forEach(channel -> text.append(' ').append(channel));
        events.eventIds().stream().sorted().forEach(id -> text.append(' ').append(id));
        return text.toString();
    }
}
