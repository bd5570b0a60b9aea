package dev.tidemark.judge;

import dev.tidemark.model.Coverage;
import dev.tidemark.model.Finding;
import dev.tidemark.model.Gap;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Posture;
import dev.tidemark.model.Sentence;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Skipped;
import dev.tidemark.model.Stage;
import dev.tidemark.model.Verdict;
import dev.tidemark.model.VerdictClass;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The decision table, first row that holds:
 *
 * <table>
 * <caption>Verdicts</caption>
 * <tr><th>row</th><th>holds when</th><th>verdict</th></tr>
 * <tr><td>effect</td><td>an accusing finding shows that an act took effect</td><td>compromised</td></tr>
 * <tr><td>sign</td><td>an accusing finding of high severity leaves open whether it did</td><td>suspected</td></tr>
 * <tr><td>attempt</td><td>accusing findings, all of them refused</td><td>attempted</td></tr>
 * <tr><td>blind</td><td>neither HttpProxy nor IIS has a record</td><td>insufficient</td></tr>
 * <tr><td>part</td><td>HttpProxy lacks a protocol through which a way leads in, and IIS is not there</td>
 *     <td>insufficient</td></tr>
 * <tr><td>late</td><td>they begin after the server was patched</td><td>insufficient</td></tr>
 * <tr><td>hole</td><td>one of them has a gap while the server was not known to be patched</td><td>insufficient</td></tr>
 * <tr><td>cleared</td><td>an event log was cleared</td><td>insufficient</td></tr>
 * <tr><td>unread</td><td>part of one of them could not be read</td><td>insufficient</td></tr>
 * <tr><td>silence</td><td>nothing of these</td><td>no evidence</td></tr>
 * </table>
 */
public final class Judge {
    private static final int UNREAD_IN_FULL = 3;

    /**
     * All that a verdict may rest on. The front end: CVE-2021-26855 and its successors all pass it.
     *
     * @param front   coverage of the sources that would show the way in
     * @param missing what of them must be there but is not, in words
     * @param gaps    hours that they lack
     * @param unread  what of them could not be read
     * @param all     coverage of every source
     * @param clocks  sentences on clocks that differ
     */
    public record Facts(List<Finding> findings, List<Coverage> front, List<String> missing, List<Gap> gaps,
            List<Skipped> unread, Posture posture, List<Coverage> all, List<String> clocks) {}

    public Verdict judge(Facts facts) {
        List<Finding> accusing = facts.findings().stream()
                .filter(f -> f.severity().accuses() && f.stage() != Stage.COVERAGE).toList();
        List<Finding> effects = with(accusing, f -> f.outcome() == Outcome.SUCCEEDED);
        if (!effects.isEmpty()) {
            return verdict(VerdictClass.COMPROMISED, "At least one act of an intruder took effect.", effects, facts);
        }
        List<Finding> signs = with(accusing, f -> f.outcome() == Outcome.UNKNOWN
                && f.severity().compareTo(Severity.HIGH) >= 0 && !cameTooLate(f, facts.posture()));
        if (!signs.isEmpty()) {
            return verdict(VerdictClass.COMPROMISED_SUSPECTED,
                    "There are signs of an attack that may have taken effect; the records at hand cannot rule it out.",
                    signs, facts);
        }
        if (!accusing.isEmpty()) {
            return verdict(VerdictClass.ATTEMPTED, "Attacks were tried; their answers, the build or a mitigation show that none took effect.",
                    accusing, facts);
        }
        return silence(facts);
    }

    private static Verdict silence(Facts facts) {
        List<Gap> holes = facts.gaps().stream().filter(g -> open(g, facts.posture())).toList();
        if (facts.front().stream().noneMatch(c -> c.records() > 0)) {
            return verdict(VerdictClass.INSUFFICIENT_EVIDENCE,
                    "Nothing was found, but neither HttpProxy nor IIS logs of the front end are there for the time in"
                            + " question, which would show it.", List.of(), facts);
        }
        if (!facts.missing().isEmpty()) {
            return verdict(VerdictClass.INSUFFICIENT_EVIDENCE, "Nothing was found, but what would show it is not all"
                    + " there: without IIS logs of the front end, " + String.join(" and ", facts.missing())
                    + " are needed.", List.of(), facts);
        }
        if (late(facts)) {
            return verdict(VerdictClass.INSUFFICIENT_EVIDENCE, "Nothing was found, but the front end's records begin"
                    + " after the server was patched: what came in before, they cannot show.", List.of(), facts);
        }
        if (!holes.isEmpty()) {
            return verdict(VerdictClass.INSUFFICIENT_EVIDENCE,
                    "Nothing was found, but records are missing for hours in which the server is not known to have been"
                            + " patched.", List.of(), facts);
        }
        List<Finding> cleared = with(facts.findings(), f -> f.severity().accuses() && f.stage() == Stage.COVERAGE);
        if (!cleared.isEmpty()) {
            return verdict(VerdictClass.INSUFFICIENT_EVIDENCE, "Nothing was found, but somebody cleared a log.", cleared,
                    facts);
        }
        if (!facts.unread().isEmpty()) {
            return verdict(VerdictClass.INSUFFICIENT_EVIDENCE,
                    "Nothing was found, but part of the records that would show it could not be read.", List.of(),
                    facts);
        }
        return verdict(VerdictClass.NO_EVIDENCE,
                "Nothing was found, and the records that would show it are there.", List.of(), facts);
    }

