package dev.tidemark.dump;

import dev.tidemark.bytes.Utf8Buffer;
import dev.tidemark.read.Record;
import dev.tidemark.read.evtx.EvtxEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes records one by one in one of the forms of {@link Format} into a buffer, which the caller empties when he likes.
 * Not for several threads.
 */
public abstract class RecordDump {
    /** Forms, in the words of the command line. */
    public enum Format {
        jsonl, csv, xml;

        /** Every form takes every record. */
        public RecordDump into(Utf8Buffer out) {
            return switch (this) {
                case jsonl -> new Jsonl(out);
                case csv -> new Csv(out);
                case xml -> new Xml(out);
            };
        }

        /** True if a record is written the same whatever stands before it, so that pieces can be joined. */
        public boolean joins() {
            return this != csv;
        }
    }

    final Utf8Buffer out;

    RecordDump(Utf8Buffer out) {
        this.out = out;
    }

    /** Called before the first record. */
    public void begin() {}

    /** @param file as the user named it, or as it is called inside an archive */
    public abstract void record(String file, Record record);

    /** Called behind the last record. */
    public void end() {}

    /** One object a line; numbers of an event log are numbers. */
    private static final class Jsonl extends RecordDump {
        Jsonl(Utf8Buffer out) {
            super(out);
        }

        @Override
        public void record(String file, Record record) {
            out.append("{\"file\":").json(file);
            if (record instanceof EvtxEvent event) {
                event(event);
            } else {
                line(record);
            }
            out.append("}}\n");
        }

        private void line(Record record) {
            out.append(",\"line\":").append(record.line());
            text("source", record.source());
            record.time().ifPresent(t -> text("time", t.toString()));
            out.append(",\"fields\":{");
            boolean first = true;
            for (String field : record.fields()) {
                if (!first) {
                    out.append(',');
                }
                first = false;
                out.json(field).append(':').json(record.value(field).orElse(""));
            }
        }

        private void event(EvtxEvent event) {
            out.append(",\"recordId\":").append(event.recordId().orElseThrow());
            text("timeCreated", event.timeCreated());
            text("channel", event.value("Channel").orElse(""));
            text("provider", event.value("Provider_Name").orElse(""));
            number("eventId", event.value("EventID").orElse(""));
            number("level", event.value("Level").orElse(""));
            text("computer", event.value("Computer").orElse(""));
            out.append(",\"data\":{");
            event.jsonData(out);
        }

        private void text(String name, String value) {
            out.append(",\"").append(name).append("\":").json(value);
        }

        /** A damaged event may have no number: null. */
        private void number(String name, String value) {
            boolean digits = !value.isEmpty() && value.length() < 19 && value.chars().allMatch(c -> c >= '0' && c <= '9');
            out.append(",\"").append(name).append("\":").append(digits ? Long.toString(Long.parseLong(value)) : "null");
        }
    }

    /** A line of names wherever the columns change; no cell becomes a formula in a spreadsheet. */
    private static final class Csv extends RecordDump {
        private List<String> names = List.of();

        Csv(Utf8Buffer out) {
            super(out);
        }

        @Override
        public void record(String file, Record record) {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("file", file);
            if (record instanceof EvtxEvent event) {
                row.put("recordId", String.valueOf(event.recordId().orElseThrow()));
                row.put("timeCreated", event.timeCreated());
                for (String name : List.of("Channel", "Provider_Name", "EventID", "Level", "Computer")) {
                    row.put(name, event.value(name).orElse(""));
                }
                StringBuilder data = new StringBuilder();
                for (String field : event.dataFields()) {
                    data.append(data.isEmpty() ? "" : "\n").append(field).append(": ")
                            .append(String.join("\n", event.dataValues(field)));
                }
                row.put("data", data.toString());
            } else {
                row.put("line", String.valueOf(record.line()));
                row.put("time", record.time().map(Object::toString).orElse(""));
                record.fields().forEach(field -> row.put(field, record.value(field).orElse("")));
            }
            List<String> columns = new ArrayList<>(row.keySet());
            if (!columns.equals(names)) {
                names = columns;
                write(names);
            }
            write(new ArrayList<>(row.values()));
        }

        private void write(List<String> cells) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < cells.size(); i++) {
                line.append(i == 0 ? "" : ",");
                Escapes.csv(line, cells.get(i));
            }
            out.append(line.append("\r\n"));
        }
    }

    /** Windows' own form for events; other records as elements with their fields. */
    private static final class Xml extends RecordDump {
        Xml(Utf8Buffer out) {
            super(out);
        }

        @Override
        public void begin() {
            out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<records>\n");
        }

        @Override
        public void record(String file, Record record) {
            if (record instanceof EvtxEvent event) {
                out.append(event.xml()).append('\n');
                return;
            }
            StringBuilder element = new StringBuilder("<record file=\"");
            Escapes.xml(element, file);
            element.append("\" line=\"").append(record.line()).append("\">");
            for (String field : record.fields()) {
                element.append("<field name=\"");
                Escapes.xml(element, field);
                element.append("\">");
                Escapes.xml(element, record.value(field).orElse(""));
                element.append("</field>");
            }
            out.append(element.append("</record>\n"));
        }

        @Override
        public void end() {
            out.append("</records>\n");
        }
    }
}
