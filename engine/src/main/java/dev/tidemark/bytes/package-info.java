/** The engine room: knows bytes, knows no domain. */
package dev.tidemark.bytes;
