/** Records as they are, written out for other tools. */
package dev.tidemark.dump;
