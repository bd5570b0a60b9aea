package dev.tidemark.read.manifest;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.bytes.Times;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.Head;
import dev.tidemark.read.HourCount;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.RecordSink;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads {@code manifest.json}, event by event: what it lists and what it says was not taken become facts of the bundle.
 * JSON is YAML, and the engine has a parser of that; a bundle's manifest has as many lines as the bundle has files.
 */
public final class ManifestReader implements LogReader {
    private static final String SOURCE = "manifest";
    private static final int MOST_CHARS = 1 << 30;

    @Override
    public String source() {
        return SOURCE;
    }

    @Override
    public boolean recognises(Head head, String path) {
        return path.matches("(.*/)?manifest\\.json") && head.text().startsWith("{\"tidemark\"");
    }

    @Override
    public ReadSummary read(InputStream in, String path, LineFilter filter, RecordSink sink) {
        HourCount count = new HourCount();
        try {
            Iterable<Event> events = new Parse(LoadSettings.builder().setCodePointLimit(MOST_CHARS).build())
                    .parseInputStream(in);
            lists(events.iterator(), path, count, sink);
        } catch (YamlEngineException | ClassCastException | IllegalArgumentException | StackOverflowError e) {
            sink.skipped(new Skipped(path, "the manifest is not sound, so nobody can say whether the bundle is whole: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
        }
        return count.summary();
    }

    /** Objects at depth 2 in the lists {@code files} and {@code left}. */
    private static void lists(Iterator<Event> events, String path, HourCount count, RecordSink sink) {
        int depth = 0;
        String list = "";
        String key = "";
        Map<String, String> object = new HashMap<>();
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> {
                    depth++;
                    list = depth == 2 ? key : list;
                    key = "";
                    object.clear();
                }
                case MappingEnd, SequenceEnd -> {
                    if (depth == 3) {
                        tell(list, object, path, count, sink);
                        object.clear();
                    }
                    depth--;
                    key = "";
                }
                case Scalar -> {
                    String value = ((ScalarEvent) event).getValue();
                    if (depth == 3 && !key.isEmpty()) {
                        object.put(key, value);
                    }
                    key = key.isEmpty() && depth != 2 ? value : "";
                }
                default -> { }
            }
        }
    }

    private static void tell(String list, Map<String, String> object, String path, HourCount count, RecordSink sink) {
        String name = object.getOrDefault("path", "");
        String size = object.getOrDefault("size", "-1");
        if (name.isEmpty() || !size.matches("-?\\d{1,18}")) {
            return;
        }
        if (list.equals("files")) {
            count.add(Times.NONE);
            sink.observedOfFile(RecordSink.COLLECTED, object.getOrDefault("sha256", "-") + " " + size + " " + name,
                    Place.ofFile(path));
        } else if (list.equals("left")) {
            sink.observedOfFile(RecordSink.NOT_COLLECTED, size + " " + name + "\n" + object.getOrDefault("why", ""),
                    Place.ofFile(path));
        }
    }
}
