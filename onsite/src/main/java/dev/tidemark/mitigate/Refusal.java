package dev.tidemark.mitigate;

/** Why a configuration is left as it is: a whole sentence for its owner. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String message) {
        super(message);
    }
}
