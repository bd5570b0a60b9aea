package dev.tidemark.report;

import dev.tidemark.model.Severity;
import dev.tidemark.model.VerdictClass;
import java.util.Locale;

/** The report's words for the case's classes, and the longest text it shows in one place. */
final class Words {
    private static final int LONGEST = 1_000;

    private Words() {}

    static String verdict(VerdictClass verdict) {
        return switch (verdict) {
            case COMPROMISED -> "Compromised";
            case COMPROMISED_SUSPECTED -> "Compromise suspected";
            case ATTEMPTED -> "Attempted";
            case INSUFFICIENT_EVIDENCE -> "Insufficient evidence";
            case NO_EVIDENCE -> "No evidence";
        };
    }

    static String meaning(VerdictClass verdict) {
        return switch (verdict) {
            case COMPROMISED -> "At least one act of an intruder took effect on this server.";
            case COMPROMISED_SUSPECTED -> "There is a sign of effect. It has an innocent explanation that this evidence"
                    + " cannot rule out.";
            case ATTEMPTED -> "Attacks were seen. The answers, the build or the mitigation show that none took effect.";
            case INSUFFICIENT_EVIDENCE -> "Nothing was seen, but records that would show it are missing, cut, cleared"
                    + " or unreadable. Silence proves nothing here.";
            case NO_EVIDENCE -> "Nothing was seen, and the records that would show it are there for the time in"
                    + " question.";
        };
    }

    static void severity(Html html, Severity severity) {
        html.element("span", severity.word(), "class", "sev " + severity.word());
    }

    /** Texts beyond the limit end with their full length, so that nobody takes the part for the whole. */
    static String clip(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST)
                + String.format(Locale.ENGLISH, " \u2026 (%,d characters)", text.length());
    }
}
