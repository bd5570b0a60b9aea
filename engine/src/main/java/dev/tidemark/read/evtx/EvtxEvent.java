package dev.tidemark.read.evtx;

import dev.tidemark.bytes.ByteCursor;
import dev.tidemark.bytes.Utf8Buffer;
import dev.tidemark.read.Record;
import dev.tidemark.read.evtx.Fragment.Values;
import dev.tidemark.read.evtx.Leaves.Leaf;
import dev.tidemark.read.evtx.Leaves.Part;
import dev.tidemark.read.evtx.XmlNode.Slot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One event. Its values are written out when they are asked for.
 *
 * <p>Fields go by the names of {@link Leaves}. Data elements without a name are the lines of {@code Data}, and one by one
 * {@code Data[0]}, {@code Data[1]} …: an event of MSExchange Management has its cmdlet in the first and the parameters in
 * the second. Where System has a field of the same name, it is System's; {@code data.Channel} is the other one.
 */
public final class EvtxEvent implements Record {
    private static final Pattern INDEXED = Pattern.compile("data\\[([0-9]{1,4})\\]");
    private static final String OF_DATA = "data.";
    private static final int DEEPEST = 16;
    private static final List<String> SHOWN = List.of("Provider_Name", "EventID", "Level", "Channel", "Computer", "SystemTime");

    private final BinXml binXml;
    private final Fragment root;
    private final long numberInFile;
    private final long written;
    private List<Fragment> fragments;
    /** Many rules ask for the same few fields. */
    private final Map<String, List<String>> known = new HashMap<>();
    private String text;

    /** @param written FILETIME of the record's own head */
    EvtxEvent(BinXml binXml, Fragment root, long numberInFile, long written) {
        this.binXml = binXml;
        this.root = root;
        this.numberInFile = numberInFile;
        this.written = written;
    }

    @Override
    public String source() {
        return EvtxReader.SOURCE;
    }

    /** {@code EventRecordID}, by which people and tools name an event; the number in the file if it has none. */
    @Override
    public OptionalLong recordId() {
        for (Leaf leaf : root.template().leaves().named("eventrecordid")) {
            String id = text(leaf.parts(), root.values());
            if (!id.isEmpty() && id.length() < 19 && id.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return OptionalLong.of(Long.parseLong(id));
            }
        }
        return OptionalLong.of(numberInFile);
    }

    /** Counts on by one within a file; a forwarded event keeps the {@link #recordId} of its own log beside it. */
    long numberInFile() {
        return numberInFile;
    }

    /** When the event happened; when it was written, if it does not say that. A forwarded event was written later. */
    @Override
    public Optional<Instant> time() {
        return Optional.of(Instant.ofEpochMilli(millis()));
    }

    long millis() {
        for (Leaf leaf : root.template().leaves().named("systemtime")) {
            if (leaf.parts().size() == 1 && leaf.parts().get(0) instanceof Slot slot
                    && root.values().type(slot.index()) == 0x11 && root.values().sizes()[slot.index()] == 8) {
                return EvtxValue.epochMillis(ByteCursor.u64(root.values().bytes(), root.values().offsets()[slot.index()]));
            }
        }
        return EvtxValue.epochMillis(written);
    }

    /** ISO 8601, UTC, to 100 ns. */
    public String timeCreated() {
        return value("SystemTime").filter(t -> !t.isEmpty()).orElseGet(() -> EvtxValue.fileTime(written));
    }

    @Override
    public Optional<String> value(String field) {
        List<String> all = values(field);
        return all.isEmpty() ? Optional.empty() : Optional.of(all.size() == 1 ? all.get(0) : String.join("\n", all));
    }

    /** Every value by itself, and, where there are several, all of them together. */
    @Override
    public List<String> spellings(String field) {
        List<String> all = values(field);
        if (all.size() < 2) {
            return all;
        }
        List<String> spellings = new ArrayList<>(all);
        spellings.add(String.join("\n", all));
        return spellings;
    }

    /** Every value of that name, in document order; empty if the event has none. */
    public List<String> values(String field) {
        List<String> values = known.get(field);
        if (values == null) {
            values = find(field);
            known.put(field, values);
        }
        return values;
    }

    private List<String> find(String field) {
        String name = field.toLowerCase(Locale.ROOT);
        Matcher indexed = name.endsWith("]") ? INDEXED.matcher(name) : null;
        if (indexed != null && indexed.matches()) {
            List<String> unnamed = values(Leaves.UNNAMED);
            int index = Integer.parseInt(indexed.group(1));
            return index < unnamed.size() ? List.of(unnamed.get(index)) : List.of();
        }
        if (name.startsWith(OF_DATA)) {
            return dataValues(field.substring(OF_DATA.length()));
        }
        List<String> system = found(name, leaf -> leaf.part() == Part.SYSTEM);
        return system.isEmpty() ? found(name, leaf -> true) : system;
    }

    /** Every value of that name in what the event says, System's aside. */
    public List<String> dataValues(String field) {
        return found(field.toLowerCase(Locale.ROOT), leaf -> leaf.part() != Part.SYSTEM);
    }

    private List<String> found(String name, Predicate<Leaf> wanted) {
        List<String> found = new ArrayList<>();
        for (Fragment fragment : fragments()) {
            for (Leaf leaf : fragment.template().leaves().named(name)) {
                if (wanted.test(leaf)) {
                    found.addAll(items(leaf, fragment.values()));
                }
            }
        }
        return found;
    }

