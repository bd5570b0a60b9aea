package dev.tidemark.dump;

import dev.tidemark.read.Record;
import dev.tidemark.read.evtx.EvtxEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes records one by one in one of the forms of {@link Format}. Not for several threads. */
public abstract class RecordDump {
    /** Forms, in the words of the command line. */
    public enum Format {
        jsonl, csv, xml;

        /** @throws IllegalArgumentException never; every form takes every record */
        public RecordDump on(Appendable out) {
            return switch (this) {
                case jsonl -> new Jsonl(out);
                case csv -> new Csv(out);
                case xml -> new Xml(out);
            };
        }
    }

    final Appendable out;

    RecordDump(Appendable out) {
        this.out = out;
    }

    /** Called before the first record. */
    public void begin() throws IOException {}

    /** @param file as the user named it, or as it is called inside an archive */
    public abstract void record(String file, Record record) throws IOException;

    /** Called behind the last record. */
    public void end() throws IOException {}

    /** One object a line; numbers of an event log are numbers. */
    private static final class Jsonl extends RecordDump {
        private final StringBuilder line = new StringBuilder(2_048);

        Jsonl(Appendable out) {
            super(out);
        }

        @Override
        public void record(String file, Record record) throws IOException {
            line.setLength(0);
            line.append("{\"file\":");
            Escapes.json(line, file);
            if (record instanceof EvtxEvent event) {
                event(event);
            } else {
                line.append(",\"line\":").append(record.line()).append(",\"source\":");
                Escapes.json(line, record.source());
                record.time().ifPresent(t -> text("time", t.toString()));
                line.append(",\"fields\":{");
                boolean first = true;
                for (String field : record.fields()) {
                    line.append(first ? "" : ",");
                    first = false;
                    Escapes.json(line, field);
                    line.append(':');
                    Escapes.json(line, record.value(field).orElse(""));
                }
                line.append("}");
            }
            out.append(line.append("}\n"));
        }

        private void event(EvtxEvent event) {
            line.append(",\"recordId\":").append(event.recordId().orElseThrow());
            text("timeCreated", event.timeCreated());
            text("channel", event.value("Channel").orElse(""));
            text("provider", event.value("Provider_Name").orElse(""));
            number("eventId", event.value("EventID").orElse(""));
            number("level", event.value("Level").orElse(""));
            text("computer", event.value("Computer").orElse(""));
            line.append(",\"data\":{");
            boolean first = true;
            for (String field : event.dataFields()) {
                line.append(first ? "" : ",");
                first = false;
                Escapes.json(line, field);
                line.append(':');
                value(event, field);
            }
            line.append('}');
        }

        /** Several values of one name are a list. */
        private void value(EvtxEvent event, String field) {
            List<String> values = event.dataValues(field);
            if (values.size() > 1) {
                char before = '[';
                for (String value : values) {
                    line.append(before);
                    Escapes.json(line, value);
                    before = ',';
                }
                line.append(']');
            } else if (event.isNumber(field)) {
                line.append(values.get(0));
            } else {
                Escapes.json(line, values.isEmpty() ? "" : values.get(0));
            }
        }

        private void text(String name, String value) {
            line.append(",\"").append(name).append("\":");
            Escapes.json(line, value);
        }

        /** A damaged event may have no number: null. */
        private void number(String name, String value) {
            boolean digits = !value.isEmpty() && value.length() < 19 && value.chars().allMatch(c -> c >= '0' && c <= '9');
            line.append(",\"").append(name).append("\":").append(digits ? Long.toString(Long.parseLong(value)) : "null");
        }
    }

    /** A line of names wherever the columns change; no cell becomes a formula in a spreadsheet. */
    private static final class Csv extends RecordDump {
        private List<String> names = List.of();

        Csv(Appendable out) {
            super(out);
        }

        @Override
        public void record(String file, Record record) throws IOException {
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

        private void write(List<String> cells) throws IOException {
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
        Xml(Appendable out) {
            super(out);
        }

        @Override
        public void begin() throws IOException {
            out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<records>\n");
        }

        @Override
        public void record(String file, Record record) throws IOException {
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
        public void end() throws IOException {
            out.append("</records>\n");
        }
    }
}
