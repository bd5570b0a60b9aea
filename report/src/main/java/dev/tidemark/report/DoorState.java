package dev.tidemark.report;

import dev.tidemark.model.Posture;
import dev.tidemark.model.Posture.PatchState;

/** Whether the door that attackers of this kind use stands open at the end of the evidence. */
enum DoorState {
    OPEN("open", "\u2715", "Open"),
    BOLTED("bolted", "!", "Mitigated, not fixed"),
    SHUT("shut", "\u2713", "Shut"),
    UNKNOWN("unknown", "?", "Unknown");

    private final String css;
    private final String sign;
    private final String words;

    DoorState(String css, String sign, String words) {
        this.css = css;
        this.sign = sign;
        this.words = words;
    }

    static DoorState of(Posture posture) {
        if (posture.patchState() == PatchState.PATCHED) {
            return SHUT;
        }
        if (posture.mitigated().orElse(false)) {
            return BOLTED;
        }
        return posture.patchState() == PatchState.VULNERABLE ? OPEN : UNKNOWN;
    }

    void write(Html html) {
        html.open("span", "class", "door " + css);
        html.element("span", sign, "class", "sign", "aria-hidden", "true").text(words).close();
    }

    /** What the state rests on, in one sentence. */
    String why(Posture posture) {
        String build = posture.build().isEmpty() ? "The build" : "Build " + Words.clip(posture.build(), Words.NAME);
        return switch (this) {
            case SHUT -> build + " has the fixes that were public by the end of the evidence"
                    + posture.patchedAt().map(at -> "; fix for ProxyLogon first seen " + When.minutes(at)).orElse("")
                    + ".";
            case BOLTED -> "A mitigation stands in the configuration; the update itself is not seen.";
            case OPEN -> build + " lacks a fix that was public by the end of the evidence"
                    + (posture.mitigated().isPresent() ? "; no mitigation in the configuration." : ".");
            case UNKNOWN -> "The evidence does not show which build the server runs.";
        };
    }
}
