package dev.tidemark.report.exchange;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Episode;
import dev.tidemark.model.Finding;
import dev.tidemark.model.HostResult;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The case as a bundle for exchange between teams: servers and attackers as observables, an indicator for each address
 * and web shell, techniques, vulnerabilities, and a report an episode. The same case gives the same identifiers.
 *
 * <p>Source: OASIS STIX Version 2.1, sections 2.9 (identifiers), 4 (domain objects), 6 (cyber-observables).
 */
public final class StixBundle {
    /** The namespace that the standard gives for deterministic identifiers of observables, section 2.9. */
    private static final UUID OBSERVABLES = UUID.fromString("00abedb4-aa42-466c-9c01-fed23315a9b7");
    private static final UUID OURS = UUID.fromString("3f0c7b0a-5a6e-5a35-9a55-2f0a4fd1c5d6");

    private final JsonGenerator json;
    private final CaseResult result;
    private final String now;
    private final String author;
    private final TechniqueNames techniques = TechniqueNames.bundled();

    private StixBundle(JsonGenerator json, CaseResult result) {
        this.json = json;
        this.result = result;
        this.now = JsonOut.time(result.run().finished());
        this.author = id("identity", "tidemark");
    }

    public static void write(CaseResult result, Writer writer) throws IOException {
        try (JsonGenerator json = JsonOut.on(writer)) {
            new StixBundle(json, result).bundle();
        }
    }

    private static String id(String type, String name) {
        return type + "--" + JsonOut.uuid(OURS, type + "|" + name);
    }

