package dev.tidemark.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.probe.ProbeResult;
import dev.tidemark.probe.Prober;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code probe}: the version that a server of one's own shows to the outside. */
@Command(name = "probe", description = "Asks servers of one's own for pages that every visitor may see, at most one a second"
        + " from each, and says which build they show. No request of it uses a flaw.", footer = {"", "Examples:",
            "  tidemark probe https://mail.example.org", "  tidemark probe mail1.example.org mail2.example.org --format json", "",
            "Exit status: 0 every server shows its build; 2 wrong use; 3 some server does not. What a server shows can be"
                + " hidden or wrong: posture reads it from the server itself."})
final class ProbeCommand implements Callable<Integer> {
    private static final int LONGEST_SECONDS = 300;

    /** How results are written. */
    enum Format { text, json }

    @Mixin
    private Common common;

    @Parameters(paramLabel = "URL", arity = "1..*", description = "https://mail.example.org, or the name alone. A path is left"
            + " out.")
    private List<String> urls;

    @Option(names = "--insecure", description = "Ask servers all the same whose certificate is not trusted.")
    private boolean insecure;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Wait no longer for an answer; 15 if not given.")
    private int timeout = 15;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; text if not given. json is one"
            + " object a server, one a line.")
    private Format format = Format.text;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (timeout < 1 || timeout > LONGEST_SECONDS) {
            throw new Usage("--timeout must be from 1 to " + LONGEST_SECONDS + " seconds, not " + timeout);
        }
        Set<URI> servers = new LinkedHashSet<>();
        for (String url : urls) {
            try {
                servers.add(Prober.server(url));
            } catch (IllegalArgumentException e) {
                throw new Usage(e.getMessage());
            }
        }
        Prober prober = new Prober(Duration.ofSeconds(timeout), insecure);
        List<ProbeResult> results = new ArrayList<>();
        for (URI server : servers) {
            ProbeResult result = prober.probe(server, Instant.now());
            print(result);
            results.add(result);
        }
        return results.stream().allMatch(r -> !r.build().isEmpty()) ? Exit.NOTHING_FOUND : Exit.INCOMPLETE;
    }

    private void print(ProbeResult result) {
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.json) {
            out.println(json(result));
        } else {
            out.println(line(result.url() + ": " + said(result)));
            result.signs().forEach(s -> out.println(line("  build " + s.build() + " in " + s.where())));
            result.faults().forEach(f -> out.println(line("  " + f)));
        }
        out.flush();
    }

    private static String said(ProbeResult result) {
        if (result.build().isEmpty()) {
            return "shows no build";
        }
        String what = (result.product().isEmpty() ? "a version that is not known" : result.product()) + ", build "
                + result.build();
        return what + switch (result.state()) {
            case VULNERABLE -> ": vulnerable, it lacks a fix of a flaw that is exploited";
            case PATCHED -> ": has the fixes of the flaws that Tidemark knows";
            case UNKNOWN -> !result.product().isEmpty()
                    ? ": whether it has the fixes, it does not show" : "";
        };
    }

    private static String line(String text) {
        return Console.plain(text).replace('\n', ' ');
    }

    private static ObjectNode json(ProbeResult result) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("url", result.url()).put("product", result.product()).put("build", result.build())
                .put("patchState", result.state().word());
        ArrayNode signs = json.putArray("signs");
        result.signs().forEach(s -> signs.addObject().put("build", s.build()).put("where", s.where()));
        ArrayNode faults = json.putArray("faults");
        result.faults().forEach(faults::add);
        return json;
    }
}
