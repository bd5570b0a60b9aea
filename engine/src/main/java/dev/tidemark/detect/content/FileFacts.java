package dev.tidemark.detect.content;

/**
 * What conditions may ask of a file beside its bytes.
 *
 * @param folder    as Windows writes it
 * @param extension without its dot
 * @param kind      by its first bytes
 * @param webFile   true if the web server serves it
 */
public record FileFacts(String name, String folder, String extension, String kind, long size, boolean webFile) {}
