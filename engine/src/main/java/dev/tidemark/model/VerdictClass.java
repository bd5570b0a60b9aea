package dev.tidemark.model;

import java.util.Locale;

/** What the evidence of one host says, from worst to least; the words are the users' contract. */
public enum VerdictClass {
    COMPROMISED, COMPROMISED_SUSPECTED, ATTEMPTED, INSUFFICIENT_EVIDENCE, NO_EVIDENCE;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
