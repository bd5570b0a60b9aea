/** Findings to episodes. */
package dev.tidemark.correlate;
