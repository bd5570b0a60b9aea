package dev.tidemark.scan;

import dev.tidemark.detect.Step;
import dev.tidemark.model.Finding;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.ReadSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one file gave, before anybody knows which host it belongs to: paths are below root {@code root}, and findings
 * carry neither id nor host.
 *
 * @param source empty if no reader knows the file
 * @param sha256 empty if it was not read to its end
 * @param steps  matches that correlation rules may rest on
 */
public record FileResult(int root, String path, String source, long size, String sha256, ReadSummary summary,
        List<Finding> findings, List<Step> steps, List<Observed> observed, List<Skipped> skipped) {
    public FileResult {
        findings = List.copyOf(findings);
        steps = List.copyOf(steps);
        observed = List.copyOf(observed);
        skipped = List.copyOf(skipped);
    }

    /** The same under another root: a run that goes on may count its roots anew. */
    FileResult underRoot(int newRoot) {
        return new FileResult(newRoot, path, source, size, sha256, summary, findings, steps, observed,
                skipped);
    }

    /** The same with more that was lost of it. */
    FileResult withSkipped(List<Skipped> more) {
        List<Skipped> all = new ArrayList<>(skipped);
        all.addAll(more);
        return new FileResult(root, path, source, size, sha256, summary, findings, steps, observed, all);
    }

    /** The same with other findings. */
    FileResult withFindings(List<Finding> others) {
        return new FileResult(root, path, source, size, sha256, summary, others, steps, observed, skipped);
    }

    /** Stands for the time of a file of which nobody knows when it was written. */
    static final Instant NO_TIME = Instant.EPOCH;

    /** A fact that a log says of its server, or a file as a whole. */
    public record Observed(String fact, String value, Instant time, Place place) {
        Optional<Instant> known() {
            return time.equals(NO_TIME) ? Optional.empty() : Optional.of(time);
        }
    }
}
