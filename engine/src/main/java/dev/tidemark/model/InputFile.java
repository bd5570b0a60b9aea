package dev.tidemark.model;

/**
 * One file of the evidence that was opened.
 *
 * @param path   below the host's evidence root
 * @param source kind of record that it holds; empty if none that is known
 * @param size   bytes read
 * @param sha256 of these bytes, hex, lower case; empty if it could not be read to its end
 */
public record InputFile(String host, String path, String source, long size, String sha256) {}
