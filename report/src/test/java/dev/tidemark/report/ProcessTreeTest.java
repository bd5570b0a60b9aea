package dev.tidemark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Finding;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Place;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Stage;
import dev.tidemark.model.VerdictClass;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProcessTreeTest {
    private final List<Finding> findings = new ArrayList<>();

    private void process(String parent, String parentCommand, String image, String command, String... more) {
        Map<String, String> fields = new TreeMap<>(Map.of("ParentImage", parent, "ParentCommandLine", parentCommand,
                "Image", image, "CommandLine", command));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        findings.add(new Finding("p" + findings.size(), "web01", "r.yml", "", "t", Severity.HIGH,
                Stage.POST_EXPLOITATION, Outcome.SUCCEEDED, List.of(), List.of(),
                Optional.of(Samples.DAY.plusSeconds(findings.size())), "event-log", Place.ofRecord("Security.evtx", 5),
                "", "", "", "", fields, ""));
    }

    /** The tree as lines, a step to the right for each depth. */
    private String tree() {
        HostView view = HostView.of(new CaseResult(List.of(Samples.host("web01", "", VerdictClass.COMPROMISED,
                List.of())), findings, List.of(), Samples.small().run())).get(0);
        StringWriter out = new StringWriter();
        new ProcessTree(view, new Anchors()).write(new Html(out));
        StringBuilder lines = new StringBuilder();
        int depth = -1;
        for (String tag : out.toString().split("(?=<(?:ul|/ul|b ))")) {
            depth += tag.startsWith("<ul") ? 1 : tag.startsWith("</ul") ? -1 : 0;
            if (tag.startsWith("<b ")) {
                lines.append(" ".repeat(Math.max(0, depth))).append(tag.replaceAll("(?s)<b [^>]*>([^<]*)<.*", "$1"))
                        .append('\n');
            }
        }
        return lines.toString();
    }

    @Test
    void eachProcessStandsBelowTheOneThatStartedIt() {
        process("C:\\w3wp.exe", "w3wp -ap X", "C:\\cmd.exe", "cmd /c whoami");
        process("C:\\cmd.exe", "cmd /c whoami", "C:\\whoami.exe", "whoami");
        process("C:\\w3wp.exe", "w3wp -ap X", "C:\\powershell.exe", "powershell -enc x");
        process("C:\\other.exe", "other", "C:\\net.exe", "net user");
        assertEquals("w3wp.exe\n cmd.exe\n  whoami.exe\n powershell.exe\nother.exe\n net.exe\n", tree());
    }

    @Test
    void idsDecideWhereCommandLinesAreAlike() {
        process("C:\\w3wp.exe", "w3wp", "C:\\cmd.exe", "cmd", "ProcessGuid", "{1}", "ParentProcessGuid", "{0}");
        process("C:\\w3wp.exe", "w3wp", "C:\\cmd.exe", "cmd", "ProcessGuid", "{2}", "ParentProcessGuid", "{0}");
        process("C:\\cmd.exe", "cmd", "C:\\net.exe", "net", "ProcessGuid", "{3}", "ParentProcessGuid", "{1}");
        process("C:\\cmd.exe", "cmd", "C:\\net.exe", "net", "ProcessGuid", "{3}", "ParentProcessGuid", "{1}");
        assertEquals("w3wp.exe\n cmd.exe\n  net.exe\n cmd.exe\n", tree());
    }

    @Test
    void aChainWithoutEndIsCutAndOneOfManyCounted() {
        process("C:\\a.exe", "same", "C:\\a.exe", "same");
        for (int i = 0; i < 300; i++) {
            process("C:\\a.exe", "same", "C:\\a.exe", "same");
        }
        String tree = tree();
        assertTrue(tree.lines().count() <= 260, "bounded");
        assertTrue(tree.lines().allMatch(line -> line.indexOf('a') <= 41), "not deeper than anybody can follow");
    }
}
