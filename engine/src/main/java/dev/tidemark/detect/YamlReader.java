package dev.tidemark.detect;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/**
 * Builds {@link Yaml} from a parser's events. A plain scalar stays the text that it is: rules compare texts, and only
 * null has to be told from them.
 */
final class YamlReader {
    private static final LoadSettings SETTINGS = LoadSettings.builder().build();
    /** YAML's core schema. */
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final int DEEPEST = 20;
    /** Values of a file, with those that aliases repeat: a few lines of aliases of aliases would be billions. */
    private static final int MOST_VALUES = 200_000;

    private final Iterator<Event> events;
    private final Map<Anchor, Yaml> anchors = new HashMap<>();
    private int values;

    YamlReader(byte[] content) {
        this.events = new Parse(SETTINGS).parseInputStream(new ByteArrayInputStream(content)).iterator();
    }

    /** Adds each document as soon as it is whole. */
    void readInto(List<Yaml> documents) {
        while (events.hasNext()) {
            if (events.next().getEventId() == Event.ID.DocumentStart) {
                anchors.clear();
                Yaml document = read(events.next(), 0);
                if (!(document instanceof Yaml.Null)) {
                    documents.add(document);
                }
            }
        }
    }

    private Yaml read(Event event, int depth) {
        int line = lineOf(event);
        count(1, line);
        if (depth > DEEPEST) {
            throw new Refused(line, "nested deeper than " + DEEPEST + " levels");
        }
        Yaml value = switch (event.getEventId()) {
            case Scalar -> scalar((ScalarEvent) event, line);
            case Alias -> repeated((AliasEvent) event, line);
            case SequenceStart -> sequence(line, depth);
            case MappingStart -> mapping(line, depth);
            default -> throw new Refused(line, "expected a value");
        };
        Optional<Anchor> anchor = event instanceof NodeEvent node && event.getEventId() != Event.ID.Alias
                ? node.getAnchor() : Optional.empty();
        anchor.ifPresent(name -> anchors.put(name, value));
        return value;
    }

    private static Yaml scalar(ScalarEvent scalar, int line) {
        boolean text = !scalar.isPlain() || scalar.getTag().filter(tag -> tag.endsWith(":str")).isPresent();
        return !text && NULLS.contains(scalar.getValue()) ? new Yaml.Null(line) : new Yaml.Text(scalar.getValue(), line);
    }

    private Yaml repeated(AliasEvent alias, int line) {
        Yaml value = alias.getAnchor().map(anchors::get).orElse(null);
        if (value == null) {
            throw new Refused(line, "an alias of nothing");
        }
        count(size(value), line);
        return value;
    }

    private Yaml sequence(int line, int depth) {
        List<Yaml> items = new ArrayList<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.SequenceEnd; next = events.next()) {
            items.add(read(next, depth + 1));
        }
        return new Yaml.Sequence(List.copyOf(items), line);
    }

    private Yaml mapping(int line, int depth) {
        List<Yaml.Entry> entries = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (Event next = events.next(); next.getEventId() != Event.ID.MappingEnd; next = events.next()) {
            int keyLine = lineOf(next);
            if (!(next instanceof ScalarEvent key)) {
                throw new Refused(keyLine, "a key that is no text");
            }
            if (!keys.add(key.getValue())) {
                throw new Refused(keyLine, "the key '" + key.getValue() + "' stands twice");
            }
            entries.add(new Yaml.Entry(key.getValue(), read(events.next(), depth + 1), keyLine));
        }
        return new Yaml.Mapping(List.copyOf(entries), line);
    }

    private static int size(Yaml value) {
        if (value instanceof Yaml.Sequence sequence) {
            return 1 + sequence.items().stream().mapToInt(YamlReader::size).sum();
        }
        return value instanceof Yaml.Mapping mapping
                ? 1 + mapping.entries().stream().mapToInt(entry -> size(entry.value())).sum() : 1;
    }

    private void count(int more, int line) {
        values += more;
        if (values > MOST_VALUES) {
            throw new Refused(line, "more than " + MOST_VALUES + " values");
        }
    }

    private static int lineOf(Event event) {
        return event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /** What is YAML, but not for us. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int line;

        Refused(int line, String message) {
            super(message);
            this.line = line;
        }

        int line() {
            return line;
        }
    }
}
