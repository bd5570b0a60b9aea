package dev.tidemark.probe;

import dev.tidemark.model.Posture.PatchState;
import java.util.List;

/**
 * What a server shows.
 *
 * @param url     as it was asked for
 * @param product empty if no build shows that is known
 * @param build   the most exact that shows; empty if none
 * @param state   of that build against every flaw that is known to Tidemark
 * @param faults  what could not be had, in words
 */
public record ProbeResult(String url, String product, String build, PatchState state, List<VersionSign> signs,
        List<String> faults) {
    public ProbeResult {
        signs = List.copyOf(signs);
        faults = List.copyOf(faults);
    }
}
