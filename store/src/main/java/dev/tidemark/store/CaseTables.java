package dev.tidemark.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The case as tables: {@code tables/*.parquet}, made from the case's JSON Lines, and SQL over those of one case or of
 * several. The engine is DuckDB, embedded; it sees the tables of the cases named and no other file.
 */
public final class CaseTables {
    private static final String FOLDER = "tables";
    private static final String EXCERPTS = "VARCHAR[]";
    /** What a large case may take beside the heap; the engine spills what does not fit. */
    private static final String MEMORY = "192MB";

    /** Table → what selects it from the JSON Lines file in place of {@code %s}. The order is that of the documents. */
    private static final Map<String, Source> TABLES = tables();

    private record Source(String file, String columns, String select) {}

    private CaseTables() {}

    private static Map<String, Source> tables() {
        Map<String, Source> tables = new LinkedHashMap<>();
        String host = "host: 'VARCHAR', server: 'VARCHAR', organisation: 'VARCHAR', verdict: 'VARCHAR', why: 'VARCHAR[]',"
                + " firstMalicious: 'TIMESTAMP', lastMalicious: 'TIMESTAMP', attackerIps: 'VARCHAR[]', webShells: 'VARCHAR[]',"
                + " accounts: 'VARCHAR[]', product: 'VARCHAR', build: 'VARCHAR', patchState: 'VARCHAR', patchedAt: 'TIMESTAMP',"
                + " mitigated: 'BOOLEAN', exposed: 'STRUCT(\"from\" TIMESTAMP, \"to\" TIMESTAMP, why VARCHAR)',"
                + " builds: 'STRUCT(build VARCHAR, \"from\" TIMESTAMP, \"to\" TIMESTAMP, path VARCHAR, line BIGINT)[]',"
                + " coverage: 'STRUCT(source VARCHAR, \"from\" TIMESTAMP, \"to\" TIMESTAMP, files BIGINT, records BIGINT,"
                + " gaps STRUCT(\"from\" TIMESTAMP, \"to\" TIMESTAMP)[])[]', nextSteps: 'VARCHAR[]',"
                + " skipped: 'STRUCT(path VARCHAR, why VARCHAR, bytes BIGINT)[]'";
        tables.put("hosts", new Source(CaseFiles.HOSTS, host, "SELECT host, server, organisation, verdict, why,"
                + " firstMalicious, lastMalicious, attackerIps, webShells, accounts, product, build, patchState, patchedAt,"
                + " mitigated, nextSteps FROM %s ORDER BY host"));
        tables.put("findings", new Source(CaseFiles.FINDINGS, "id: 'VARCHAR', host: 'VARCHAR', rule: 'VARCHAR',"
                + " ruleId: 'VARCHAR', title: 'VARCHAR', severity: 'VARCHAR', stage: 'VARCHAR', outcome: 'VARCHAR',"
                + " cves: 'VARCHAR[]', techniques: '" + EXCERPTS + "', time: 'TIMESTAMP', source: 'VARCHAR', path: 'VARCHAR',"
                + " line: 'BIGINT', recordId: 'BIGINT', clientIp: 'VARCHAR', \"user\": 'VARCHAR', summary: 'VARCHAR',"
                + " excerpt: 'VARCHAR', fields: 'MAP(VARCHAR, VARCHAR)', episode: 'VARCHAR'", "SELECT * FROM %s"));
        tables.put("episodes", new Source(CaseFiles.EPISODES, "id: 'VARCHAR', host: 'VARCHAR', severity: 'VARCHAR',"
                + " \"from\": 'TIMESTAMP', \"to\": 'TIMESTAMP', actors: 'VARCHAR[]', findings: 'VARCHAR[]',"
                + " story: 'STRUCT(text VARCHAR, findings VARCHAR[])[]'", "SELECT host, id, severity, \"from\" AS firstSeen,"
                + " \"to\" AS lastSeen, actors, findings, list_transform(story, lambda s: s.text) AS story FROM %s"));
        tables.put("coverage", new Source(CaseFiles.HOSTS, host, "SELECT host, c.source AS source, c.\"from\" AS firstRecord,"
                + " c.\"to\" AS lastRecord, c.files AS files, c.records AS records, list_transform(c.gaps, lambda g:"
                + " {'gapFrom': g.\"from\", 'gapTo': g.\"to\"}) AS gaps FROM (SELECT host, unnest(coverage) AS c FROM %s)"
                + " ORDER BY host, source"));
        tables.put("posture", new Source(CaseFiles.HOSTS, host, "SELECT host, product, build, patchState, patchedAt, mitigated,"
                + " exposed.\"from\" AS exposedFrom, exposed.\"to\" AS exposedTo, exposed.why AS exposedWhy,"
                + " list_transform(builds, lambda b: {'build': b.build, 'firstSeen': b.\"from\", 'lastSeen': b.\"to\","
                + " 'path': b.path, 'line': b.line}) AS builds FROM %s ORDER BY host"));
        tables.put("skipped", new Source(CaseFiles.HOSTS, host, "SELECT host, s.path AS path, s.why AS why, s.bytes AS bytes"
                + " FROM (SELECT host, unnest(skipped) AS s FROM %s) ORDER BY host, path, why"));
        return tables;
    }

    /** Writes the tables of the case in {@code dir}; older ones are replaced. */
    public static void write(Path dir) throws IOException {
        Path folder = Files.createDirectories(dir.resolve(FOLDER));
        try (Connection connection = connect(); Statement sql = connection.createStatement()) {
            for (Map.Entry<String, Source> table : TABLES.entrySet()) {
                Path part = folder.resolve("." + table.getKey() + ".part");
                sql.execute("COPY (" + select(dir, table.getValue()) + ") TO " + quoted(part) + " (FORMAT parquet)");
                Files.move(part, folder.resolve(table.getKey() + ".parquet"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (SQLException e) {
            throw new IOException("cannot write " + folder + ": " + e.getMessage(), e);
        }
    }

    private static String select(Path dir, Source source) {
        String rows = "read_json(" + quoted(dir.resolve(source.file())) + ", format = 'newline_delimited',"
                + " maximum_object_size = 33554432, columns = {" + source.columns().replace("\"user\":", "'user':")
                        .replace("\"from\":", "'from':").replace("\"to\":", "'to':") + "})";
        return source.select().replace("%s", rows);
    }

    private static Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement sql = connection.createStatement()) {
            sql.execute("SET memory_limit = '" + MEMORY + "'");
            sql.execute("SET threads = 1");
            sql.execute("SET TimeZone = 'UTC'");
            sql.execute("SET autoinstall_known_extensions = false");
            sql.execute("SET autoload_known_extensions = false");
        }
        return connection;
    }

    /** Takes the rows of an answer. */
    public interface Rows {
        void columns(List<String> names) throws IOException;

        /** @param values as the engine writes them; null where there is none */
        void row(List<String> values) throws IOException;
    }

    /**
     * Runs one statement over the tables of the cases.
     *
     * @throws IOException if a folder is no case, or the statement cannot be run; the message says why
     */
    public static void query(List<Path> cases, String statement, Rows rows) throws IOException {
        for (Path dir : cases) {
            if (!Files.isRegularFile(dir.resolve(FOLDER).resolve("findings.parquet"))) {
                throw new IOException(dir + " has no tables; scan the evidence again, or see whether this is a case");
            }
        }
        try (Connection connection = connect(); Statement sql = connection.createStatement()) {
            for (String table : TABLES.keySet()) {
                String files = cases.stream().map(c -> quoted(c.resolve(FOLDER).resolve(table + ".parquet")))
                        .collect(Collectors.joining(", "));
                sql.execute("CREATE VIEW " + table + " AS SELECT * EXCLUDE (filename), parse_filename(parse_dirpath("
                        + "parse_dirpath(filename))) AS caseName FROM read_parquet([" + files
                        + "], union_by_name = true, filename = true)");
            }
            sql.execute("SET allowed_directories = [" + cases.stream().map(c -> quoted(c.resolve(FOLDER)))
                    .collect(Collectors.joining(", ")) + "]");
            sql.execute("SET enable_external_access = false");
            sql.execute("SET lock_configuration = true");
            answer(sql, statement, rows);
        } catch (SQLException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static void answer(Statement sql, String statement, Rows rows) throws SQLException, IOException {
        if (!sql.execute(statement)) {
            return;
        }
        try (ResultSet result = sql.getResultSet()) {
            int count = result.getMetaData().getColumnCount();
            java.util.ArrayList<String> names = new java.util.ArrayList<>();
            for (int i = 1; i <= count; i++) {
                names.add(result.getMetaData().getColumnLabel(i));
            }
            rows.columns(names);
            while (result.next()) {
                java.util.ArrayList<String> values = new java.util.ArrayList<>();
                for (int i = 1; i <= count; i++) {
                    values.add(result.getString(i));
                }
                rows.row(values);
            }
        }
    }

    private static String quoted(Path path) {
        return "'" + path.toAbsolutePath().toString().replace('\\', '/').replace("'", "''") + "'";
    }
}
