/** The version that a server of one's own shows to the outside, from pages that every visitor may see. */
package dev.tidemark.probe;
