package dev.tidemark.posture;

import dev.tidemark.model.Place;
import dev.tidemark.model.Posture;
import dev.tidemark.model.Posture.BuildSeen;
import dev.tidemark.model.Posture.Exposure;
import dev.tidemark.model.Posture.PatchState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Draws the history of builds from what the logs say of themselves, and how the door stood because of it. */
public final class PostureReader {
    /** A build that a record or header showed. */
    public record Sighting(String build, Instant time, Place place) {}

    private record Seen(Build build, Instant time, Place place) {}

    private final BuildTable table;

    public PostureReader(BuildTable table) {
        this.table = table;
    }

    /**
     * @param sightings   in any order; text that is no build is passed over
     * @param evidenceEnd last record of the evidence: what was public by then counts
     */
    public Posture read(List<Sighting> sightings, Optional<Instant> evidenceEnd) {
        List<Seen> seen = new ArrayList<>();
        for (Sighting s : sightings) {
            Build.parse(s.build()).ifPresent(b -> seen.add(new Seen(b, s.time(), s.place())));
        }
        if (seen.isEmpty()) {
            return Posture.UNKNOWN;
        }
        seen.sort(Comparator.comparing(Seen::time).thenComparing(Seen::build).thenComparing(Seen::place));
        Build last = seen.get(seen.size() - 1).build();
        Instant end = evidenceEnd.orElse(seen.get(seen.size() - 1).time());
        return new Posture(table.nameOf(last).orElse(""), last.toString(), state(last, end), patchedAt(seen),
                Optional.empty(), exposure(seen, end), history(seen));
    }

    private static List<BuildSeen> history(List<Seen> seen) {
        List<BuildSeen> history = new ArrayList<>();
        for (Seen s : seen) {
            int at = history.size() - 1;
            if (at >= 0 && history.get(at).build().equals(s.build().toString())) {
                BuildSeen open = history.get(at);
                history.set(at, new BuildSeen(open.build(), open.from(), s.time(), open.place()));
            } else {
                history.add(new BuildSeen(s.build().toString(), s.time(), s.time(), s.place()));
            }
        }
        return history;
    }

    private PatchState state(Build build, Instant end) {
        boolean known = false;
        for (BuildTable.Flaw flaw : table.flaws()) {
            if (flaw.knownFrom().isAfter(end) && flaw != table.flaws().get(0)) {
                continue;
            }
            Optional<Boolean> fixed = table.fixes(build, flaw);
            if (fixed.isPresent() && !fixed.get()) {
                return PatchState.VULNERABLE;
            }
            known |= fixed.isPresent();
        }
        return known ? PatchState.PATCHED : PatchState.UNKNOWN;
    }

    /** The update that fixed ProxyLogon: the first flaw of the table. */
    private Optional<Instant> patchedAt(List<Seen> seen) {
        BuildTable.Flaw first = table.flaws().get(0);
        boolean open = false;
        for (Seen s : seen) {
            Optional<Boolean> fixed = table.fixes(s.build(), first);
            if (open && fixed.orElse(false)) {
                return Optional.of(s.time());
            }
            open |= fixed.isPresent() && !fixed.get();
        }
        return Optional.empty();
    }

    private Optional<Exposure> exposure(List<Seen> seen, Instant end) {
        for (BuildTable.Flaw flaw : table.flaws()) {
            Instant from = null;
            for (Seen s : seen) {
                boolean open = !table.fixes(s.build(), flaw).orElse(true);
                if (from == null && open && !end.isBefore(flaw.exploitedFrom())) {
                    from = s.time().isBefore(flaw.exploitedFrom()) ? flaw.exploitedFrom() : s.time();
                } else if (from != null && !open) {
                    return Optional.of(exposure(flaw, from, Optional.of(s.time()), s.build()));
                }
            }
            if (from != null) {
                return Optional.of(exposure(flaw, from, Optional.empty(), seen.get(seen.size() - 1).build()));
            }
        }
        return Optional.empty();
    }

    private static Exposure exposure(BuildTable.Flaw flaw, Instant from, Optional<Instant> to, Build build) {
        String until = to.isPresent() ? "until build " + build + " came" : "and build " + build + " still does";
        return new Exposure(from, to, "The server lacked the fix for " + flaw.name() + " " + until + ".");
    }
}
