package dev.tidemark.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.acquire.EvidenceFile;
import dev.tidemark.detect.Step;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.scan.FileResult;
import dev.tidemark.scan.Journal;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run's notes in its case folder, one line a file, written as soon as the file is done: a run that was killed goes
 * on from them. The first line says what was run; notes of another run are not taken. Removed when the case is whole.
 */
public final class ScanJournal implements Journal, Closeable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String NAME = "unfinished.jsonl";

    private final Path file;
    private final Map<String, FileResult> known = new HashMap<>();
    private final Writer writer;

    private ScanJournal(Path file, boolean goOn, String run) throws IOException {
        this.file = file;
        boolean same = goOn && Files.isRegularFile(file) && load(run);
        writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE,
                StandardOpenOption.WRITE, same ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING);
        // an interrupted line of the earlier run ends here
        line(same ? "" : MAPPER.writeValueAsString(new Json().text("run", run).node()));
    }

    /**
     * @param goOn whether to take up the notes of an earlier run
     * @param run  what decides the results: evidence, rules, bounds, version
     */
    public static ScanJournal open(Path dir, boolean goOn, String run) throws IOException {
        Files.createDirectories(dir);
        return new ScanJournal(dir.resolve(NAME), goOn, run);
    }

    /** Files that an earlier run had done. */
    public int taken() {
        return known.size();
    }

    private boolean load(String run) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            String first = reader.readLine();
            if (first == null || !run.equals(parse(first).map(f -> f.text("run")).orElse(""))) {
                return false;
            }
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                parse(line).ifPresent(f -> known.put(f.text("key"), result(f)));
            }
            return true;
        }
    }

    /** The last line may be cut: what cannot be read is scanned again. */
    private static Optional<Fields> parse(String line) {
        try {
            return line.isEmpty() ? Optional.empty() : Optional.of(new Fields(MAPPER.readTree(line)));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static String key(EvidenceFile file) {
        return file.root() + "|" + file.path() + "|" + file.size() + "|"
                + file.modified().map(t -> t.getEpochSecond() + "." + t.getNano()).orElse("");
    }

    @Override
    public Optional<FileResult> known(EvidenceFile evidence) {
        return Optional.ofNullable(known.get(key(evidence)));
    }

    @Override
    public void keep(EvidenceFile evidence, FileResult r) {
        Json hours = new Json();
        r.summary().recordsByHour().forEach((hour, count) -> hours.number(Long.toString(hour), count));
        Json json = new Json().text("key", key(evidence)).number("root", r.root()).text("path", r.path())
                .text("source", r.source()).number("size", r.size()).text("sha256", r.sha256())
                .number("records", r.summary().records()).time("first", r.summary().first())
                .time("last", r.summary().last()).object("hours", hours)
                .objects("findings", r.findings(), CaseWriter::finding)
                .objects("steps", r.steps(), ScanJournal::step)
                .objects("observed", r.observed(), ScanJournal::observed)
                .objects("skipped", r.skipped(), CaseWriter::skipped);
        try {
            line(MAPPER.writeValueAsString(json.node()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private synchronized void line(String text) throws IOException {
        writer.write(text);
        writer.write('\n');
        writer.flush();
    }

    private static Json step(Step s) {
        Json values = new Json();
        new TreeMap<>(s.values()).forEach(values::text);
        return new Json().text("rule", s.rule()).text("title", s.title()).text("time", s.time().toString())
                .text("path", s.place().path()).number("line", s.place().line())
                .number("recordId", s.place().recordId()).text("source", s.source()).text("client", s.client())
                .text("user", s.user()).object("values", values);
    }

    private static Step step(Fields f) {
        Map<String, String> values = new HashMap<>();
        f.required("values").properties().forEach(e -> values.put(e.getKey(), e.getValue().textValue()));
        return new Step(f.text("rule"), f.text("title"), f.time("time"), f.place(), f.text("source"), f.text("client"),
                f.text("user"), values);
    }

    private static Json observed(FileResult.Observed o) {
        return new Json().text("fact", o.fact()).text("value", o.value()).time("time", o.time())
                .text("path", o.place().path()).number("line", o.place().line())
                .number("recordId", o.place().recordId());
    }

    private static FileResult result(Fields f) {
        SortedMap<Long, Long> hours = new TreeMap<>();
        f.required("hours").properties().forEach(e -> hours.put(Long.valueOf(e.getKey()), e.getValue().asLong()));
        ReadSummary summary = new ReadSummary(f.number("records"), f.optionalTime("first"), f.optionalTime("last"),
                hours);
        List<Skipped> skipped = f.objects("skipped", s -> {
            OptionalLong bytes = s.optionalNumber("bytes");
            return new Skipped(s.text("path"), bytes.orElse(Skipped.UNKNOWN), s.text("why"));
        });
        return new FileResult((int) f.number("root"), f.text("path"), f.text("source"), f.number("size"),
                f.text("sha256"), summary, f.objects("findings", CaseReader::finding),
                f.objects("steps", ScanJournal::step),
                f.objects("observed", o -> new FileResult.Observed(o.text("fact"), o.text("value"), o.time("time"),
                        o.place())), skipped);
    }

    /** The case is whole: nothing is left to go on with. */
    public void remove() throws IOException {
        close();
        Files.deleteIfExists(file);
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
