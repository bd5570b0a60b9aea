package dev.tidemark.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads a case from disk, as another program would. */
final class Cases {
    /** What has to be the same whenever the evidence is. */
    static final List<String> RESULTS = List.of("findings.jsonl", "hosts.jsonl", "episodes.jsonl", "timeline.csv");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> ACCUSING = Set.of("medium", "high", "critical");

    private Cases() {}

    static List<JsonNode> lines(Path file) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    static List<JsonNode> findings(Path out) throws IOException {
        return lines(out.resolve("findings.jsonl"));
    }

    /** The only host of the case. */
    static JsonNode host(Path out) throws IOException {
        List<JsonNode> hosts = lines(out.resolve("hosts.jsonl"));
        if (hosts.size() != 1) {
            throw new AssertionError("expected one host: " + hosts.stream().map(h -> h.get("host").asText()).toList());
        }
        return hosts.get(0);
    }

    static String verdict(Path out) throws IOException {
        return host(out).get("verdict").asText();
    }

    /** Host to verdict. */
    static Map<String, String> verdicts(Path out) throws IOException {
        Map<String, String> verdicts = new TreeMap<>();
        lines(out.resolve("hosts.jsonl")).forEach(h -> verdicts.put(h.get("host").asText(), h.get("verdict").asText()));
        return verdicts;
    }

    static boolean accuses(JsonNode finding) {
        return ACCUSING.contains(finding.get("severity").asText());
    }

    /** The path, and behind a colon the line, if the finding has one. */
    static String place(JsonNode finding) {
        return finding.get("path").asText() + (finding.get("line").isNull() ? "" : ":" + finding.get("line").asLong());
    }

    /** All results in one text. */
    static String results(Path out) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : RESULTS) {
            all.append("== ").append(name).append('\n').append(Files.readString(out.resolve(name)));
        }
        return all.toString();
    }
}
