package dev.tidemark.read.evtx;

import java.util.List;

/** A piece of binary XML as it was compiled: what is fixed, and where a record's own values go. */
sealed interface XmlNode {
    record Element(String name, List<Attribute> attributes, List<XmlNode> children) implements XmlNode {}

    record Attribute(String name, List<XmlNode> value) {}

    record Text(String text) implements XmlNode {}

    /** @param index of the record's value; @param optional an attribute without a value is left out */
    record Slot(int index, boolean optional) implements XmlNode {}

    /** A fragment that brings its own template and values. */
    record Nested(Fragment fragment) implements XmlNode {}

    record Instruction(String target, String data) implements XmlNode {}
}
