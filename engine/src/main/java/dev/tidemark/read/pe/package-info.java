/** Programs of Windows, as far as they say which version they are. */
package dev.tidemark.read.pe;
