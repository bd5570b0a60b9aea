package dev.tidemark.posture;

import dev.tidemark.model.Place;
import java.time.Instant;
import java.util.Optional;

/**
 * A build that something in the evidence showed.
 *
 * @param build as it stands there: text that is no build is passed over
 * @param time  of the record, or when the file was last written; empty if nobody knows
 */
public record Sighting(Kind kind, String build, Optional<Instant> time, Place place) {
    /** What showed it, from the best sign to the weakest. */
    public enum Kind {
        /** A running server wrote it into its records. */
        RECORD,
        /** Setup says that it has installed it. */
        SETUP,
        /** A program of Exchange is of that build; nobody knows whether it ran. */
        PROGRAM,
        /** The registry names it. */
        REGISTRY,
        /** A page below a path with that build was delivered; the client wrote the path. */
        SERVED
    }
}
