package dev.tidemark.detect;

import java.util.List;

/** A set of rules that cannot be used: all its faults at once, each {@code file:line: what is wrong}. */
public final class RuleException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> faults;

    RuleException(List<String> faults) {
        super(String.join(System.lineSeparator(), faults));
        this.faults = List.copyOf(faults);
    }

    /** In the order of the files; never empty. */
    public List<String> faults() {
        return faults;
    }
}
