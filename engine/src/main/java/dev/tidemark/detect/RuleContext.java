package dev.tidemark.detect;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where faults of the rule at hand go, and the reasons why it cannot be run although it is well written. */
final class RuleContext {
    private final String file;
    private final Faults faults;
    private final Placeholders placeholders;
    private final Set<Obstacle> obstacles = new LinkedHashSet<>();

    RuleContext(String file, Faults faults, Placeholders placeholders) {
        this.file = file;
        this.faults = faults;
        this.placeholders = placeholders;
    }

    void fault(int line, String message) {
        faults.at(file, line, message);
    }

    void obstacle(Obstacle.Kind kind, String text) {
        obstacles.add(new Obstacle(kind, text));
    }

    boolean runs() {
        return obstacles.isEmpty();
    }

    List<Obstacle> obstacles() {
        return List.copyOf(obstacles);
    }

    Placeholders placeholders() {
        return placeholders;
    }
}
