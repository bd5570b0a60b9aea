package dev.tidemark.testing;

import dev.tidemark.model.Finding;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Place;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Findings for tests, told from each other by what a test says of them. */
public record Findings(String id, Severity severity, Stage stage, Outcome outcome, String time, String client,
        Map<String, String> fields, String source) {
    public static Findings of(String id) {
        return new Findings(id, Severity.CRITICAL, Stage.EXPLOIT, Outcome.SUCCEEDED, "2021-03-03T04:00:00Z", "", Map.of(), "iis");
    }

    public Findings severity(Severity other) {
        return new Findings(id, other, stage, outcome, time, client, fields, source);
    }

    public Findings stage(Stage other) {
        return new Findings(id, severity, other, outcome, time, client, fields, source);
    }

    public Findings outcome(Outcome other) {
        return new Findings(id, severity, stage, other, time, client, fields, source);
    }

    /** @param other empty for a record without a time */
    public Findings time(String other) {
        return new Findings(id, severity, stage, outcome, other, client, fields, source);
    }

    public Findings client(String other) {
        return new Findings(id, severity, stage, outcome, time, other, fields, source);
    }

    public Findings fields(Map<String, String> other) {
        return new Findings(id, severity, stage, outcome, time, client, other, source);
    }

    public Findings source(String other) {
        return new Findings(id, severity, stage, outcome, time, client, fields, other);
    }

    public Finding made() {
        return new Finding(id, "mail01", id + ".yml", "", "Title of " + id, severity, stage, outcome, List.of(), List.of(),
                time.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(time)), source, Place.ofLine(id, 1), client,
                "", "Summary of " + id + ".", "", fields, "");
    }
}
