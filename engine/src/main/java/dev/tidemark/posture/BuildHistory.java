package dev.tidemark.posture;

import dev.tidemark.model.Place;
import dev.tidemark.model.Posture.BuildSeen;
import dev.tidemark.model.Posture.Flaw;
import dev.tidemark.posture.Sighting.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which build ran when. Records and setup decide; the program file tells more exactly when the last change came, or that
 * one came after the last record. Where signs differ, that is said, and what ran counts.
 */
final class BuildHistory {
    /**
     * A build of which the table knows something, at a time.
     *
     * @param dated false if the end stands for an unknown time
     */
    private record Seen(Kind kind, Build build, Instant time, boolean dated, Place place) {
        static final Comparator<Seen> ORDER =
                Comparator.comparing(Seen::time).thenComparing(Seen::build).thenComparing(Seen::place);
    }

    private static final Duration LONGEST_UPDATE = Duration.ofHours(6);

    private final BuildTable table;
    private final Optional<Seen> program;
    private final List<Seen> seen;
    private final List<Seen> settled;
    private final List<String> contradictions;

    private BuildHistory(BuildTable table, Optional<Seen> program, List<Seen> seen, List<String> contradictions) {
        this.table = table;
        this.program = program;
        this.seen = List.copyOf(seen);
        this.settled = settled(seen);
        this.contradictions = List.copyOf(contradictions);
    }

    /** @param end of the evidence: the time of what carries none */
    static BuildHistory of(List<Sighting> sightings, BuildTable table, Instant end) {
        List<Seen> records = pick(sightings, Kind.RECORD, table, end);
        List<Seen> setups = pick(sightings, Kind.SETUP, table, end);
        Optional<Seen> program = pick(sightings, Kind.PROGRAM, table, end).stream().reduce((a, b) -> b);
        Optional<Seen> registry = pick(sightings, Kind.REGISTRY, table, end).stream().reduce((a, b) -> b);
        List<Seen> ran = new ArrayList<>(records);
        ran.addAll(setups);
        ran.sort(Seen.ORDER);
        List<String> contradictions = new ArrayList<>();
        setups.forEach(setup -> ignored(setup, records).ifPresent(contradictions::add));
        if (ran.isEmpty()) {
            ran.addAll(program.or(() -> registry).map(List::of).orElseGet(() -> pick(sightings, Kind.SERVED, table, end)));
        } else if (program.isPresent()) {
            join(program.get(), ran, table, contradictions);
        }
        registry.filter(r -> !ran.isEmpty()).flatMap(r -> otherThan(ran.get(ran.size() - 1), r)).ifPresent(contradictions::add);
        comebacks(settled(ran), contradictions);
        return new BuildHistory(table, program, ran, contradictions);
    }

    private static List<Seen> pick(List<Sighting> sightings, Kind kind, BuildTable table, Instant end) {
        List<Seen> picked = new ArrayList<>();
        for (Sighting s : sightings) {
            Optional<Build> build = kind == Kind.SERVED || kind == Kind.REGISTRY ? Build.parseAny(s.build()) : Build.parse(s.build());
            if (s.kind() == kind) {
                build.filter(table::knows).ifPresent(b -> picked.add(new Seen(kind, b, s.time().orElse(end), s.time().isPresent(),
                        s.place())));
            }
        }
        picked.sort(Seen.ORDER);
        return picked;
    }

    /** Setup says that it installed a build, but records that come after it show an earlier one. */
    private static Optional<String> ignored(Seen setup, List<Seen> records) {
        return records.stream().filter(r -> r.time().isAfter(setup.time()) && r.build().sameLine(setup.build())
                && r.build().compareTo(setup.build()) < 0).findFirst().map(r -> "Setup says that it installed build "
                        + setup.build() + " at " + setup.time() + " (" + setup.place() + "), but a record of " + r.time()
                        + " shows build " + r.build() + " (" + r.place() + ").");
    }

    /** The registry may lag behind by a security update, which does not always write itself there. */
    private static Optional<String> otherThan(Seen last, Seen registry) {
        return registry.build().sameUpdate(last.build()) ? Optional.empty()
                : Optional.of("The registry names build " + registry.build() + ", last written at " + registry.time() + " ("
                        + registry.place() + "), but build " + last.build() + " is the last that was seen, at " + last.time() + " ("
                        + last.place() + "). What was seen counts.");
    }

    private static void join(Seen program, List<Seen> ran, BuildTable table, List<String> contradictions) {
        Seen last = ran.get(ran.size() - 1);
        if (program.build().equals(last.build())) {
            if (program.dated() && dates(program, ran, table)) {
                ran.add(program);
                ran.sort(Seen.ORDER);
            }
        } else if (program.dated() && program.time().isAfter(last.time())) {
            ran.add(program);
        } else {
            contradictions.add("The program file " + program.place() + " is of build " + program.build()
                    + (program.dated() ? ", last written at " + program.time() : "") + ", but a record of " + last.time()
                    + " shows that build " + last.build() + " ran (" + last.place() + "). What ran counts.");
        }
    }

