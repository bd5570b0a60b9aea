package dev.tidemark.read.evtx;

import dev.tidemark.bytes.ByteCursor;
import dev.tidemark.bytes.HotPath;
import dev.tidemark.bytes.Utf8Buffer;
import dev.tidemark.read.evtx.Fragment.Values;
import dev.tidemark.read.evtx.Leaves.Leaf;
import dev.tidemark.read.evtx.Leaves.Part;
import dev.tidemark.read.evtx.XmlNode.Slot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the events of one template say, as members of a JSON object: found once a template, written for each event from
 * its bytes. Several values of one name are a list; what the log keeps as a number is one.
 */
@HotPath("DumpBenchmark")
final class EventJson {
    /** Values of one name. @param key name and colon, as JSON has them */
    private record Member(String key, List<Leaf> leaves) {}

    private final List<Member> data = new ArrayList<>();

    EventJson(Leaves leaves) {
        Map<String, List<Leaf>> byName = new LinkedHashMap<>();
        for (Leaf leaf : leaves.all()) {
            if (leaf.part() == Part.DATA) {
                byName.computeIfAbsent(leaf.name(), name -> leaves.named(name.toLowerCase(Locale.ROOT)).stream()
                        .filter(each -> each.part() != Part.SYSTEM).toList());
            }
        }
        byName.forEach((name, of) -> data.add(new Member(new Utf8Buffer(64).json(name).append(':').toString(), of)));
    }

    boolean saysSomething() {
        return !data.isEmpty();
    }

    /** Members with commas between them. */
    void write(EvtxEvent event, Values values, Utf8Buffer out) {
        for (int i = 0; i < data.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            Member member = data.get(i);
            out.append(member.key());
            if (member.leaves().size() == 1) {
                one(event, member.leaves().get(0), values, out);
            } else {
                several(event, member.leaves(), values, out);
            }
        }
    }

    private static void one(EvtxEvent event, Leaf leaf, Values values, Utf8Buffer out) {
        Slot slot = slot(leaf, values);
        if (slot == null) {
            list(event.items(leaf, values), out);
            return;
        }
        int type = values.type(slot.index());
        int at = values.offsets()[slot.index()];
        int size = values.sizes()[slot.index()];
        if (!EvtxValue.isNumber(type, size) || !number(values.bytes(), at, type, out)) {
            text(values.bytes(), at, size, type, out);
        }
    }

    private static void several(EvtxEvent event, List<Leaf> leaves, Values values, Utf8Buffer out) {
        List<Slot> slots = new ArrayList<>(leaves.size());
        for (Leaf leaf : leaves) {
            Slot slot = slot(leaf, values);
            if (slot == null) {
                List<String> all = new ArrayList<>();
                leaves.forEach(each -> all.addAll(event.items(each, values)));
                list(all, out);
                return;
            }
            slots.add(slot);
        }
        char before = '[';
        for (Slot slot : slots) {
            out.append(before);
            int i = slot.index();
            text(values.bytes(), values.offsets()[i], values.sizes()[i], values.type(i), out);
            before = ',';
        }
        out.append(']');
    }

    /** The one value that the leaf is; null if it is put together, or of a kind that has to be looked into. */
    private static Slot slot(Leaf leaf, Values values) {
        if (leaf.parts().size() != 1 || !(leaf.parts().get(0) instanceof Slot slot) || slot.index() >= values.count()) {
            return null;
        }
        int type = values.type(slot.index());
        return (type & EvtxValue.ARRAY) != 0 || type == EvtxValue.BINXML ? null : slot;
    }

    private static void text(byte[] b, int at, int size, int type, Utf8Buffer out) {
        if (type == EvtxValue.STRING && size > 0) {
            out.jsonOfUtf16(b, at, size);
        } else {
            out.json(EvtxValue.text(b, at, size, type));
        }
    }

    /** False for a type that is none of the whole numbers of up to 32 bits, or of 64 with a sign. */
    private static boolean number(byte[] b, int at, int type, Utf8Buffer out) {
        switch (type) {
            case 0x03 -> out.append((long) b[at]);
            case 0x04 -> out.append((long) (b[at] & 0xFF));
            case 0x05 -> out.append((long) (short) ByteCursor.u16(b, at));
            case 0x06 -> out.append((long) ByteCursor.u16(b, at));
            case 0x07 -> out.append((long) (int) ByteCursor.u32(b, at));
            case 0x08 -> out.append(ByteCursor.u32(b, at));
            case 0x09 -> out.append(ByteCursor.u64(b, at));
            case 0x0A -> out.append(Long.toUnsignedString(ByteCursor.u64(b, at)));
            default -> {
                return false;
            }
        }
        return true;
    }

    static void list(List<String> values, Utf8Buffer out) {
        if (values.size() == 1) {
            out.json(values.get(0));
            return;
        }
        if (values.isEmpty()) {
            out.append("\"\"");
            return;
        }
        char before = '[';
        for (String value : values) {
            out.append(before).json(value);
            before = ',';
        }
        out.append(']');
    }
}
