package dev.tidemark.report;

import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the report of a case of a million findings, for measuring by hand. */
final class Million {
    private Million() {}

    public static void main(String[] arguments) throws Exception {
        var result = Samples.many(List.of("web01", "web02", "web03", "web04"), 250_000);
        if (arguments.length > 1) {
            List<dev.tidemark.model.Finding> varied = new java.util.ArrayList<>();
            int n = 0;
            for (var f : result.findings()) {
                n++;
                varied.add(new dev.tidemark.model.Finding(f.id(), f.host(), n % 97 + ".yml", f.ruleId(), "Rule " + n % 97,
                        f.severity(), dev.tidemark.model.Stage.values()[n % 9], f.outcome(), f.cves(), f.techniques(),
                        f.time(), f.source(), f.place(), f.clientIp(), "CORP\\user" + n % 50, f.summary(),
                        "2021-03-04 GET /ecp/y.js 200 " + "x".repeat(n % 37 * 40), f.fields(), "E1"));
            }
            result = new dev.tidemark.model.CaseResult(result.hosts(), varied, result.episodes(), result.run());
        }
        Runtime.getRuntime().gc();
        long before = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        long start = System.nanoTime();
        Path file = Path.of(arguments[0]);
        try (Writer writer = Files.newBufferedWriter(file)) {
            HtmlReport.write(result, writer);
        }
        System.out.printf("case %d MB, report %d bytes in %d ms%n", before >> 20, Files.size(file),
                (System.nanoTime() - start) / 1_000_000);
    }
}
