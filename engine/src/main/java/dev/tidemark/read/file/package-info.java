/** Files as such: where they lie, what they are by their first bytes, and what stands in those that may matter. */
package dev.tidemark.read.file;
