package dev.tidemark.report;

import dev.tidemark.model.InputFile;
import dev.tidemark.model.RunInfo;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** With what the case was made from what, so that anybody can do it again and prove that the evidence is the same. */
final class RunSection {
    private static final int ARGUMENTS = 100;
    private static final int HOSTS = 200;

    private final RunInfo run;
    private final Set<String> rested;
    private final Room room;

    /** @param rested host and path, with a line feed between, of the files that a row of the page comes from */
    RunSection(RunInfo run, Set<String> rested, Room room) {
        this.run = run;
        this.rested = rested;
        this.room = room;
    }

    static String key(String host, String path) {
        return host + "\n" + path;
    }

    void write(Html html) {
        html.open("section", "class", "card", "aria-labelledby", "run");
        html.element("h2", "How this report was made, and what it cannot say", "id", "run");
        limits(html);
        facts(html);
        CoverageSection.skipped(html, "h3", "Evidence that was not read", run.skipped());
        files(html);
        html.close();
    }

    private static void limits(Html html) {
        html.open("ul", "class", "reasons");
        html.element("li", "The report rests on the records named in it. An intruder who ran code on a server can have"
                + " changed or deleted them.");
        html.element("li", "Silence counts only for the hours that the coverage picture shows as recorded.");
        html.element("li", "Installing an update closes the door. It does not evict an intruder who is inside.");
        html.element("li", "Quoted evidence was written in part by the attacker. Invisible and reordering characters"
                + " are shown in square brackets, such as [U+202E] for one that turns the direction of writing.");
        html.close();
    }

    private void facts(Html html) {
        long bytes = run.inputs().stream().mapToLong(InputFile::size).sum();
        html.element("h3", "Run").open("dl", "class", "pairs");
        fact(html, "Tidemark", "version " + run.version());
        fact(html, "Rules", Words.number(run.rules().size()) + ", SHA-256 " + run.rulesHash());
        fact(html, "Begun (UTC)", When.seconds(run.started()));
        fact(html, "Finished (UTC)", When.seconds(run.finished()));
        fact(html, "Arguments", Words.clip(Words.some(run.arguments(), ARGUMENTS).replace(", ", " ")));
        fact(html, "Read", When.counted(run.inputs().size(), "file") + ", " + When.counted(bytes, "byte"));
        html.close();
    }

    private static void fact(Html html, String name, String value) {
        html.element("dt", name).element("dd", value);
    }

    private void files(Html html) {
        Map<String, List<InputFile>> byHost = new TreeMap<>();
        run.inputs().forEach(f -> byHost.computeIfAbsent(f.host(), k -> new ArrayList<>()).add(f));
        if (byHost.isEmpty()) {
            return;
        }
        html.element("h3", "Files read, with their SHA-256");
        html.element("p", "Each list has the form that sha256sum --check reads in the folder of the evidence; first"
                + " the files from which a record on this page comes. run.json has all files.", "class", "note");
        int left = byHost.size();
        for (Map.Entry<String, List<InputFile>> host : byHost.entrySet()) {
            if (byHost.size() - left >= HOSTS) {
                html.element("p", "and the files of " + Words.number(left) + " more servers in run.json", "class",
                        "note");
                return;
            }
            list(html, host.getKey(), host.getValue(), room.left() / left);
            left--;
        }
    }

    private void list(Html html, String host, List<InputFile> files, long share) {
        List<InputFile> ordered = files.stream().sorted(Comparator
                .comparing((InputFile f) -> !rested.contains(key(f.host(), f.path())))
                .thenComparing(InputFile::path)).toList();
        html.open("details", "class", "files").element("summary", Words.clip(host, Words.NAME) + ": "
                + When.counted(files.size(), "file"));
        html.open("p", "class", "note").text("SHA-256 over the whole list, ordered by path: ")
                .element("code", hash(files)).close();
        html.open("pre", "tabindex", "0", "aria-label", "Files of " + Words.clip(host, Words.NAME));
        long used = 0;
        int shown = 0;
        for (InputFile file : ordered) {
            String line = line(file);
            long bytes = Html.bytes(line);
            if (used + bytes > share || !room.take(bytes)) {
                break;
            }
            used += bytes;
            shown++;
            html.text(line);
        }
        html.close();
        if (shown < files.size()) {
            html.element("p", "and " + Words.number(files.size() - shown) + " more in run.json", "class", "note");
        }
        html.close();
    }

    private static String line(InputFile file) {
        String path = VisibleText.forCell(file.path());
        return (file.sha256().isEmpty() ? "# not read to its end: " + path : file.sha256() + "  " + path) + "\n";
    }

    private static String hash(List<InputFile> files) {
        MessageDigest digest = HtmlReport.sha256();
        files.stream().sorted(Comparator.comparing(InputFile::path))
                .forEach(file -> digest.update(line(file).getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }
}
