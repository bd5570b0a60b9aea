/** One package a source; each turns bytes into records and knows no other. */
package dev.tidemark.read;