    /**
     * True if the file's time tells since when a build ran of which only that is known: an update that brought the fix for
     * ProxyLogon (an installation is no update), and a time that is not older than that fix (a file may keep the time at
     * which it was made).
     */
    private static boolean dates(Seen program, List<Seen> ran, BuildTable table) {
        BuildTable.Flaw proxyLogon = table.flaws().get(0);
        return ran.stream().allMatch(s -> s.build().equals(program.build()))
                && program.time().isBefore(ran.get(0).time())
                && table.gotFixByUpdate(program.build(), proxyLogon) && !program.time().isBefore(proxyLogon.fixedFrom());
    }

    /** Without the components that lag behind an update for as long as one may take, and then have it, too. */
    private static List<Seen> settled(List<Seen> ran) {
        Map<Build, Seen> first = new TreeMap<>();
        Map<Build, Seen> last = new TreeMap<>();
        ran.forEach(s -> {
            first.putIfAbsent(s.build(), s);
            last.put(s.build(), s);
        });
        return ran.stream().filter(now -> first.keySet().stream().noneMatch(b -> {
            Seen ahead = first.get(b);
            return later(ahead, now) && !ahead.time().isAfter(now.time())
                    && !now.time().isAfter(ahead.time().plus(LONGEST_UPDATE)) && last.get(b).time().isAfter(now.time());
        })).toList();
    }

    private static boolean later(Seen one, Seen other) {
        return one.build().sameLine(other.build()) && one.build().compareTo(other.build()) > 0;
    }

    /** A build that comes back after a later one: rolled back, or records of two servers. */
    private static void comebacks(List<Seen> ran, List<String> contradictions) {
        for (int i = 1; i < ran.size(); i++) {
            Seen before = ran.get(i - 1);
            Seen now = ran.get(i);
            if (later(before, now)) {
                contradictions.add("Build " + now.build() + " comes after the later build " + before.build() + " at "
                        + now.time() + " (" + now.place() + "): the update was taken back, or the evidence is of more"
                        + " than one server.");
                return;
            }
        }
    }

    boolean isEmpty() {
        return seen.isEmpty();
    }

    Build last() {
        return seen.get(seen.size() - 1).build();
    }

    List<String> contradictions() {
        return contradictions;
    }

    /** Each build with the first and last time at which it was seen, until another came. */
    List<BuildSeen> spans() {
        List<BuildSeen> spans = new ArrayList<>();
        for (Seen s : seen) {
            int at = spans.size() - 1;
            if (at >= 0 && spans.get(at).build().equals(s.build().toString())) {
                BuildSeen open = spans.get(at);
                spans.set(at, new BuildSeen(open.build(), open.from(), s.time(), open.place()));
            } else {
                spans.add(new BuildSeen(s.build().toString(), s.time(), s.time(), s.place()));
            }
        }
        return spans;
    }

    /** When the server was open to the flaw and from when on it was not. */
    Flaw flaw(BuildTable.Flaw flaw) {
        Optional<Instant> open = Optional.empty();
        Optional<Instant> fixed = Optional.empty();
        for (Seen s : settled) {
            Optional<Boolean> fixes = table.fixes(s.build(), flaw);
            if (fixes.isEmpty()) {
                continue;
            }
            if (!fixes.get()) {
                open = open.or(() -> Optional.of(s.time()));
                fixed = Optional.empty();
            } else if (fixed.isEmpty()) {
                fixed = Optional.of(s.time());
            }
        }
        return new Flaw(flaw.name(), flaw.cves(), open, fixed);
    }

    /** When the update that fixed the flaw came: after a build without it, or as the first thing that is known. */
    Optional<Instant> updatedAt(BuildTable.Flaw flaw) {
        Flaw state = flaw(flaw);
        if (state.openFrom().isPresent()) {
            return state.fixedFrom().map(fixed -> written(flaw, fixed).orElse(fixed));
        }
        boolean byFile = !seen.isEmpty() && seen.get(0).kind() == Kind.PROGRAM && seen.get(0).dated()
                && table.gotFixByUpdate(seen.get(0).build(), flaw) && !seen.get(0).time().isBefore(flaw.fixedFrom());
        return byFile ? state.fixedFrom() : Optional.empty();
    }

    /** The program file's time, if the update can have written it: services keep the old build until they start anew. */
    private Optional<Instant> written(BuildTable.Flaw flaw, Instant fixed) {
        Instant lastOpen = seen.stream().filter(s -> !table.fixes(s.build(), flaw).orElse(true) && s.time().isBefore(fixed))
                .map(Seen::time).max(Comparator.naturalOrder()).orElse(fixed);
        return program.filter(p -> p.dated() && table.fixes(p.build(), flaw).orElse(false)).map(Seen::time)
                .filter(at -> !at.isAfter(fixed) && !at.isBefore(lastOpen.minus(LONGEST_UPDATE)));
    }
}
