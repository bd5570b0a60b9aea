/** The case on disk: JSON Lines written and read again. Knows the model and JSON, and judges nothing. */
package dev.tidemark.store;
