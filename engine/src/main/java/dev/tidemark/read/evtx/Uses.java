package dev.tidemark.read.evtx;

import dev.tidemark.read.evtx.Fragment.Values;
import dev.tidemark.read.evtx.XmlNode.Attribute;
import dev.tidemark.read.evtx.XmlNode.Element;
import dev.tidemark.read.evtx.XmlNode.Slot;
import java.util.Arrays;
import java.util.List;

/**
 * How often a template writes each value. A template of few bytes can write a long value thousands of times, and others
 * that do the same.
 */
final class Uses {
    /** Of a node, beside its text. */
    private static final int NODE = 1;

    private long fixed;
    private int[] times = new int[0];

    private Uses() {}

    static Uses of(List<XmlNode> nodes) {
        Uses uses = new Uses();
        nodes.forEach(uses::add);
        return uses;
    }

    private void add(XmlNode node) {
        fixed += NODE;
        if (node instanceof XmlNode.Text text) {
            fixed += text.text().length();
        } else if (node instanceof Element element) {
            for (Attribute attribute : element.attributes()) {
                attribute.value().forEach(this::add);
            }
            element.children().forEach(this::add);
        } else if (node instanceof XmlNode.Nested nested) {
            fixed += nested.fragment().written();
        } else if (node instanceof Slot slot) {
            if (slot.index() >= times.length) {
                times = Arrays.copyOf(times, slot.index() + 1);
            }
            times[slot.index()]++;
        }
    }

    int of(int index) {
        return index < times.length ? times[index] : 0;
    }

    /** Bytes of the values, each as often as it is written, and of what is the same in every event. */
    long written(Values values) {
        long written = fixed;
        int[] sizes = values.sizes();
        for (int i = Math.min(times.length, sizes.length) - 1; i >= 0; i--) {
            written += (long) times[i] * sizes[i];
        }
        return written;
    }
}
