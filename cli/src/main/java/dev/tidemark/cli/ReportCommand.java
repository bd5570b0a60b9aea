package dev.tidemark.cli;

import dev.tidemark.model.CaseResult;
import dev.tidemark.report.DirectiveReport;
import dev.tidemark.report.FindingsCsv;
import dev.tidemark.report.HtmlReport;
import dev.tidemark.report.TimelineCsv;
import dev.tidemark.report.exchange.EcsEvents;
import dev.tidemark.report.exchange.MispEvents;
import dev.tidemark.report.exchange.NavigatorLayer;
import dev.tidemark.report.exchange.StixBundle;
import dev.tidemark.store.CaseReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code report}: renders a case again. */
@Command(name = "report", description = "Renders a case again: for people, spreadsheets and other tools.",
        footer = {"", "Examples:", "  tidemark report case --format stix --out case.stix.json",
            "  tidemark report case --format directive"})
final class ReportCommand implements Callable<Integer> {
    /** What a case can be rendered as, in the words of the command line. */
    enum Format {
        html(HtmlReport::write),
        csv(FindingsCsv::write),
        timesketch(TimelineCsv::write),
        stix(StixBundle::write),
        ecs(EcsEvents::write),
        navigator(NavigatorLayer::write),
        misp(MispEvents::write),
        directive(DirectiveReport::write);

        private final Renderer renderer;

        Format(Renderer renderer) {
            this.renderer = renderer;
        }
    }

    @FunctionalInterface
    private interface Renderer {
        void write(CaseResult result, Writer writer) throws IOException;
    }

    @Mixin
    private Common common;

    @Parameters(paramLabel = "CASE", description = "Folder that scan wrote.")
    private Path caseFolder;

    @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}.")
    private Format format;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write; standard output if not given.")
    private Path out;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        CaseResult result;
        try {
            result = CaseReader.read(caseFolder);
        } catch (IOException e) {
            throw new Usage("cannot read the case: " + e.getMessage());
        }
        try {
            if (out == null) {
                Writer writer = spec.commandLine().getOut();
                format.renderer.write(result, writer);
                writer.flush();
            } else {
                try (Writer writer = Files.newBufferedWriter(out)) {
                    format.renderer.write(result, writer);
                }
                common.say(spec, "Written: " + out);
            }
        } catch (IOException e) {
            throw new Usage("cannot write the report: " + e.getMessage());
        }
        return Exit.NOTHING_FOUND;
    }
}
