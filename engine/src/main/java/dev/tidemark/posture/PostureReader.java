package dev.tidemark.posture;

import dev.tidemark.model.Posture;
import dev.tidemark.model.Posture.Exposure;
import dev.tidemark.model.Posture.Flaw;
import dev.tidemark.model.Posture.Mitigation;
import dev.tidemark.model.Posture.PatchState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Draws the history of builds, asks the configuration, and says how the door stood because of both. */
public final class PostureReader {
    private final BuildTable table;
    private final Mitigations mitigations;

    public PostureReader(BuildTable table, MitigationTable mitigations) {
        this.table = table;
        this.mitigations = new Mitigations(mitigations);
    }

    /**
     * What the evidence has to say of it, in any order.
     *
     * @param start first record of the evidence
     * @param end   last record of the evidence: what was public by then counts
     */
    public record Facts(List<Sighting> builds, List<ConfigFile> configuration, List<ServiceOff> servicesOff,
            Optional<Instant> start, Optional<Instant> end) {
        public Facts {
            servicesOff = List.copyOf(servicesOff);
            builds = List.copyOf(builds);
            configuration = List.copyOf(configuration);
        }

        /** Without a registry that says which services are off. */
        public Facts(List<Sighting> builds, List<ConfigFile> configuration, Optional<Instant> start, Optional<Instant> end) {
            this(builds, configuration, List.of(), start, end);
        }
    }

    public Posture read(Facts facts) {
        List<Mitigation> found = mitigations.in(facts.configuration(), facts.servicesOff());
        Instant end = facts.end().or(() -> latest(facts.builds())).orElse(Instant.EPOCH);
        BuildHistory history = BuildHistory.of(facts.builds(), table, end);
        List<BuildTable.Flaw> known = known(end);
        List<Flaw> flaws = history.isEmpty() ? List.of() : known.stream().map(history::flaw).toList();
        boolean shut = found.stream().anyMatch(m -> m.inForce() && matters(m, flaws));
        Optional<Boolean> mitigated = facts.configuration().isEmpty() && !shut ? Optional.empty() : Optional.of(shut);
        if (history.isEmpty()) {
            return new Posture("", "", PatchState.UNKNOWN, Optional.empty(), mitigated, Optional.empty(), List.of(), flaws,
                    found, List.of());
        }
        Build last = history.last();
        Optional<Instant> patched = history.updatedAt(known.get(0));
        return new Posture(table.nameOf(last).orElse(""), last.toString(), state(last, known),
                patched, mitigated,
                exposure(known, flaws, found, facts.start(), end, patched),
                history.spans(), flaws, found, history.contradictions());
    }

    private static Optional<Instant> latest(List<Sighting> builds) {
        return builds.stream().flatMap(s -> s.time().stream()).max(Comparator.naturalOrder());
    }

    /** A mitigation matters if what it stops is open; without a build nobody can say that it is not. */
    private static boolean matters(Mitigation mitigation, List<Flaw> flaws) {
        return mitigation.cves().stream().anyMatch(cve -> flaws.isEmpty()
                || flaws.stream().anyMatch(f -> f.cves().contains(cve) && f.open()));
    }

    /** Flaws that were public by then, and ProxyLogon: a build is asked for its fix whenever the evidence is of. */
    private List<BuildTable.Flaw> known(Instant end) {
        return table.flaws().stream().filter(f -> f == table.flaws().get(0) || !f.knownFrom().isAfter(end)).toList();
    }

    private PatchState state(Build build, List<BuildTable.Flaw> known) {
        List<Optional<Boolean>> fixed = known.stream().map(f -> table.fixes(build, f)).toList();
        if (fixed.contains(Optional.of(false))) {
            return PatchState.VULNERABLE;
        }
        return fixed.contains(Optional.<Boolean>empty()) ? PatchState.UNKNOWN : PatchState.PATCHED;
    }

    /** The first time span in which a flaw was open while it was exploited; others that touch it are part of it. */
    private static Optional<Exposure> exposure(List<BuildTable.Flaw> known, List<Flaw> flaws, List<Mitigation> found,
            Optional<Instant> start, Instant end, Optional<Instant> patched) {
        List<Span> spans = new ArrayList<>();
        for (int i = 0; i < flaws.size(); i++) {
            Optional<Instant> fixed = i == 0 ? patched : flaws.get(i).fixedFrom();
            span(flaws.get(i), known.get(i), found, start, end, fixed).ifPresent(spans::add);
        }
        spans.sort(Comparator.comparing(Span::from));
        return spans.stream().reduce((a, b) -> a.touches(b) ? a.with(b) : a).map(s -> new Exposure(s.from(), s.to(),
                s.why() + stopped(found, s.cves())));
    }

    private static Optional<Span> span(Flaw flaw, BuildTable.Flaw known, List<Mitigation> found, Optional<Instant> start,
            Instant end, Optional<Instant> fixed) {
        if (flaw.openFrom().isEmpty() || end.isBefore(known.exploitedFrom())) {
            return Optional.empty();
        }
        Instant open = start.filter(s -> s.isAfter(flaw.openFrom().get())).orElse(flaw.openFrom().get());
        Instant from = open.isBefore(known.exploitedFrom()) ? known.exploitedFrom() : open;
        Optional<Instant> shut = shut(flaw, found);
        Optional<Instant> to = fixed.filter(fix -> shut.isEmpty() || fix.isBefore(shut.get())).or(() -> shut);
        if (to.isPresent() && !to.get().isAfter(from)) {
            return Optional.empty();
        }
        String until = to.isEmpty() ? " and still did at the end of the evidence" : to.equals(fixed)
                ? " until an update came" : " until a mitigation shut the last way in";
        return Optional.of(new Span(from, to, flaw.cves(), "The server lacked the fix for " + flaw.name() + until + "."));
    }

    /** When mitigations had shut every way of the family; empty if one is left or nobody knows since when. */
    private static Optional<Instant> shut(Flaw flaw, List<Mitigation> found) {
        Optional<Instant> last = Optional.empty();
        for (String cve : flaw.cves()) {
            Optional<Instant> since = found.stream().filter(m -> m.inForce() && m.cves().contains(cve))
                    .flatMap(m -> m.since().stream()).min(Comparator.naturalOrder());
            if (since.isEmpty()) {
                return Optional.empty();
            }
            last = last.filter(l -> l.isAfter(since.get())).or(() -> since);
        }
        return last;
    }

    /** Which of the ways were stopped, so that nobody takes the span for more than it is. */
    private static String stopped(List<Mitigation> found, List<String> cves) {
        StringBuilder said = new StringBuilder();
        for (Mitigation m : found) {
            List<String> which = m.cves().stream().filter(cves::contains).toList();
            if (m.inForce() && !which.isEmpty()) {
                said.append(' ').append(String.join(", ", which)).append(" was kept out of reach")
                        .append(m.since().map(t -> " from " + t + " on").orElse("")).append(" by ").append(m.name())
                        .append('.');
            }
        }
        return said.toString();
    }

    /** While a family of flaws was open. @param to empty if to the end */
    private record Span(Instant from, Optional<Instant> to, List<String> cves, String why) {
        boolean touches(Span later) {
            return to.isEmpty() || !later.from.isAfter(to.get());
        }

        Span with(Span later) {
            Optional<Instant> end = to.isEmpty() || later.to.isEmpty() ? Optional.empty()
                    : to.get().isAfter(later.to.get()) ? to : later.to;
            List<String> all = new ArrayList<>(cves);
            all.addAll(later.cves);
            return new Span(from, end, all, why + " " + later.why);
        }
    }
}
