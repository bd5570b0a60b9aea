package dev.tidemark.model;

/** A stretch in which a source should have records but has none, and why one should be there. */
public record Gap(String source, Interval interval, String why) {}
