package dev.tidemark.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Coverage;
import dev.tidemark.model.Episode;
import dev.tidemark.model.Finding;
import dev.tidemark.model.Gap;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.InputFile;
import dev.tidemark.model.Interval;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Place;
import dev.tidemark.model.Posture;
import dev.tidemark.model.RuleRef;
import dev.tidemark.model.RunInfo;
import dev.tidemark.model.Sentence;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Skipped;
import dev.tidemark.model.Stage;
import dev.tidemark.model.Verdict;
import dev.tidemark.model.VerdictClass;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads what {@link CaseWriter} wrote. Keys that it does not know are left aside, so a newer case still opens. */
public final class CaseReader {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CaseReader() {}

    /** @throws IOException if {@code dir} is no case or a file of it is damaged; the message names file and line */
    public static CaseResult read(Path dir) throws IOException {
        for (String name : List.of(CaseFiles.RUN, CaseFiles.HOSTS, CaseFiles.FINDINGS, CaseFiles.EPISODES)) {
            if (!Files.isRegularFile(dir.resolve(name))) {
                throw new IOException(dir + ": no case: " + name + " is missing");
            }
        }
        RunInfo run = parse(dir.resolve(CaseFiles.RUN) + "", Files.readString(dir.resolve(CaseFiles.RUN)),
                CaseReader::run);
        return new CaseResult(lines(dir.resolve(CaseFiles.HOSTS), CaseReader::host),
                lines(dir.resolve(CaseFiles.FINDINGS), CaseReader::finding),
                lines(dir.resolve(CaseFiles.EPISODES), CaseReader::episode), run);
    }

    private static <T> List<T> lines(Path file, Function<Fields, T> each) throws IOException {
        List<T> values = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    values.add(parse(file + ":" + number, line, each));
                }
            }
        }
        return values;
    }

    private static <T> T parse(String where, String text, Function<Fields, T> each) throws IOException {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (!node.isObject()) {
                throw new IllegalArgumentException("expected a JSON object, found " + node.getNodeType());
            }
            return each.apply(new Fields(node));
        } catch (JsonProcessingException e) {
            throw new IOException(where + ": damaged case: " + e.getOriginalMessage(), e);
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            throw new IOException(where + ": damaged case: " + e.getMessage(), e);
        }
    }

    static Finding finding(Fields f) {
        Map<String, String> fields = new TreeMap<>();
        f.required("fields").properties().forEach(e -> fields.put(e.getKey(), e.getValue().asText()));
        return new Finding(f.text("id"), f.text("host"), f.text("rule"), f.text("ruleId"), f.text("title"),
                f.word("severity", Severity::of), f.word("stage", Stage::of), f.word("outcome", Outcome::of),
                f.texts("cves"), f.texts("techniques"), f.optionalTime("time"), f.text("source"), f.place(),
                f.text("clientIp"), f.text("user"), f.text("summary"), f.text("excerpt"), fields, f.text("episode"));
    }

    private static Episode episode(Fields e) {
        return new Episode(e.text("id"), e.text("host"), e.word("severity", Severity::of), e.optionalTime("from"),
                e.optionalTime("to"), e.texts("actors"), e.texts("findings"),
                e.objects("story", CaseReader::sentence));
    }

    private static HostResult host(Fields h) {
        Verdict verdict = new Verdict(h.word("verdict", CaseReader::verdictClass),
                h.objects("reasons", CaseReader::sentence), h.texts("nextSteps"));
        return new HostResult(h.text("host"), h.text("server"), h.text("organisation"), verdict,
                h.optionalTime("firstMalicious"), h.optionalTime("lastMalicious"), h.texts("attackerIps"),
                h.texts("webShells"), h.texts("accounts"), posture(h), h.objects("coverage", CaseReader::coverage),
                h.objects("coverageGaps", g -> new Gap(g.text("source"), interval(g), g.text("why"))),
                h.objects("skipped", CaseReader::skipped));
    }

    private static Posture posture(Fields h) {
        return new Posture(h.text("product"), h.text("build"), h.word("patchState", CaseReader::patchState),
                h.optionalTime("patchedAt"), h.optionalFlag("mitigated"),
                h.optionalObject("exposed",
                        e -> new Posture.Exposure(e.time("from"), e.optionalTime("to"), e.text("why"))),
                h.objects("builds", b -> new Posture.BuildSeen(b.text("build"), b.time("from"), b.time("to"),
                        b.place())),
                h.objects("flaws", f -> new Posture.Flaw(f.text("name"), f.texts("cves"), f.optionalTime("openFrom"),
                        f.optionalTime("fixedFrom"))),
                h.objects("mitigations", m -> new Posture.Mitigation(m.text("name"), m.texts("cves"),
                        m.optionalFlag("inForce").orElse(false), m.optionalTime("since"),
                        Place.ofFile(m.text("path")), m.text("why"))),
                h.texts("contradictions"));
    }

    private static RunInfo run(Fields r) {
        return new RunInfo(r.text("version"), r.time("started"), r.time("finished"), r.texts("arguments"),
                r.objects("rules", CaseReader::rule), r.text("rulesHash"),
                r.objects("inputs", i -> new InputFile(i.text("host"), i.text("path"), i.text("source"),
                        i.number("size"), i.text("sha256"))),
                r.objects("skipped", CaseReader::skipped));
    }

    private static RuleRef rule(Fields r) {
        return new RuleRef(r.text("rule"), r.text("id"), r.text("title"), r.word("level", Severity::of),
                r.text("sha256"), r.text("description"), r.texts("falsePositives"), r.texts("references"));
    }

    private static Coverage coverage(Fields c) {
        return new Coverage(c.text("source"), c.optionalTime("from"), c.optionalTime("to"), c.number("files"),
                c.number("records"), c.objects("gaps", CaseReader::interval));
    }

    private static Interval interval(Fields i) {
        return new Interval(i.time("from"), i.time("to"));
    }

    private static Sentence sentence(Fields s) {
        return new Sentence(s.text("text"), s.texts("findings"));
    }

    private static Skipped skipped(Fields s) {
        return new Skipped(s.text("path"), s.optionalNumber("bytes").orElse(Skipped.UNKNOWN), s.text("why"));
    }

    private static Optional<VerdictClass> verdictClass(String word) {
        for (VerdictClass each : VerdictClass.values()) {
            if (each.word().equals(word)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private static Optional<Posture.PatchState> patchState(String word) {
        for (Posture.PatchState each : Posture.PatchState.values()) {
            if (each.word().equals(word)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
