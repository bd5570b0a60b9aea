package dev.tidemark.report;

import dev.tidemark.model.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The processes among the findings of one host, each below the one that started it. A parent is known by its unique id
 * where the record has one (Sysmon's ProcessGuid), else by its command line, which must have been seen before; a parent
 * that is no finding itself is drawn by what its child's record says of it.
 */
final class ProcessTree {
    private static final int MOST = 200;
    private static final int DEEPEST = 40;

    private final HostView view;
    private final Anchors anchors;
    private final List<Node> roots = new ArrayList<>();
    private final Map<String, Node> byGuid = new LinkedHashMap<>();
    private final Map<String, Node> byCommand = new LinkedHashMap<>();
    private int processes;

    private static final class Node {
        private final String image;
        private final String command;
        private final int depth;
        private final List<Finding> findings = new ArrayList<>();
        private final List<Node> children = new ArrayList<>();

        Node(String image, String command, int depth) {
            this.image = image;
            this.command = command;
            this.depth = depth;
        }
    }

    ProcessTree(HostView view, Anchors anchors) {
        this.view = view;
        this.anchors = anchors;
        view.findings().stream().filter(ProcessTree::isProcess).forEach(this::add);
    }

    private static boolean isProcess(Finding finding) {
        return !field(finding, "Image").isEmpty() && !field(finding, "ParentImage").isEmpty();
    }

    private static String field(Finding finding, String name) {
        return finding.fields().getOrDefault(name, "");
    }

    private void add(Finding finding) {
        String guid = field(finding, "ProcessGuid");
        Node known = byGuid.get(guid);
        if (known != null) {
            known.findings.add(finding);
            return;
        }
        if (++processes > MOST) {
            return;
        }
        Node parent = parent(finding);
        Node node = new Node(field(finding, "Image"), field(finding, "CommandLine"), parent.depth + 1);
        node.findings.add(finding);
        parent.children.add(node);
        if (!guid.isEmpty()) {
            byGuid.put(guid, node);
        }
        if (!node.command.isEmpty() && node.depth < DEEPEST) {
            byCommand.put(node.command, node);
        }
    }

    private Node parent(Finding finding) {
        String guid = field(finding, "ParentProcessGuid");
        String command = field(finding, "ParentCommandLine");
        Node known = byGuid.getOrDefault(guid, guid.isEmpty() ? byCommand.get(command) : null);
        if (known != null && known.depth < DEEPEST) {
            return known;
        }
        Optional<Node> root = roots.stream().filter(r -> r.image.equals(field(finding, "ParentImage"))
                && r.command.equals(command)).findFirst();
        return root.orElseGet(() -> {
            Node made = new Node(field(finding, "ParentImage"), command, 0);
            roots.add(made);
            return made;
        });
    }

    boolean isEmpty() {
        return roots.isEmpty();
    }

    /** Writes nothing if no finding is a process. */
    void write(Html html) {
        if (roots.isEmpty()) {
            return;
        }
        html.element("h3", "What was run", "id", view.id("processes"));
        html.element("p", "Each process stands below the one that started it; one without a number is known from its"
                + " children's records only.", "class", "note");
        nodes(html, roots, "tree");
        if (processes > MOST) {
            html.element("p", "and " + Words.number(processes - MOST) + " later processes in the table of findings",
                    "class", "note");
        }
    }

    private void nodes(Html html, List<Node> nodes, String css) {
        html.open("ul", "class", css);
        for (Node node : nodes) {
            html.open("li");
            node.findings.stream().flatMap(f -> f.time().stream()).findFirst()
                    .ifPresent(at -> html.element("span", When.seconds(at), "class", "at").text(" "));
            String name = node.image.substring(Math.max(node.image.lastIndexOf('/'), node.image.lastIndexOf('\\')) + 1);
            html.element("b", Words.clip(name, Words.NAME), "title", Words.clip(node.image, Words.VALUE)).text(" ");
            html.element("code", Words.clip(node.command, Words.VALUE)).text(" ");
            node.findings.stream().flatMap(f -> anchors.of(f.id()).stream()).limit(3).forEach(entry -> html
                    .element("a", entry.label(), "href", "#" + entry.elementId(), "class", "refs", "aria-label",
                            "Finding " + entry.number()).text(" "));
            if (!node.children.isEmpty()) {
                nodes(html, node.children, "");
            }
            html.close();
        }
        html.close();
    }
}
