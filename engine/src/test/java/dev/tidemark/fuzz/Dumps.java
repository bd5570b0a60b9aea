package dev.tidemark.fuzz;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.tidemark.bytes.Utf8Buffer;
import dev.tidemark.dump.RecordDump;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.Record;
import dev.tidemark.read.RecordSink;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Asks every record all that can be asked, and dumps it in every form; then other parsers read the dumps. */
final class Dumps implements RecordSink {
    private static final JsonFactory JSON = JsonFactory.builder().streamReadConstraints(StreamReadConstraints.builder()
            .maxNestingDepth(10).maxNumberLength(100).maxStringLength(1 << 28).maxNameLength(1 << 28).build()).build();
    private static final XMLInputFactory XML = xmlFactory();

    /** Each record's line, id, time and text. */
    final List<String> records = new ArrayList<>();
    final List<Long> lines = new ArrayList<>();
    final List<String> lost = new ArrayList<>();
    private final Map<RecordDump.Format, Utf8Buffer> outs = new EnumMap<>(RecordDump.Format.class);
    private final List<RecordDump> dumps = new ArrayList<>();

    private Dumps(boolean written) {
        for (RecordDump.Format format : written ? RecordDump.Format.values() : new RecordDump.Format[0]) {
            Utf8Buffer out = new Utf8Buffer(1 << 16);
            outs.put(format, out);
            dumps.add(format.into(out));
        }
        for (RecordDump dump : dumps) {
            dump.begin();
        }
    }

    /** Writes the records in all forms. */
    static Dumps written() {
        return new Dumps(true);
    }

    /** Only keeps what the records say. */
    static Dumps kept() {
        return new Dumps(false);
    }

    private static XMLInputFactory xmlFactory() {
        // a name or a number of attributes that is too much for the JDK's parser is no fault of the form
        for (String limit : List.of("maxXMLNameLimit", "elementAttributeLimit", "maxGeneralEntitySizeLimit",
                "totalEntitySizeLimit", "maxElementDepth")) {
            System.setProperty("jdk.xml." + limit, "0");
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        return factory;
    }

    @Override
    public void record(Record record) {
        lines.add(record.line());
        records.add(record.line() + " " + record.recordId() + " " + record.time() + " " + record.text());
        for (RecordDump dump : dumps) {
            dump.record("made \"file\"", record);
        }
        // in both modes: a value that cannot be read is told by whoever asks for it first
        record.fields().forEach(field -> record.spellings(field).forEach(String::length));
        record.place("f").toString();
    }

    @Override
    public void skipped(Skipped skipped) {
        lost.add(skipped.bytes() + " " + skipped.why());
    }

    @Override
    public void observed(String fact, String value, Instant time, Place place) {}

    /** @throws AssertionError if a dump is not what its form says */
    void check() {
        for (RecordDump dump : dumps) {
            dump.end();
        }
        if (!dumps.isEmpty()) {
            json(outs.get(RecordDump.Format.jsonl).toString());
            xml(outs.get(RecordDump.Format.xml).toString());
        }
    }

    private void json(String dump) {
        String[] objects = dump.isEmpty() ? new String[0] : dump.split("\n");
        if (objects.length != records.size()) {
            throw new AssertionError(records.size() + " records are " + objects.length + " lines of JSON");
        }
        for (String object : objects) {
            try (JsonParser parser = JSON.createParser(object)) {
                while (parser.nextToken() != null) {
                    parser.getText();
                }
            } catch (IOException e) {
                throw new AssertionError("no JSON: " + object, e);
            }
        }
    }

    private static void xml(String dump) {
        try {
            XMLStreamReader reader = XML.createXMLStreamReader(new StringReader(dump));
            while (reader.hasNext()) {
                reader.next();
            }
            reader.close();
        } catch (XMLStreamException e) {
            throw new AssertionError("no XML: " + dump, e);
        }
    }
}
