package dev.tidemark.bytes;

/** Says whether a run of bytes can matter to anybody; the hot path asks it once a line. */
@FunctionalInterface
public interface LineFilter {
    /** Wakes every line: for tests, dumps and rules that name no literal. */
    LineFilter ALL = (bytes, from, to) -> true;

    /** True if the line {@code bytes[from, to)} may match a rule. A false "true" costs time, a false "false" a finding. */
    boolean wakes(byte[] bytes, int from, int to);
}
