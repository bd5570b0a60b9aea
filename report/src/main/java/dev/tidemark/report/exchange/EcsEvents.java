package dev.tidemark.report.exchange;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Finding;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Severity;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One document a finding in the Elastic Common Schema, one a line, as bulk loaders take them. What the schema has no
 * field for stands under {@code tidemark}. Findings whose records carry no time get the end of the run as
 * {@code @timestamp}, because the schema demands one, and {@code tidemark.time_known: false}.
 *
 * <p>Source: Elastic Common Schema 8.17, field reference.
 */
public final class EcsEvents {
    private static final String ECS_VERSION = "8.17.0";

    private EcsEvents() {}

    public static void write(CaseResult result, Writer writer) throws IOException {
        Map<String, HostResult> hosts = new HashMap<>();
        result.hosts().forEach(h -> hosts.put(h.host(), h));
        for (Finding finding : result.findings()) {
            try (JsonGenerator json = JsonOut.on(writer)) {
                event(json, finding, hosts.get(finding.host()), result);
            }
            writer.write('\n');
        }
    }

    private static void event(JsonGenerator json, Finding f, HostResult host, CaseResult result) throws IOException {
        json.writeStartObject();
        json.writeStringField("@timestamp", JsonOut.time(f.time().orElse(result.run().finished())));
        json.writeStringField("message", JsonOut.text(f.summary()));
        one(json, "ecs", "version", ECS_VERSION);
        json.writeObjectFieldStart("event");
        json.writeStringField("kind", f.severity().accuses() ? "alert" : "event");
        JsonOut.texts(json, "category", List.of("intrusion_detection"));
        JsonOut.texts(json, "type", List.of("info"));
        json.writeStringField("module", "tidemark");
        json.writeStringField("dataset", "tidemark." + f.source());
        json.writeStringField("id", f.id());
        json.writeNumberField("severity", number(f.severity()));
        json.writeStringField("original", JsonOut.text(f.excerpt()));
        json.writeEndObject();
        json.writeObjectFieldStart("rule");
        json.writeStringField("name", JsonOut.text(f.title()));
        json.writeStringField("id", JsonOut.text(f.ruleId().isEmpty() ? f.rule() : f.ruleId()));
        json.writeStringField("category", f.stage().word());
        json.writeEndObject();
        one(json, "host", "name", host == null || host.server().isEmpty() ? f.host() : host.server());
        if (!f.clientIp().isEmpty()) {
            source(json, f.clientIp());
        }
        if (!f.user().isEmpty()) {
            one(json, "user", "name", f.user());
        }
        json.writeObjectFieldStart("log");
        one(json, "file", "path", f.place().path());
        json.writeEndObject();
        threat(json, f);
        own(json, f);
        json.writeEndObject();
    }

    private static void one(JsonGenerator json, String object, String field, String value) throws IOException {
        json.writeObjectFieldStart(object);
        json.writeStringField(field, JsonOut.text(value));
        json.writeEndObject();
    }

    /** {@code source.ip} has to be an address; whatever else a record names as its client is told as written. */
    private static void source(JsonGenerator json, String client) throws IOException {
        json.writeObjectFieldStart("source");
        json.writeStringField("address", JsonOut.text(client));
        if (IpText.isAddress(client)) {
            json.writeStringField("ip", client);
        }
        json.writeEndObject();
    }

    private static void threat(JsonGenerator json, Finding f) throws IOException {
        if (!f.techniques().isEmpty()) {
            json.writeObjectFieldStart("threat");
            json.writeStringField("framework", "MITRE ATT&CK");
            json.writeObjectFieldStart("technique");
            JsonOut.texts(json, "id", f.techniques());
            json.writeEndObject();
            json.writeEndObject();
        }
        if (!f.cves().isEmpty()) {
            json.writeObjectFieldStart("vulnerability");
            JsonOut.texts(json, "id", f.cves());
            json.writeStringField("enumeration", "CVE");
            json.writeEndObject();
        }
    }

    private static void own(JsonGenerator json, Finding f) throws IOException {
        json.writeObjectFieldStart("tidemark");
        json.writeStringField("evidence", JsonOut.text(f.host()));
        json.writeStringField("stage", f.stage().word());
        json.writeStringField("outcome", f.outcome().word());
        json.writeStringField("severity", f.severity().word());
        json.writeBooleanField("time_known", f.time().isPresent());
        if (!f.episode().isEmpty()) {
            json.writeStringField("episode", f.episode());
        }
        if (f.place().line().isPresent()) {
            json.writeNumberField("line", f.place().line().getAsLong());
        }
        if (f.place().recordId().isPresent()) {
            json.writeNumberField("record_id", f.place().recordId().getAsLong());
        }
        json.writeEndObject();
    }

    /** Elastic's own scale for alerts: 21, 47, 73, 99. */
    private static int number(Severity severity) {
        return switch (severity) {
            case INFORMATIONAL -> 1;
            case LOW -> 21;
            case MEDIUM -> 47;
            case HIGH -> 73;
            case CRITICAL -> 99;
        };
    }
}
