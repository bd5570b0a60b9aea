package dev.tidemark.report;

import dev.tidemark.model.Severity;
import dev.tidemark.model.Stage;
import dev.tidemark.model.VerdictClass;
import java.util.List;
import java.util.Locale;

/** The report's words for the case's classes, and the longest text it shows in one place. */
final class Words {
    /** Characters of a sentence, of a path or value, and of a name. */
    static final int SENTENCE = 1_000;
    static final int VALUE = 400;
    static final int NAME = 120;

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

    /** A sign that tells the verdicts apart without colour. */
    static String sign(VerdictClass verdict) {
        return switch (verdict) {
            case COMPROMISED -> "\u2715";
            case COMPROMISED_SUSPECTED -> "!";
            case ATTEMPTED -> "\u2013";
            case INSUFFICIENT_EVIDENCE -> "?";
            case NO_EVIDENCE -> "\u2713";
        };
    }

    static String stage(Stage stage) {
        return switch (stage) {
            case PROBE -> "Probe";
            case EXPLOIT -> "Exploit";
            case WEBSHELL -> "Web shell";
            case POST_EXPLOITATION -> "Post-exploitation";
            case PERSISTENCE -> "Persistence";
            case COLLECTION -> "Collection";
            case IMPACT -> "Impact";
            case EXPOSURE -> "Exposure";
            case COVERAGE -> "Coverage";
        };
    }

    static void verdict(Html html, VerdictClass verdict) {
        html.open("span", "class", "badge " + verdict.word());
        html.element("span", sign(verdict), "class", "sign", "aria-hidden", "true").text(verdict(verdict)).close();
    }

    static void severity(Html html, Severity severity) {
        html.element("span", severity.word(), "class", "sev " + severity.word());
    }

    static String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    /** {@code a, b and 3 more}. */
    static String some(List<String> values, int most) {
        String shown = String.join(", ", values.subList(0, Math.min(most, values.size())));
        return values.size() <= most ? shown : shown + " and " + number(values.size() - most) + " more";
    }

    static String clip(String text) {
        return clip(text, SENTENCE);
    }

    /** Texts beyond the limit end with their full length, so that nobody takes the part for the whole. */
    static String clip(String text, int limit) {
        return text.length() <= limit ? text
                : text.substring(0, limit) + " \u2026 (" + number(text.length()) + " characters)";
    }
}
