package dev.tidemark.cli;

/** What cannot be done, in a sentence for the user; ends the program with {@link Exit#WRONG_USE}. */
final class Usage extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Usage(String message) {
        super(message);
    }
}
