/** The log of Exchange's Emergency Mitigation service. */
package dev.tidemark.read.mitigation;
