package dev.tidemark.report;

import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Finding;
import dev.tidemark.model.Stage;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes the report of a case of a million findings of 97 rules in nine stages, for measuring by hand. */
final class Million {
    private static final int RULES = 97;

    private Million() {}

    public static void main(String[] arguments) throws IOException {
        CaseResult result = varied(Samples.many(List.of("web01", "web02", "web03", "web04"), 250_000));
        Path file = Path.of(arguments[0]);
        long start = System.nanoTime();
        try (Writer writer = Files.newBufferedWriter(file)) {
            HtmlReport.write(result, writer);
        }
        System.out.printf("%,d bytes in %,d ms%n", Files.size(file), (System.nanoTime() - start) / 1_000_000);
    }

    private static CaseResult varied(CaseResult result) {
        List<Finding> varied = new ArrayList<>();
        for (Finding f : result.findings()) {
            int n = varied.size();
            varied.add(new Finding(f.id(), f.host(), n % RULES + ".yml", "", "Rule " + n % RULES, f.severity(),
                    Stage.values()[n % Stage.values().length], f.outcome(), f.cves(), f.techniques(), f.time(),
                    f.source(), f.place(), f.clientIp(), "CORP\\user" + n % 50, f.summary(), f.excerpt() + " x"
                    .repeat(n % 37 * 20), f.fields(), f.episode()));
        }
        return new CaseResult(result.hosts(), varied, result.episodes(), result.run());
    }
}
