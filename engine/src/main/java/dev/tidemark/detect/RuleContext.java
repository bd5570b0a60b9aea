package dev.tidemark.detect;

import java.util.LinkedHashSet;
import java.util.Set;

/** Where faults of the rule at hand go, and the reasons why this version cannot run it although it is well written. */
final class RuleContext {
    private final String file;
    private final Faults faults;
    private final Set<String> unsupported = new LinkedHashSet<>();

    RuleContext(String file, Faults faults) {
        this.file = file;
        this.faults = faults;
    }

    void fault(int line, String message) {
        faults.at(file, line, message);
    }

    void unsupported(String why) {
        unsupported.add(why);
    }

    Set<String> unsupported() {
        return unsupported;
    }
}
