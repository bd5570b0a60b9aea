package dev.tidemark.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the door stood.
 *
 * @param product    {@code Exchange Server 2016 CU19}; empty if unknown
 * @param build      the last one seen, {@code 15.1.2176.2}; empty if unknown
 * @param patchState as of the end of the evidence
 * @param patchedAt  first time that a build with the fix for ProxyLogon was seen after one without
 * @param mitigated  true or false if the configuration was seen, else empty
 * @param exposed    when the server stood open while attacks went round; empty if it did not, or nobody can tell
 * @param builds     every build seen, with the time from which it was seen, in order
 */
public record Posture(String product, String build, PatchState patchState, Optional<Instant> patchedAt,
        Optional<Boolean> mitigated, Optional<Exposure> exposed, List<BuildSeen> builds) {
    public static final Posture UNKNOWN = new Posture("", "", PatchState.UNKNOWN, Optional.empty(), Optional.empty(),
            Optional.empty(), List.of());

    public Posture {
        builds = List.copyOf(builds);
    }

    /** What {@code patchState} says in results. */
    public enum PatchState {
        VULNERABLE, PATCHED, UNKNOWN;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A build and the first and last time at which a record showed it. */
    public record BuildSeen(String build, Instant from, Instant to, Place place) {}

    /** @param to end of the exposure; empty if it lasted to the end of the evidence */
    public record Exposure(Instant from, Optional<Instant> to, String why) {}
}
