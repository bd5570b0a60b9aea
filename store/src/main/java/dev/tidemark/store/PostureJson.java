package dev.tidemark.store;

import dev.tidemark.model.HostResult;
import dev.tidemark.model.Posture;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;

/** How doors stood, as JSON: the same keys in a case and on their own. */
public final class PostureJson {
    private PostureJson() {}

    /** One object a host, one a line. */
    public static void write(List<HostResult> hosts, Writer out) throws IOException {
        for (HostResult host : hosts) {
            Json json = new Json().text("host", host.host()).textOrNull("server", host.server());
            out.write(into(json, host.posture()).node().toString());
            out.write('\n');
        }
    }

    static Json into(Json json, Posture posture) {
        json.textOrNull("product", posture.product()).textOrNull("build", posture.build())
                .text("patchState", posture.patchState().word()).time("patchedAt", posture.patchedAt())
                .flag("mitigated", posture.mitigated());
        if (posture.exposed().isPresent()) {
            json.object("exposed", exposure(posture.exposed().get()));
        } else {
            json.nothing("exposed");
        }
        return json.objects("builds", posture.builds(), PostureJson::build)
                .objects("flaws", posture.flaws(), PostureJson::flaw)
                .objects("mitigations", posture.mitigations(), PostureJson::mitigation)
                .texts("contradictions", posture.contradictions());
    }

    private static Json exposure(Posture.Exposure e) {
        return new Json().time("from", e.from()).time("to", e.to()).text("why", e.why());
    }

    private static Json build(Posture.BuildSeen b) {
        return new Json().text("build", b.build()).time("from", b.from()).time("to", b.to())
                .text("path", b.place().path()).number("line", b.place().line())
                .number("recordId", b.place().recordId());
    }

    private static Json flaw(Posture.Flaw f) {
        return new Json().text("name", f.name()).texts("cves", f.cves()).time("openFrom", f.openFrom())
                .time("fixedFrom", f.fixedFrom());
    }

    private static Json mitigation(Posture.Mitigation m) {
        return new Json().text("name", m.name()).texts("cves", m.cves()).flag("inForce", Optional.of(m.inForce()))
                .time("since", m.since()).text("path", m.place().path()).text("why", m.why());
    }
}
