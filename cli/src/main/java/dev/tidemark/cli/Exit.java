package dev.tidemark.cli;

/** Exit statuses, as the scanners that people know. */
final class Exit {
    static final int NOTHING_FOUND = 0;
    static final int COMPROMISED = 1;
    static final int WRONG_USE = 2;
    static final int INCOMPLETE = 3;

    private Exit() {}
}