    private void bundle() throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "bundle");
        json.writeStringField("id", id("bundle", result.run().rulesHash() + now));
        json.writeArrayFieldStart("objects");
        identity(author, "Tidemark", "system", "Reads the records of Exchange servers.");
        for (HostResult host : result.hosts()) {
            identity(server(host), host.server().isEmpty() ? host.host() : host.server(), "system",
                    "Exchange server, evidence " + host.host() + ", verdict " + host.verdict().verdict().word());
        }
        TreeMap<String, List<Finding>> byAddress = new TreeMap<>();
        TreeSet<String> techniques = new TreeSet<>();
        TreeSet<String> cves = new TreeSet<>();
        for (Finding f : result.findings()) {
            if (f.severity().accuses()) {
                techniques.addAll(f.techniques());
                cves.addAll(f.cves());
                if (IpText.isAddress(f.clientIp())) {
                    byAddress.computeIfAbsent(f.clientIp(), a -> new ArrayList<>()).add(f);
                }
            }
        }
        for (var each : byAddress.entrySet()) {
            address(each.getKey(), each.getValue());
        }
        for (HostResult host : result.hosts()) {
            for (String shell : host.webShells()) {
                webShell(host, shell);
            }
        }
        for (String technique : techniques) {
            attackPattern(technique);
        }
        for (String cve : cves) {
            vulnerability(cve);
        }
        for (Episode episode : result.episodes()) {
            report(episode);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static String server(HostResult host) {
        return id("identity", "server|" + host.host());
    }

    private void start(String type, String id) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", type);
        json.writeStringField("spec_version", "2.1");
        json.writeStringField("id", id);
        json.writeStringField("created", now);
        json.writeStringField("modified", now);
        if (!id.equals(author)) {
            json.writeStringField("created_by_ref", author);
        }
    }

    private void identity(String id, String name, String kind, String description) throws IOException {
        start("identity", id);
        json.writeStringField("name", JsonOut.text(name));
        json.writeStringField("identity_class", kind);
        json.writeStringField("description", JsonOut.text(description));
        json.writeEndObject();
    }

    private void address(String address, List<Finding> findings) throws IOException {
        String type = IpText.isV4(address) ? "ipv4-addr" : "ipv6-addr";
        json.writeStartObject();
        json.writeStringField("type", type);
        json.writeStringField("spec_version", "2.1");
        json.writeStringField("id", type + "--" + JsonOut.uuid(OBSERVABLES, "{\"value\":\"" + address + "\"}"));
        json.writeStringField("value", address);
        json.writeEndObject();
        Instant first = times(findings).min(Comparator.naturalOrder()).orElse(result.run().finished());
        Instant last = times(findings).max(Comparator.naturalOrder()).orElse(first);
        String indicator = id("indicator", address);
        indicator(indicator, address + " attacked an Exchange server", "[" + type + ":value = '" + address + "']", first,
                "malicious-activity");
        List<String> hosts = findings.stream().map(Finding::host).distinct().toList();
        start("sighting", id("sighting", address));
        json.writeStringField("sighting_of_ref", indicator);
        json.writeStringField("first_seen", JsonOut.time(first));
        json.writeStringField("last_seen", JsonOut.time(last));
        json.writeNumberField("count", Math.min(findings.size(), 999_999_999));
        JsonOut.texts(json, "where_sighted_refs", result.hosts().stream().filter(h -> hosts.contains(h.host()))
                .map(StixBundle::server).toList());
        json.writeEndObject();
    }

    private static java.util.stream.Stream<Instant> times(List<Finding> findings) {
        return findings.stream().flatMap(f -> f.time().stream());
    }

    private void indicator(String id, String name, String pattern, Instant from, String type) throws IOException {
        start("indicator", id);
        json.writeStringField("name", JsonOut.text(name));
        JsonOut.texts(json, "indicator_types", List.of(type));
        json.writeStringField("pattern", JsonOut.text(pattern));
        json.writeStringField("pattern_type", "stix");
        json.writeStringField("valid_from", JsonOut.time(from));
        json.writeEndObject();
    }

    private void webShell(HostResult host, String path) throws IOException {
        String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        Optional<String> hash = result.run().inputs().stream()
                .filter(i -> i.host().equals(host.host()) && i.path().equals(path) && !i.sha256().isEmpty())
                .map(i -> i.sha256()).findFirst();
        String pattern = "file:name = " + quoted(name)
                + hash.map(h -> " AND file:hashes.'SHA-256' = '" + h + "'").orElse("");
        indicator(id("indicator", host.host() + "|" + path), "Web shell " + path + " on " + host.host(),
                "[" + pattern + "]", host.firstMalicious().orElse(result.run().finished()), "compromised");
    }

    /** A string constant of a pattern. Source: STIX 2.1, section 9.5. */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }

    private void attackPattern(String technique) throws IOException {
        start("attack-pattern", id("attack-pattern", technique));
        json.writeStringField("name", techniques.of(technique).orElse(technique));
        reference("mitre-attack", technique, "https://attack.mitre.org/techniques/" + technique.replace('.', '/'));
        json.writeEndObject();
    }

    private void vulnerability(String cve) throws IOException {
        start("vulnerability", id("vulnerability", cve));
        json.writeStringField("name", cve);
        reference("cve", cve, "");
        json.writeEndObject();
    }

    private void reference(String source, String externalId, String url) throws IOException {
        json.writeArrayFieldStart("external_references");
        json.writeStartObject();
        json.writeStringField("source_name", source);
        json.writeStringField("external_id", externalId);
        if (!url.isEmpty()) {
            json.writeStringField("url", url);
        }
        json.writeEndObject();
        json.writeEndArray();
    }

    private void report(Episode episode) throws IOException {
        TreeSet<String> refs = new TreeSet<>();
        result.hosts().stream().filter(h -> h.host().equals(episode.host())).forEach(h -> refs.add(server(h)));
        episode.actors().stream().filter(IpText::isAddress).forEach(a -> refs.add(id("indicator", a)));
        result.findings().stream().filter(f -> f.host().equals(episode.host()) && f.episode().equals(episode.id())
                && f.severity().accuses()).forEach(f -> {
                    f.techniques().forEach(t -> refs.add(id("attack-pattern", t)));
                    f.cves().forEach(c -> refs.add(id("vulnerability", c)));
                });
        start("report", id("report", episode.host() + "|" + episode.id()));
        json.writeStringField("name", JsonOut.text("Intrusion " + episode.id() + " on " + episode.host()));
        StringBuilder story = new StringBuilder();
        episode.story().forEach(s -> story.append(s.text()).append('\n'));
        json.writeStringField("description", JsonOut.text(story.toString()));
        JsonOut.texts(json, "report_types", List.of("observed-data"));
        json.writeStringField("published", now);
        JsonOut.texts(json, "object_refs", refs.isEmpty() ? List.of(author) : refs);
        json.writeEndObject();
    }
}
