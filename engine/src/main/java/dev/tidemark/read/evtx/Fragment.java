package dev.tidemark.read.evtx;

import java.util.List;

/**
 * A piece of XML with the values that its slots mean.
 *
 * @param template the compiled nodes, shared by all records that use the same template
 * @param values   the record's own; {@link Values#NONE} for a piece without slots
 */
record Fragment(Template template, Values values) {
    /** Bytes and nodes that are written for this piece, without what stands in values of type BinXml. */
    long written() {
        return template.uses.written(values);
    }

    /** Compiled nodes, and the leaves among them, found once. */
    static final class Template {
        private final List<XmlNode> nodes;
        private final Uses uses;
        private Leaves leaves;
        private EventJson json;

        Template(List<XmlNode> nodes) {
            this.nodes = List.copyOf(nodes);
            this.uses = Uses.of(this.nodes);
        }

        /** How often the value of that number is written. */
        int uses(int index) {
            return uses.of(index);
        }

        List<XmlNode> nodes() {
            return nodes;
        }

        /** Belongs to one chunk, which one thread reads. */
        Leaves leaves() {
            if (leaves == null) {
                leaves = Leaves.of(nodes);
            }
            return leaves;
        }

        EventJson json() {
            if (json == null) {
                json = new EventJson(leaves());
            }
            return json;
        }
    }

    /** Where the values of one template instance lie in the chunk, and of which type they are. */
    record Values(byte[] bytes, int[] offsets, int[] sizes, byte[] types) {
        static final Values NONE = new Values(new byte[0], new int[0], new int[0], new byte[0]);

        int count() {
            return offsets.length;
        }

        /** {@link EvtxValue#NULL} also for an index that the record has no value for. */
        int type(int index) {
            return index < types.length ? types[index] & 0xFF : EvtxValue.NULL;
        }
    }
}
