package dev.tidemark.collect;

/**
 * What was not taken, and why.
 *
 * @param bytes how much of it is missing; 0 if nothing is lost with it, -1 if nobody can tell
 */
public record Left(String path, long bytes, String why) {}
