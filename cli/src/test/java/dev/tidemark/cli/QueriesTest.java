package dev.tidemark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.testkit.MadeEvidence.Layout;
import dev.tidemark.testkit.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QueriesTest {
    private static final Pattern EXAMPLE = Pattern.compile("```sql\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path dir;

    @Test
    void everyQueryOfTheDocumentAnswers() throws IOException {
        Path root = dir.resolve("server");
        Scenario.PROXYLOGON.make().writeTo(root, Layout.KAPE);
        Cli.run("scan", root, "--out", dir.resolve("case"));
        List<String> queries = EXAMPLE.matcher(Files.readString(Path.of("../docs/queries.md"))).results()
                .map((MatchResult m) -> m.group(1)).toList();

        assertEquals(10, queries.size());
        for (String query : queries) {
            Cli cli = Cli.run("query", "--format", "csv", dir.resolve("case"), query);
            assertEquals(0, cli.status(), query + cli.err());
            assertTrue(cli.out().contains("\r\n"), query);
        }
        assertTrue(Cli.run("query", dir.resolve("case"), queries.get(3)).out().contains("harbour.aspx"));
    }
}
