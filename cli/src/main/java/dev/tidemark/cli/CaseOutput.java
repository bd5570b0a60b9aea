package dev.tidemark.cli;

import dev.tidemark.model.CaseResult;
import dev.tidemark.report.HtmlReport;
import dev.tidemark.report.TimelineCsv;
import dev.tidemark.store.CaseTables;
import dev.tidemark.store.CaseWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that {@code scan} leaves, {@code run.json} last: by it a half-written case is told from a whole one. */
final class CaseOutput {
    static final String REPORT = "report.html";
    static final String TIMELINE = "timeline.csv";

    private CaseOutput() {}

    static void write(CaseResult result, Path dir) {
        try {
            Files.createDirectories(dir);
            CaseWriter.begin(dir);
            Later<Path> forPeople = Later.of(() -> forPeople(result, dir));
            CaseWriter.records(result, dir);
            if (!result.run().inputs().isEmpty()) {
                CaseTables.write(dir);
            }
            forPeople.get();
            CaseWriter.finish(result.run(), dir);
        } catch (IOException | UncheckedIOException e) {
            throw new Usage("cannot write the case to " + dir + ": " + e.getMessage());
        }
    }

    private static Path forPeople(CaseResult result, Path dir) {
        try (Writer timeline = Files.newBufferedWriter(dir.resolve(TIMELINE));
                Writer report = Files.newBufferedWriter(dir.resolve(REPORT))) {
            TimelineCsv.write(result, timeline);
            HtmlReport.write(result, report);
            return dir;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
