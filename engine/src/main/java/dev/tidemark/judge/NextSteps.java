package dev.tidemark.judge;

import dev.tidemark.model.Posture;
import dev.tidemark.model.VerdictClass;
import java.util.ArrayList;
import java.util.List;

/** What has to be done after a verdict, in order. Source: CISA Emergency Directive 21-02 and its supplements. */
final class NextSteps {
    private NextSteps() {}

    static List<String> after(VerdictClass verdict, Posture posture) {
        List<String> steps = new ArrayList<>();
        switch (verdict) {
            case COMPROMISED, COMPROMISED_SUSPECTED -> {
                steps.add("Disconnect the server from the network, but do not switch it off or delete anything yet.");
                steps.add("Keep the evidence: memory, event logs, web logs, registry hives, with hashes and times.");
                steps.add("Assume that every account and key on this server is known to the intruder, and look at the"
                        + " domain controllers, too: Exchange holds high rights in Active Directory.");
                steps.add("Report it to your national response team; whoever must follow Emergency Directive 21-02"
                        + " reports at once.");
                steps.add("Rebuild the server from trusted media; removing the files that were found is not enough.");
                steps.add("Change the passwords and keys that the server knew, after it is disconnected.");
            }
            case ATTEMPTED -> steps.add("Block the addresses named here and watch the server; those who tried come back.");
            case INSUFFICIENT_EVIDENCE -> steps.add("Get what is missing: backups of the logs, a log collector, the proxy or"
                    + " firewall in front; then scan again. Until then, treat the server as not cleared.");
            case NO_EVIDENCE -> steps.add("Keep these logs; they roll over within days.");
        }
        if (posture.patchState() != Posture.PatchState.PATCHED) {
            steps.add("Install the newest cumulative and security update of a supported version, or take the server off"
                    + " the internet.");
        }
        steps.add("Run the scan again weekly for four weeks.");
        return steps;
    }
}
