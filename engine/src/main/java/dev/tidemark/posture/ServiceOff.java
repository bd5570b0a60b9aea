package dev.tidemark.posture;

import dev.tidemark.model.Place;
import java.time.Instant;

/**
 * A service that does not start.
 *
 * @param name  the short one, {@code MSExchangeUM}
 * @param since when its key was last written: it may be off for longer
 */
public record ServiceOff(String name, Instant since, Place place) {}
