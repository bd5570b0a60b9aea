package dev.tidemark.mitigate;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What becomes of one file.
 *
 * @param before empty if there is no such file yet
 */
record Change(Path file, Optional<byte[]> before, byte[] after) {}
