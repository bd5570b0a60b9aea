package dev.tidemark.cli;

import dev.tidemark.report.QueryOutput;
import dev.tidemark.store.CaseTables;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code query}: SQL over the tables of a case, or of several. */
@Command(name = "query", description = "Runs SQL over the tables of cases: hosts, findings, episodes, coverage, posture,"
        + " skipped. The column caseName says which case a row is from.", footer = {"", "Example:",
            "  tidemark query case \"SELECT clientIp, count(*) AS n FROM findings GROUP BY 1 ORDER BY n DESC\""})
final class QueryCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Parameters(paramLabel = "WORD", arity = "2..*", hideParamSyntax = true, description = "CASE... SQL: folders that scan wrote, then the statement.")
    private List<String> words;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; table if not given.")
    private QueryOutput.Format format = QueryOutput.Format.table;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        List<Path> cases = words.subList(0, words.size() - 1).stream().map(Path::of).toList();
        PrintWriter out = spec.commandLine().getOut();
        try {
            QueryOutput output = format.on(out);
            CaseTables.query(cases, words.get(words.size() - 1), new CaseTables.Rows() {
                @Override
                public void columns(List<String> names) throws IOException {
                    output.columns(names);
                }

                @Override
                public void row(List<String> values) throws IOException {
                    output.row(values);
                }
            });
            output.end();
        } catch (IOException e) {
            throw new Usage("cannot query: " + e.getMessage());
        }
        out.flush();
        return Exit.NOTHING_FOUND;
    }
}
