package dev.tidemark.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Coverage;
import dev.tidemark.model.Episode;
import dev.tidemark.model.Finding;
import dev.tidemark.model.Gap;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.InputFile;
import dev.tidemark.model.Interval;
import dev.tidemark.model.RuleRef;
import dev.tidemark.model.RunInfo;
import dev.tidemark.model.Sentence;
import dev.tidemark.model.Skipped;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Function;

/**
 * Writes a case as JSON Lines: the same {@link CaseResult} always gives the same bytes.
 *
 * <p>Each file appears whole or not at all, and {@code run.json} last: a folder with it is a finished case.
 */
public final class CaseWriter {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final DefaultIndenter TWO_SPACES_LF = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter PRETTY = MAPPER.writer(
            new DefaultPrettyPrinter().withObjectIndenter(TWO_SPACES_LF).withArrayIndenter(TWO_SPACES_LF));

    private CaseWriter() {}

    /** What lies in {@code dir} is no case until {@link #finish}. */
    public static void begin(Path dir) throws IOException {
        Files.deleteIfExists(dir.resolve(CaseFiles.RUN));
    }

    /** Writes findings, episodes and hosts into {@code dir}, which is there; files of an older case are replaced. */
    public static void records(CaseResult result, Path dir) throws IOException {
        writeLines(dir, CaseFiles.FINDINGS, result.findings(), CaseWriter::finding);
        writeLines(dir, CaseFiles.EPISODES, result.episodes(), CaseWriter::episode);
        writeLines(dir, CaseFiles.HOSTS, result.hosts(), CaseWriter::host);
    }

    /** What was run, and with it that all else is there. */
    public static void finish(RunInfo info, Path dir) throws IOException {
        replace(dir, CaseFiles.RUN, out -> {
            out.write(PRETTY.writeValueAsBytes(run(info).node()));
            out.write('\n');
        });
    }

    private static <T> void writeLines(Path dir, String name, List<T> values, Function<T, Json> each)
            throws IOException {
        replace(dir, name, out -> {
            try (JsonGenerator json = MAPPER.createGenerator(out)) {
                json.disable(StreamWriteFeature.AUTO_CLOSE_TARGET.mappedFeature());
                json.setRootValueSeparator(null);
                for (T value : values) {
                    MAPPER.writeTree(json, each.apply(value).node());
                    json.writeRaw('\n');
                }
            }
        });
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static void replace(Path dir, String name, Content content) throws IOException {
        Path temporary = dir.resolve("." + name + ".part");
        try {
            try (OutputStream out = Files.newOutputStream(temporary)) {
                content.writeTo(out);
            }
            move(temporary, dir.resolve(name));
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    static Json finding(Finding f) {
        Json fields = new Json();
        f.fields().forEach((key, value) -> fields.text(Json.encodable(key), value));
        return new Json().text("id", f.id()).text("host", f.host()).text("rule", f.rule()).text("ruleId", f.ruleId())
                .text("title", f.title()).text("severity", f.severity().word()).text("stage", f.stage().word())
                .text("outcome", f.outcome().word()).texts("cves", f.cves()).texts("techniques", f.techniques())
                .time("time", f.time()).text("source", f.source()).text("path", f.place().path())
                .number("line", f.place().line()).number("recordId", f.place().recordId())
                .text("clientIp", f.clientIp()).text("user", f.user()).text("summary", f.summary())
                .text("excerpt", f.excerpt()).object("fields", fields).text("episode", f.episode());
    }

    private static Json episode(Episode e) {
        return new Json().text("id", e.id()).text("host", e.host()).text("severity", e.severity().word())
                .time("from", e.from()).time("to", e.to()).texts("actors", e.actors()).texts("findings", e.findings())
                .objects("story", e.story(), CaseWriter::sentence);
    }

    private static Json host(HostResult h) {
        Json json = new Json().text("host", h.host()).textOrNull("server", h.server())
                .textOrNull("organisation", h.organisation()).text("verdict", h.verdict().verdict().word())
                .texts("why", h.verdict().why().stream().map(Sentence::text).toList())
                .objects("reasons", h.verdict().why(), CaseWriter::sentence)
                .time("firstMalicious", h.firstMalicious()).time("lastMalicious", h.lastMalicious())
                .texts("attackerIps", h.attackerIps()).texts("webShells", h.webShells())
                .texts("accounts", h.accounts());
        return PostureJson.into(json, h.posture())
                .objects("coverage", h.coverage(), CaseWriter::coverage)
                .objects("coverageGaps", h.coverageGaps(), CaseWriter::gap)
                .objects("skipped", h.skipped(), CaseWriter::skipped)
                .texts("nextSteps", h.verdict().nextSteps());
    }

    private static Json run(RunInfo r) {
        return new Json().text("version", r.version()).time("started", r.started()).time("finished", r.finished())
                .texts("arguments", r.arguments()).text("rulesHash", r.rulesHash())
                .objects("rules", r.rules(), CaseWriter::rule).objects("inputs", r.inputs(), CaseWriter::input)
                .objects("skipped", r.skipped(), CaseWriter::skipped);
    }

    private static Json sentence(Sentence s) {
        return new Json().text("text", s.text()).texts("findings", s.findings());
    }

    private static Json coverage(Coverage c) {
        return new Json().text("source", c.source()).time("from", c.from()).time("to", c.to())
                .number("files", c.files()).number("records", c.records())
                .objects("gaps", c.gaps(), CaseWriter::interval);
    }

    private static Json interval(Interval i) {
        return new Json().time("from", i.from()).time("to", i.to());
    }

    private static Json gap(Gap g) {
        return new Json().text("source", g.source()).time("from", g.interval().from()).time("to", g.interval().to())
                .text("why", g.why());
    }

    /** {@code bytes} is null where nobody can tell how much was not read. */
    static Json skipped(Skipped s) {
        Json json = new Json().text("path", s.path()).text("why", s.why());
        return s.bytes() == Skipped.UNKNOWN ? json.nothing("bytes") : json.number("bytes", s.bytes());
    }

    private static Json rule(RuleRef r) {
        return new Json().text("rule", r.rule()).text("id", r.id()).text("title", r.title())
                .text("level", r.level().word()).text("sha256", r.sha256()).text("description", r.description())
                .texts("falsePositives", r.falsePositives()).texts("references", r.references());
    }

    private static Json input(InputFile i) {
        return new Json().text("host", i.host()).text("path", i.path()).textOrNull("source", i.source())
                .number("size", i.size()).textOrNull("sha256", i.sha256());
    }
}
