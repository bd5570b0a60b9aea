package dev.tidemark.report.exchange;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Finding;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The techniques of the accusing findings as a layer of the ATT&amp;CK Navigator: the score is the number of records.
 *
 * <p>Source: ATT&amp;CK Navigator, layer file format 4.5.
 */
public final class NavigatorLayer {
    private NavigatorLayer() {}

    /** Records of one technique, and the rules that saw them. */
    private static final class Seen {
        private int records;
        private final TreeSet<String> rules = new TreeSet<>();
        private final TreeSet<String> hosts = new TreeSet<>();
    }

    public static void write(CaseResult result, Writer writer) throws IOException {
        Map<String, Seen> techniques = new TreeMap<>();
        for (Finding f : result.findings()) {
            if (f.severity().accuses()) {
                for (String technique : f.techniques()) {
                    Seen seen = techniques.computeIfAbsent(technique, t -> new Seen());
                    seen.records++;
                    seen.rules.add(f.title());
                    seen.hosts.add(f.host());
                }
            }
        }
        try (JsonGenerator json = JsonOut.on(writer)) {
            layer(json, techniques);
        }
    }

    private static void layer(JsonGenerator json, Map<String, Seen> techniques) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", "Tidemark");
        json.writeObjectFieldStart("versions");
        json.writeStringField("attack", "17");
        json.writeStringField("navigator", "5.1.0");
        json.writeStringField("layer", "4.5");
        json.writeEndObject();
        json.writeStringField("domain", "enterprise-attack");
        json.writeStringField("description", "Techniques seen in the records of Exchange servers; the score counts records.");
        json.writeNumberField("sorting", 3);
        json.writeBooleanField("hideDisabled", false);
        json.writeArrayFieldStart("techniques");
        int most = 1;
        for (Map.Entry<String, Seen> each : techniques.entrySet()) {
            most = Math.max(most, each.getValue().records);
            json.writeStartObject();
            json.writeStringField("techniqueID", each.getKey());
            json.writeNumberField("score", each.getValue().records);
            json.writeStringField("comment", JsonOut.text(String.join("; ", each.getValue().rules) + " (on "
                    + String.join(", ", each.getValue().hosts) + ")"));
            json.writeBooleanField("enabled", true);
            json.writeBooleanField("showSubtechniques", each.getKey().indexOf('.') > 0);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("gradient");
        json.writeArrayFieldStart("colors");
        json.writeString("#fff7bcff");
        json.writeString("#d95f0eff");
        json.writeEndArray();
        json.writeNumberField("minValue", 0);
        json.writeNumberField("maxValue", most);
        json.writeEndObject();
        json.writeEndObject();
    }
}
