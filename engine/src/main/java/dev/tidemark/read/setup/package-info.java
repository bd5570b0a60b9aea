/** The log of Exchange's setup. */
package dev.tidemark.read.setup;
