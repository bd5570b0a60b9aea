/**
 * Takes what a scan reads from a live or mounted server into one bundle, the most telling first. Writes nothing on the
 * source.
 */
package dev.tidemark.collect;
