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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    /** What the server that takes the event gives it: the format asks for them all the same. */
    private static final String NOT_YET = "0";

    private MispEvents() {}

    public static void write(CaseResult result, Writer writer) throws IOException {
        try (JsonGenerator json = JsonOut.on(writer)) {
            TechniqueNames names = TechniqueNames.bundled();
            json.writeStartObject();
            json.writeArrayFieldStart("response");
            for (HostResult host : result.hosts()) {
                VerdictClass verdict = host.verdict().verdict();
                if (verdict != VerdictClass.NO_EVIDENCE && verdict != VerdictClass.INSUFFICIENT_EVIDENCE) {
                    json.writeStartObject();
                    event(json, result, host, names);
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void event(JsonGenerator json, CaseResult result, HostResult host, TechniqueNames names)
            throws IOException {
        String key = host.host() + "|" + result.run().rulesHash();
        Instant day = host.firstMalicious().orElse(result.run().finished());
        String stamp = Long.toString(result.run().finished().getEpochSecond());
        List<Attribute> attributes = attributes(result, host);
        json.writeObjectFieldStart("Event");
        for (String given : List.of("id", "org_id", "orgc_id", "sharing_group_id", "publish_timestamp")) {
            json.writeStringField(given, NOT_YET);
        }
        json.writeStringField("uuid", JsonOut.uuid(OURS, key).toString());
        json.writeStringField("info", JsonOut.text("Exchange server " + (host.server().isEmpty() ? host.host()
                : host.server()) + ": " + host.verdict().verdict().word()));
        json.writeStringField("date", LocalDate.ofInstant(day, ZoneOffset.UTC).toString());
        json.writeStringField("threat_level_id", host.verdict().verdict() == VerdictClass.ATTEMPTED ? "3" : "1");
        json.writeStringField("analysis", "2");
        json.writeStringField("distribution", OWN_ORGANISATION);
        json.writeBooleanField("published", false);
        json.writeStringField("timestamp", stamp);
        json.writeBooleanField("locked", false);
        json.writeBooleanField("proposal_email_lock", false);
        json.writeStringField("attribute_count", Integer.toString(attributes.size()));
        organisation(json, "Org");
        organisation(json, "Orgc");
        json.writeArrayFieldStart("Attribute");
        for (Attribute each : attributes) {
            attribute(json, key, each, stamp);
        }
        json.writeEndArray();
        for (String none : List.of("ShadowAttribute", "RelatedEvent")) {
            json.writeArrayFieldStart(none);
            json.writeEndArray();
        }
        tags(json, result, host, names);
        json.writeEndObject();
    }

    private static void organisation(JsonGenerator json, String role) throws IOException {
        json.writeObjectFieldStart(role);
        json.writeStringField("id", NOT_YET);
        json.writeStringField("name", "Tidemark");
        json.writeStringField("uuid", JsonOut.uuid(OURS, "organisation").toString());
        json.writeEndObject();
    }

    private static List<Attribute> attributes(CaseResult result, HostResult host) {
        List<Attribute> attributes = new ArrayList<>();
        for (String address : host.attackerIps()) {
            if (IpText.isAddress(address)) {
                attributes.add(new Attribute("ip-src", "Network activity", address, "Attacked the server"));
            }
        }
        for (String shell : host.webShells()) {
            String name = shell.substring(Math.max(shell.lastIndexOf('/'), shell.lastIndexOf('\\')) + 1);
            attributes.add(new Attribute("filename", "Artifacts dropped", name, "Web shell " + shell));
            for (InputFile input : result.run().inputs()) {
                if (input.host().equals(host.host()) && input.path().equals(shell) && !input.sha256().isEmpty()) {
                    attributes.add(new Attribute("sha256", "Artifacts dropped", input.sha256(), "Web shell " + shell));
                }
            }
        }
        for (String cve : cves(result, host)) {
            attributes.add(new Attribute("vulnerability", "External analysis", cve, ""));
        }
        Set<String> seen = new HashSet<>();
        attributes.removeIf(each -> !seen.add(each.type() + "|" + each.value()));
        return attributes;
    }

    private record Attribute(String type, String category, String value, String comment) {}

    private static void attribute(JsonGenerator json, String key, Attribute each, String stamp) throws IOException {
        json.writeStartObject();
        json.writeStringField("uuid", JsonOut.uuid(OURS, key + "|" + each.type() + "|" + each.value()).toString());
        json.writeStringField("type", each.type());
        json.writeStringField("category", each.category());
        json.writeStringField("value", JsonOut.text(each.value()));
        json.writeBooleanField("to_ids", each.type().equals("ip-src") || each.type().equals("sha256"));
        json.writeStringField("distribution", OWN_ORGANISATION);
        json.writeStringField("comment", JsonOut.text(each.comment()));
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

    private static void tags(JsonGenerator json, CaseResult result, HostResult host, TechniqueNames names)
            throws IOException {
        TreeSet<String> tags = new TreeSet<>();
        tags.add("tlp:amber");
        // as the galaxy calls its clusters, or it takes the tag for none of them
        accusing(result, host).forEach(f -> f.techniques().forEach(t -> tags.add("misp-galaxy:mitre-attack-pattern=\""
                + names.of(t).map(name -> name + " - " + t).orElse(t) + "\"")));
        json.writeArrayFieldStart("Tag");
        for (String tag : tags) {
            json.writeStartObject();
            json.writeStringField("name", tag);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