    List<String> items(Leaf leaf, Values values) {
        if (leaf.parts().size() == 1 && leaf.parts().get(0) instanceof Slot slot
                && (values.type(slot.index()) & EvtxValue.ARRAY) != 0) {
            return EvtxValue.items(values.bytes(), values.offsets()[slot.index()], values.sizes()[slot.index()],
                    values.type(slot.index()));
        }
        return List.of(text(leaf.parts(), values));
    }

    private String text(List<XmlNode> parts, Values values) {
        if (parts.size() == 1) {
            return text(parts.get(0), values);
        }
        StringBuilder all = new StringBuilder();
        parts.forEach(part -> all.append(text(part, values)));
        return all.toString();
    }

    private String text(XmlNode part, Values values) {
        if (part instanceof XmlNode.Text text) {
            return text.text();
        }
        if (part instanceof Slot slot && values.type(slot.index()) != EvtxValue.NULL) {
            return values.type(slot.index()) == EvtxValue.BINXML
                    ? inner(slot, values).map(f -> EvtxXml.of(binXml, f)).orElse("")
                    : EvtxValue.text(values.bytes(), values.offsets()[slot.index()], values.sizes()[slot.index()],
                            values.type(slot.index()));
        }
        return part instanceof XmlNode.Nested nested ? EvtxXml.of(binXml, nested.fragment()) : "";
    }

    private Optional<Fragment> inner(Slot slot, Values values) {
        return inner(binXml, slot, values);
    }

    /** The fragment that stands as a value; empty if it is none or cannot be read. */
    static Optional<Fragment> inner(BinXml binXml, Slot slot, Values values) {
        if (values.type(slot.index()) != EvtxValue.BINXML) {
            return Optional.empty();
        }
        int at = values.offsets()[slot.index()];
        return binXml.inner(at, at + values.sizes()[slot.index()]);
    }

    /** The event and what is nested in it, outermost first. */
    private List<Fragment> fragments() {
        if (fragments == null) {
            fragments = new ArrayList<>();
            gather(root, 0);
        }
        return fragments;
    }

    private void gather(Fragment fragment, int depth) {
        fragments.add(fragment);
        List<XmlNode> inner = fragment.template().leaves().nested();
        if (depth >= DEEPEST && !inner.isEmpty()) {
            binXml.lose("pieces of XML stand in each other deeper than " + DEEPEST);
            return;
        }
        for (XmlNode node : inner) {
            if (node instanceof XmlNode.Nested nested) {
                gather(nested.fragment(), depth + 1);
            } else if (node instanceof Slot slot) {
                inner(slot, fragment.values()).ifPresent(f -> gather(f, depth + 1));
            }
        }
    }

    @Override
    public List<String> fields() {
        Set<String> names = new LinkedHashSet<>();
        fragments().forEach(f -> f.template().leaves().all().forEach(leaf -> names.add(leaf.name())));
        return List.copyOf(names);
    }

    /** Names of what the event says, without System's, in document order. */
    public List<String> dataFields() {
        Set<String> names = new LinkedHashSet<>();
        fragments().forEach(f -> f.template().leaves().all().stream().filter(leaf -> leaf.part() == Part.DATA)
                .forEach(leaf -> names.add(leaf.name())));
        return List.copyOf(names);
    }

    /** True if what the event says under this name is a number in the log, so that JSON writes it without quotes. */
    public boolean isNumber(String field) {
        for (Fragment fragment : fragments()) {
            for (Leaf leaf : fragment.template().leaves().named(field.toLowerCase(Locale.ROOT))) {
                if (leaf.part() == Part.SYSTEM) {
                    continue;
                }
                Values values = fragment.values();
                return leaf.parts().size() == 1 && leaf.parts().get(0) instanceof Slot slot
                        && slot.index() < values.count()
                        && EvtxValue.isNumber(values.type(slot.index()), values.sizes()[slot.index()]);
            }
        }
        return false;
    }

    /** What the event says, System aside, as the members of a JSON object, in document order. */
    public void jsonData(Utf8Buffer out) {
        Fragment only = null;
        for (Fragment fragment : fragments()) {
            if (fragment.template().json().saysSomething()) {
                if (only != null) {
                    jsonOfSeveral(out);
                    return;
                }
                only = fragment;
            }
        }
        if (only != null) {
            only.template().json().write(this, only.values(), out);
        }
    }

    /** Names may stand in more than one piece. */
    private void jsonOfSeveral(Utf8Buffer out) {
        boolean first = true;
        for (String field : dataFields()) {
            if (!first) {
                out.append(',');
            }
            first = false;
            out.json(field).append(':');
            List<String> values = dataValues(field);
            if (values.size() == 1 && isNumber(field)) {
                out.append(values.get(0));
            } else {
                EventJson.list(values, out);
            }
        }
    }

    /** One {@code name: value} a line: what says where the event is from, then all that it says. */
    @Override
    public String text() {
        if (text == null) {
            text = put();
        }
        return text;
    }

    private String put() {
        StringBuilder text = new StringBuilder();
        SHOWN.forEach(name -> value(name).filter(v -> !v.isEmpty()).ifPresent(v -> line(text, name, v)));
        for (Fragment fragment : fragments()) {
            for (Leaf leaf : fragment.template().leaves().all()) {
                if (leaf.part() != Part.SYSTEM) {
                    items(leaf, fragment.values()).forEach(v -> line(text, leaf.name(), v));
                }
            }
        }
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(name).append(": ").append(value).append('\n');
    }

    /** The event in XML, as Windows shows it, on one line. */
    public String xml() {
        return EvtxXml.of(binXml, root);
    }
}
