package dev.tidemark.detect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A YAML value that knows the line, from 1, on which it stands. */
sealed interface Yaml {
    int line();

    record Text(String text, int line) implements Yaml {}

    record Null(int line) implements Yaml {}

    record Sequence(List<Yaml> items, int line) implements Yaml {}

    record Mapping(List<Entry> entries, int line) implements Yaml {
        Optional<Yaml> get(String key) {
            for (Entry entry : entries) {
                if (entry.key().equals(key)) {
                    return Optional.of(entry.value());
                }
            }
            return Optional.empty();
        }

        /** The text under {@code key}, or empty if there is none or it is no plain text. */
        Optional<String> text(String key) {
            return get(key).filter(Text.class::isInstance).map(value -> ((Text) value).text());
        }

        /** The map under {@code key}, or empty if there is none or it is no map. */
        Optional<Mapping> map(String key) {
            return get(key).filter(Mapping.class::isInstance).map(Mapping.class::cast);
        }

        /** The texts under {@code key}: of a list, or the one text that stands there. */
        List<String> texts(String key) {
            return get(key).map(Yaml::texts).orElse(List.of());
        }
    }

    record Entry(String key, Yaml value, int line) {}

    /** Texts of a list or of a single value; whatever else stands in it is left out. */
    static List<String> texts(Yaml value) {
        List<String> texts = new ArrayList<>();
        for (Yaml item : items(value)) {
            if (item instanceof Text text) {
                texts.add(text.text());
            }
        }
        return List.copyOf(texts);
    }

    /** A list's items; anything else is a list of itself. */
    static List<Yaml> items(Yaml value) {
        return value instanceof Sequence sequence ? sequence.items() : List.of(value);
    }

    /** The documents of a file; empty ones are left out. A fault of syntax goes to {@code faults}. */
    static List<Yaml> documents(RuleSource source, Faults faults) {
        List<Yaml> documents = new ArrayList<>();
        if (source.content().length > RuleSource.MOST_BYTES) {
            faults.at(source.name(), 1, "the file is larger than " + (RuleSource.MOST_BYTES >> 20)
                    + " MiB, which no rule is; it was not read");
            return documents;
        }
        try {
            new YamlReader(source.content()).readInto(documents);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            faults.at(source.name(), line, "no valid YAML: " + e.getProblem());
        } catch (YamlReader.Refused e) {
            faults.at(source.name(), e.line(), "no valid YAML: " + e.getMessage());
        } catch (YamlEngineException e) {
            faults.at(source.name(), 1, "no valid YAML: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            // the library takes it for granted that a number follows \x
            faults.at(source.name(), 1, "no valid YAML: an escape in a text is not whole");
        } catch (StackOverflowError e) {
            // the library follows each opening bracket with a call
            faults.at(source.name(), 1, "no valid YAML: nested far deeper than any rule");
        }
        return documents;
    }

    /** As {@link #documents}, for a text. */
    static List<Yaml> documents(String name, String text, Faults faults) {
        return documents(new RuleSource(name, text.getBytes(StandardCharsets.UTF_8)), faults);
    }
}
