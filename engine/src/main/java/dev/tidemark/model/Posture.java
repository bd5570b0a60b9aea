package dev.tidemark.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the door stood.
 *
 * @param product        {@code Exchange Server 2016 CU19}; empty if unknown
 * @param build          the one at the end of the evidence, {@code 15.1.2176.2}; empty if unknown
 * @param patchState     as of the end of the evidence
 * @param patchedAt      when the update that fixed ProxyLogon came, as far as the evidence shows
 * @param mitigated      true if a mitigation stops what a hole that is open would let in; false if the configuration
 *                       was seen and none does; else empty
 * @param exposed        when the server stood open while attacks went round; empty if it did not, or nobody can tell
 * @param builds         every build seen, with the time from which it was seen, in order
 * @param flaws          the known families of flaws, in the order in which they became known
 * @param mitigations    what stands in the configuration against them, whether or not it takes effect
 * @param contradictions where two sources say different things, each in a sentence
 */
public record Posture(String product, String build, PatchState patchState, Optional<Instant> patchedAt,
        Optional<Boolean> mitigated, Optional<Exposure> exposed, List<BuildSeen> builds, List<Flaw> flaws,
        List<Mitigation> mitigations, List<String> contradictions) {
    public static final Posture UNKNOWN = new Posture("", "", PatchState.UNKNOWN, Optional.empty(), Optional.empty(),
            Optional.empty(), List.of());

    public Posture {
        builds = List.copyOf(builds);
        flaws = List.copyOf(flaws);
        mitigations = List.copyOf(mitigations);
        contradictions = List.copyOf(contradictions);
    }

    /** One of which no more is known than the builds. */
    public Posture(String product, String build, PatchState patchState, Optional<Instant> patchedAt,
            Optional<Boolean> mitigated, Optional<Exposure> exposed, List<BuildSeen> builds) {
        this(product, build, patchState, patchedAt, mitigated, exposed, builds, List.of(), List.of(), List.of());
    }

    /** True if the evidence shows that the flaw was fixed, or was kept from being reached, at that time. */
    public boolean closed(String cve, Instant time) {
        boolean fixed = flaws.stream().anyMatch(f -> f.cves().contains(cve)
                && f.fixedFrom().filter(from -> !from.isAfter(time)).isPresent());
        return fixed || mitigations.stream().anyMatch(m -> m.inForce() && m.cves().contains(cve)
                && m.since().filter(from -> !from.isAfter(time)).isPresent());
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

    /**
     * A family of flaws on this server.
     *
     * @param name      {@code ProxyLogon (CVE-2021-26855)}
     * @param openFrom  first time at which a build without the fix was seen
     * @param fixedFrom first time at which a build with the fix was seen that no build without it followed
     */
    public record Flaw(String name, List<String> cves, Optional<Instant> openFrom, Optional<Instant> fixedFrom) {
        public Flaw {
            cves = List.copyOf(cves);
        }

        /** As of the end of the evidence. */
        public boolean open() {
            return openFrom.isPresent() && fixedFrom.isEmpty();
        }
    }

    /**
     * Something in the configuration that stands against a flaw.
     *
     * @param name    of the rewrite rules, or of the application pool
     * @param cves    what it stops or is meant to stop
     * @param inForce whether it does
     * @param since   when the file was last written; empty if nobody knows
     * @param place   of the file
     * @param why     a sentence: what makes it work, or keeps it from working
     */
    public record Mitigation(String name, List<String> cves, boolean inForce, Optional<Instant> since, Place place,
            String why) {
        public Mitigation {
            cves = List.copyOf(cves);
        }
    }
}
