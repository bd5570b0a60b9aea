package dev.tidemark.cli;

import dev.tidemark.scan.EvidenceRoot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the evidence on a command line means; none means the server that the program runs on. */
final class EvidenceArguments {
    private EvidenceArguments() {}

    /** @throws Usage if there is no such evidence, or none was given and this machine is no Exchange server */
    static List<EvidenceRoot> roots(List<Path> evidence) {
        for (Path root : evidence) {
            if (!Files.exists(root)) {
                throw new Usage("no such evidence: " + root);
            }
        }
        if (!evidence.isEmpty()) {
            return EvidenceRoot.ofAll(evidence);
        }
        return List.of(new LiveServer(System.getenv(), Path::of).find().orElseThrow(() -> new Usage(
                "name the evidence (this machine is no Windows Exchange server that could be looked at itself)")));
    }
}
