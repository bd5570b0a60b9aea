package dev.tidemark.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which server is made up, and for which time.
 *
 * @param build  at first, as {@code 15.1.2176.2}
 * @param update empty if none was installed
 * @param lost   spans of which no log is left
 */
record Setting(Machine machine, String build, Instant start, int hours, Optional<Update> update, List<Truth.Span> lost) {
    record Update(Instant time, String build) {}

    Setting {
        lost = List.copyOf(lost);
    }

    static Setting of(String name, String domain, String build, String start, int hours) {
        return new Setting(new Machine(name, domain), build, Instant.parse(start), hours, Optional.empty(), List.of());
    }

    Setting updated(int afterHours, String newBuild) {
        return new Setting(machine, build, start, hours, Optional.of(new Update(after(afterHours), newBuild)), lost);
    }

    /** The logs of {@code length} hours are gone. */
    Setting losing(int afterHours, int length) {
        return new Setting(machine, build, start, hours, update,
                List.of(new Truth.Span(after(afterHours), after(afterHours + length))));
    }

    private Instant after(int afterHours) {
        return start.plus(Duration.ofHours(afterHours));
    }

    long seed() {
        return machine.name().hashCode();
    }
}
