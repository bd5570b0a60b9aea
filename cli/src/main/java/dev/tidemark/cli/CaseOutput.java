package dev.tidemark.cli;

import dev.tidemark.model.CaseResult;
import dev.tidemark.report.HtmlReport;
import dev.tidemark.report.TimelineCsv;
import dev.tidemark.store.CaseTables;
import dev.tidemark.store.CaseWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files that {@code scan} leaves, in the order in which a half-written case is told from a whole one. */
final class CaseOutput {
    static final String REPORT = "report.html";
    static final String TIMELINE = "timeline.csv";

    private CaseOutput() {}

    static void write(CaseResult result, Path dir) {
        try {
            Files.createDirectories(dir);
            try (Writer timeline = Files.newBufferedWriter(dir.resolve(TIMELINE))) {
                TimelineCsv.write(result, timeline);
            }
            try (Writer report = Files.newBufferedWriter(dir.resolve(REPORT))) {
                HtmlReport.write(result, report);
            }
            CaseWriter.write(result, dir);
            if (!result.run().inputs().isEmpty()) {
                CaseTables.write(dir);
            }
        } catch (IOException e) {
            throw new Usage("cannot write the case to " + dir + ": " + e.getMessage());
        }
    }
}
