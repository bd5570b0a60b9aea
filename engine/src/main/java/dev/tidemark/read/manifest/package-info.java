/** What a bundle of {@code tidemark collect} says of itself. */
package dev.tidemark.read.manifest;