    private static boolean late(Facts facts) {
        return facts.posture().patchedAt().isPresent() && begin(facts)
                .filter(from -> from.isBefore(facts.posture().patchedAt().get())).isEmpty();
    }

    private static Optional<Instant> begin(Facts facts) {
        return facts.front().stream().flatMap(c -> c.from().stream()).min(Instant::compareTo);
    }

    /** A gap matters unless the fix was in force before it began. */
    private static boolean open(Gap gap, Posture posture) {
        Instant fixed = posture.patchedAt().orElse(
                posture.patchState() == Posture.PatchState.PATCHED ? Instant.MIN : Instant.MAX);
        return posture.patchState() != Posture.PatchState.PATCHED || gap.interval().from().isBefore(fixed);
    }

    /** An attack on a flaw that was fixed or kept out of reach by then. What took effect all the same is no matter of this. */
    private static boolean cameTooLate(Finding f, Posture posture) {
        return (f.stage() == Stage.EXPLOIT || f.stage() == Stage.PROBE) && f.time().isPresent() && !f.cves().isEmpty()
                && f.cves().stream().allMatch(cve -> posture.closed(cve, f.time().get()));
    }

    private static List<Finding> with(List<Finding> findings, Predicate<Finding> test) {
        return findings.stream().filter(test).toList();
    }

    private static Verdict verdict(VerdictClass verdict, String first, List<Finding> grounds, Facts facts) {
        List<Sentence> why = new ArrayList<>();
        why.add(new Sentence(first, grounds.stream().map(Finding::id).limit(50).toList()));
        Map<String, List<Finding>> byRule = new LinkedHashMap<>();
        grounds.forEach(f -> byRule.computeIfAbsent(f.rule(), k -> new ArrayList<>()).add(f));
        // Two rules, for two sources of the same act, may say the same.
        Map<String, List<Finding>> bySummary = new LinkedHashMap<>();
        byRule.values().forEach(
                same -> bySummary.computeIfAbsent(same.get(0).summary(), k -> new ArrayList<>()).addAll(same));
        for (List<Finding> same : bySummary.values()) {
            String more = same.size() == 1 ? "" : " (" + same.size() + " records)";
            why.add(new Sentence(same.get(0).summary() + more, same.stream().map(Finding::id).limit(50).toList()));
        }
        why.addAll(Certainty.of(verdict, grounds, facts));
        facts.gaps().forEach(g -> why.add(Sentence.plain("Records are missing from " + g.interval().from() + " to "
                + g.interval().to() + ": " + g.why())));
        unread(facts.unread()).forEach(s -> why.add(Sentence.plain(s)));
        why.add(Sentence.plain(span(facts)));
        facts.clocks().forEach(c -> why.add(Sentence.plain(c)));
        why.add(Sentence.plain(door(facts.posture())));
        facts.posture().mitigations().forEach(m -> why.add(Sentence.plain(mitigation(m))));
        facts.posture().contradictions().forEach(c -> why.add(Sentence.plain(c)));
        return new Verdict(verdict, why, NextSteps.after(verdict, facts.posture()));
    }

    /** The first few in full, the rest in one number: a broken disk must not bury the other reasons. */
    private static List<String> unread(List<Skipped> skipped) {
        List<String> said = new ArrayList<>();
        skipped.stream().limit(UNREAD_IN_FULL).forEach(s -> said.add("Not read: " + s.path() + ": " + s.why()));
        if (skipped.size() > UNREAD_IN_FULL) {
            said.add("Not read: " + (skipped.size() - UNREAD_IN_FULL) + " more; all are listed as skipped.");
        }
        return said;
    }

    private static String span(Facts facts) {
        Optional<Instant> from = begin(facts);
        Optional<Instant> to = facts.front().stream().flatMap(c -> c.to().stream()).max(Instant::compareTo);
        return from.isPresent() && to.isPresent()
                ? "The front end's records reach from " + from.get() + " to " + to.get()
                        + "; what happened before or after, they cannot say."
                : facts.front().isEmpty() ? "There is no record of the front end."
                : "No record of the front end carries a time.";
    }

    private static String mitigation(Posture.Mitigation m) {
        return "Against " + String.join(", ", m.cves()) + (m.inForce() ? ", in force: " : ", without effect: ") + m.name()
                + " in " + m.place() + m.since().map(t -> ", written at " + t).orElse("") + ". " + m.why();
    }

    private static String door(Posture posture) {
        return switch (posture.patchState()) {
            case PATCHED -> "Build " + posture.build() + " has the fixes that were public by the end of the evidence"
                    + posture.patchedAt().map(t -> "; the one for ProxyLogon came at " + t).orElse("")
                    + ". A patch does not throw anybody out.";
            case VULNERABLE -> "Build " + posture.build() + " lacked a fix that was public by the end of the evidence.";
            case UNKNOWN -> posture.build().isEmpty() ? "The records do not say which build the server ran."
                    : "The records name build " + posture.build() + "; that does not tell whether it has the fixes.";
        };
    }
}
