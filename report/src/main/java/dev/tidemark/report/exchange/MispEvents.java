package dev.tidemark.report.exchange;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Finding;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.InputFile;
import dev.tidemark.model.VerdictClass;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A MISP event for each host on which somebody acted. Nothing is published by importing it: {@code published} is false
 * and {@code distribution} says "your organisation only", so that a person decides.
 *
 * <p>Source: MISP core format, draft-dulaunoy-misp-core-format, sections 2.2 to 2.4.
 */
public final class MispEvents {
    private static final UUID OURS = UUID.fromString("a6d3f0fb-2d4c-5f0f-8b6e-6c1f0d0c1a11");
    private static final String OWN_ORGANISATION = "0";

    private MispEvents() {}

    public static void write(CaseResult result, Writer writer) throws IOException {
        try (JsonGenerator json = JsonOut.on(writer)) {
            json.writeStartObject();
            json.writeArrayFieldStart("response");
            for (HostResult host : result.hosts()) {
                VerdictClass verdict = host.verdict().verdict();
                if (verdict != VerdictClass.NO_EVIDENCE && verdict != VerdictClass.INSUFFICIENT_EVIDENCE) {
                    json.writeStartObject();
                    event(json, result, host);
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void event(JsonGenerator json, CaseResult result, HostResult host) throws IOException {
        String key = host.host() + "|" + result.run().rulesHash();
        Instant day = host.firstMalicious().orElse(result.run().finished());
        String stamp = Long.toString(result.run().finished().getEpochSecond());
        json.writeObjectFieldStart("Event");
        json.writeStringField("uuid", JsonOut.uuid(OURS, key).toString());
        json.writeStringField("info", JsonOut.text("Exchange server " + (host.server().isEmpty() ? host.host()
                : host.server()) + ": " + host.verdict().verdict().word()));
        json.writeStringField("date", LocalDate.ofInstant(day, ZoneOffset.UTC).toString());
        json.writeStringField("threat_level_id", host.verdict().verdict() == VerdictClass.ATTEMPTED ? "3" : "1");
        json.writeStringField("analysis", "2");
        json.writeStringField("distribution", OWN_ORGANISATION);
        json.writeBooleanField("published", false);
        json.writeStringField("timestamp", stamp);
        json.writeArrayFieldStart("Attribute");
        for (String address : host.attackerIps()) {
            if (IpText.isAddress(address)) {
                attribute(json, key, "ip-src", "Network activity", address, "Attacked the server", stamp);
            }
        }
        for (String shell : host.webShells()) {
            String name = shell.substring(Math.max(shell.lastIndexOf('/'), shell.lastIndexOf('\\')) + 1);
            attribute(json, key, "filename", "Artifacts dropped", name, "Web shell " + shell, stamp);
            for (InputFile input : result.run().inputs()) {
                if (input.host().equals(host.host()) && input.path().equals(shell) && !input.sha256().isEmpty()) {
                    attribute(json, key, "sha256", "Artifacts dropped", input.sha256(), "Web shell " + shell, stamp);
                }
            }
        }
        for (String cve : cves(result, host)) {
            attribute(json, key, "vulnerability", "External analysis", cve, "", stamp);
        }
        json.writeEndArray();
        tags(json, result, host);
        json.writeEndObject();
    }

    private static void attribute(JsonGenerator json, String key, String type, String category, String value,
            String comment, String stamp) throws IOException {
        json.writeStartObject();
        json.writeStringField("uuid", JsonOut.uuid(OURS, key + "|" + type + "|" + value).toString());
        json.writeStringField("type", type);
        json.writeStringField("category", category);
        json.writeStringField("value", JsonOut.text(value));
        json.writeBooleanField("to_ids", type.equals("ip-src") || type.equals("sha256"));
        json.writeStringField("distribution", OWN_ORGANISATION);
        json.writeStringField("comment", JsonOut.text(comment));
        json.writeStringField("timestamp", stamp);
        json.writeEndObject();
    }

    private static TreeSet<String> cves(CaseResult result, HostResult host) {
        TreeSet<String> cves = new TreeSet<>();
        accusing(result, host).forEach(f -> cves.addAll(f.cves()));
        return cves;
    }

    private static List<Finding> accusing(CaseResult result, HostResult host) {
        return result.findings().stream().filter(f -> f.host().equals(host.host()) && f.severity().accuses()).toList();
    }

    private static void tags(JsonGenerator json, CaseResult result, HostResult host) throws IOException {
        TreeSet<String> tags = new TreeSet<>();
        tags.add("tlp:amber");
        accusing(result, host).forEach(f -> f.techniques().forEach(
                t -> tags.add("misp-galaxy:mitre-attack-pattern=\"" + t + "\"")));
        json.writeArrayFieldStart("Tag");
        for (String tag : tags) {
            json.writeStartObject();
            json.writeStringField("name", tag);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
