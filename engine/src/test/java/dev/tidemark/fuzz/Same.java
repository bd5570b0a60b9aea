package dev.tidemark.fuzz;

/** The same bytes give the same records, however the stream hands them out. */
final class Same {
    private Same() {}

    static void check(Dumps whole, Dumps pieces) {
        if (!whole.records.equals(pieces.records)) {
            throw new AssertionError("records differ with the pieces of the stream:\n" + whole.records + "\n" + pieces.records);
        }
        if (!whole.lost.equals(pieces.lost)) {
            throw new AssertionError("losses differ with the pieces of the stream:\n" + whole.lost + "\n" + pieces.lost);
        }
    }
}
