package dev.tidemark.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.model.Coverage;
import dev.tidemark.model.Finding;
import dev.tidemark.model.Gap;
import dev.tidemark.model.Interval;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Posture;
import dev.tidemark.model.Posture.PatchState;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Skipped;
import dev.tidemark.model.Stage;
import dev.tidemark.model.Verdict;
import dev.tidemark.model.VerdictClass;
import dev.tidemark.testing.Findings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** One test a row of the decision table, and one for each two rows whose order matters. */
class JudgeTest {
    private static final Coverage SEEN = new Coverage("httpproxy", Optional.of(Instant.parse("2021-03-01T00:00:00Z")),
            Optional.of(Instant.parse("2021-03-09T00:00:00Z")), 9, 900, List.of());
    private static final Gap GAP = new Gap("httpproxy",
            new Interval(Instant.parse("2021-03-04T21:00:00Z"), Instant.parse("2021-03-05T06:00:00Z")), "why");
    private static final Skipped LOST = new Skipped("C/x.log", "bad sector");

    private final Findings effect = Findings.of("effect");
    private final Findings sign = Findings.of("sign").outcome(Outcome.UNKNOWN).severity(Severity.HIGH);
    private final Findings attempt = Findings.of("attempt").outcome(Outcome.ATTEMPTED).severity(Severity.MEDIUM);
    private final Findings noise = Findings.of("noise").severity(Severity.LOW).stage(Stage.PROBE);

    /** A host with everything in order; tests take away from it. */
    private record Case(List<Finding> findings, List<Coverage> front, List<String> missing, List<Gap> gaps,
            List<Skipped> lost, Posture posture) {
        static Case of(Findings... findings) {
            return new Case(Arrays.stream(findings).map(Findings::made).toList(), List.of(SEEN), List.of(), List.of(),
                    List.of(), door(PatchState.VULNERABLE, ""));
        }

        Case records(Coverage... other) {
            return new Case(findings, List.of(other), missing, gaps, lost, posture);
        }

        Case lacking(String... other) {
            return new Case(findings, front, List.of(other), gaps, lost, posture);
        }

        Case gap() {
            return new Case(findings, front, missing, List.of(GAP), lost, posture);
        }

        Case unread() {
            return new Case(findings, front, missing, gaps, List.of(LOST), posture);
        }

        Case standing(Posture other) {
            return new Case(findings, front, missing, gaps, lost, other);
        }

        Verdict judged() {
            return new Judge().judge(new Judge.Facts(findings, front, missing, gaps, lost, posture, front, List.of()));
        }
    }

    private static Posture door(PatchState state, String patchedAt) {
        return new Posture("Exchange Server 2016 CU19", "15.1.2176.2", state,
                patchedAt.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(patchedAt)), Optional.empty(),
                Optional.empty(), List.of());
    }

    private static void assertVerdict(VerdictClass expected, String reason, Case facts) {
        Verdict verdict = facts.judged();
        String why = String.join("\n", verdict.why().stream().map(s -> s.text()).toList());
        assertEquals(expected, verdict.verdict(), why);
        assertTrue(why.contains(reason), why);
    }

    @Test
    void oneActThatTookEffectIsCompromise() {
        assertVerdict(VerdictClass.COMPROMISED, "Summary of effect.", Case.of(noise, attempt, sign, effect));
    }

    @Test
    void patchClaimedOrProvenChangesNothingOfAnEffect() {
        for (PatchState state : PatchState.values()) {
            assertVerdict(VerdictClass.COMPROMISED, "effect",
                    Case.of(effect).standing(door(state, "2021-03-02T00:00:00Z")).gap().unread());
        }
    }

    @Test
    void signThatNothingRulesOutIsSuspicion() {
        assertVerdict(VerdictClass.COMPROMISED_SUSPECTED, "cannot rule it out", Case.of(noise, attempt, sign));
    }

    @Test
    void refusedAttacksAreAttempts() {
        assertVerdict(VerdictClass.ATTEMPTED, "Summary of attempt. (2 records)",
                Case.of(attempt, attempt, noise));
    }

    @Test
    void whatAccusesNobodyIsNoEvidence() {
        assertVerdict(VerdictClass.NO_EVIDENCE, "the records that would show it are there",
                Case.of(noise, Findings.of("scan").severity(Severity.INFORMATIONAL)));
    }

    @Test
    void silenceOfNoFrontEndAtAllProvesNothing() {
        assertVerdict(VerdictClass.INSUFFICIENT_EVIDENCE, "neither HttpProxy nor IIS", Case.of().records());
        assertVerdict(VerdictClass.INSUFFICIENT_EVIDENCE, "neither HttpProxy nor IIS", Case.of(noise).records(
                new Coverage("iis", Optional.empty(), Optional.empty(), 3, 0, List.of())));
    }

    @Test
    void silenceOfHalfAFrontEndProvesNothing() {
        assertVerdict(VerdictClass.INSUFFICIENT_EVIDENCE, "HttpProxy logs of owa are needed",
                Case.of().lacking("HttpProxy logs of owa"));
    }

    @Test
    void silenceAfterThePatchSaysNothingOfTheTimeBefore() {
        assertVerdict(VerdictClass.INSUFFICIENT_EVIDENCE, "begin after the server was patched",
                Case.of().standing(door(PatchState.PATCHED, "2021-03-01T00:00:00Z")));
        assertVerdict(VerdictClass.NO_EVIDENCE, "the one for ProxyLogon came at",
                Case.of().standing(door(PatchState.PATCHED, "2021-03-01T00:00:01Z")));
        assertVerdict(VerdictClass.NO_EVIDENCE, "has the fixes", Case.of().standing(door(PatchState.PATCHED, "")));
    }

    @Test
    void holeCountsUnlessTheFixWasThereBeforeIt() {
        String why = "records are missing for hours";
        assertVerdict(VerdictClass.INSUFFICIENT_EVIDENCE, why, Case.of().gap());
        assertVerdict(VerdictClass.INSUFFICIENT_EVIDENCE, why, Case.of().gap().standing(Posture.UNKNOWN));
        assertVerdict(VerdictClass.INSUFFICIENT_EVIDENCE, why,
                Case.of().gap().standing(door(PatchState.PATCHED, "2021-03-05T00:00:00Z")));
        assertVerdict(VerdictClass.INSUFFICIENT_EVIDENCE, why,
                Case.of().gap().standing(door(PatchState.VULNERABLE, "2021-03-03T00:00:00Z")));
        assertVerdict(VerdictClass.NO_EVIDENCE, "Records are missing from",
                Case.of().gap().standing(door(PatchState.PATCHED, "2021-03-03T00:00:00Z")));
        assertVerdict(VerdictClass.NO_EVIDENCE, "Records are missing from",
                Case.of().gap().standing(door(PatchState.PATCHED, "")));
    }

    @Test
    void silenceOfWhatCouldNotBeReadProvesNothing() {
        assertVerdict(VerdictClass.INSUFFICIENT_EVIDENCE, "Not read: C/x.log: bad sector", Case.of().unread());
        assertVerdict(VerdictClass.INSUFFICIENT_EVIDENCE, "could not be read",
                Case.of().unread().standing(door(PatchState.PATCHED, "")));
    }

    @Test
    void lossIsSaidWithEveryVerdict() {
        for (Findings each : List.of(effect, sign, attempt)) {
            String why = String.join("\n", Case.of(each).gap().unread().judged().why().stream().map(s -> s.text()).toList());
            assertTrue(why.contains("Not read: C/x.log"), why);
            assertTrue(why.contains("Records are missing from 2021-03-04T21:00:00Z"), why);
        }
    }

    private static String confidence(Case of) {
        return of.judged().why().stream().map(s -> s.text()).filter(t -> t.startsWith("Confidence is ")).findFirst().orElseThrow();
    }

    private static String change(Case of) {
        return of.judged().why().stream().map(s -> s.text())
                .filter(t -> t.startsWith("What could change it") || t.startsWith("No record that is missing")).findFirst().orElseThrow();
    }

    private static Coverage seen(String source) {
        return new Coverage(source, SEEN.from(), SEEN.to(), 9, 900, List.of());
    }

    @Test
    void confidenceRisesWithSourcesThatAreWrittenApart() {
        Findings other = Findings.of("other").source("httpproxy");

        assertTrue(confidence(Case.of(effect)).startsWith("Confidence is low"), confidence(Case.of(effect)));
        assertTrue(confidence(Case.of(effect, Findings.of("second"))).startsWith("Confidence is medium"));
        assertTrue(confidence(Case.of(effect, other)).startsWith("Confidence is high"));
        assertTrue(confidence(Case.of(sign)).startsWith("Confidence is low"));
    }

    @Test
    void silenceIsAsSureAsWhatIsThere() {
        Case whole = Case.of().records(seen("httpproxy"), seen("iis"), seen("event-log"));

        assertTrue(confidence(whole).startsWith("Confidence is high"), confidence(whole));
        assertTrue(confidence(Case.of()).startsWith("Confidence is medium"), confidence(Case.of()));
        assertTrue(confidence(Case.of()).contains("iis and event-log are not there"), confidence(Case.of()));
        assertTrue(confidence(Case.of().gap()).startsWith("Confidence is low"));
        assertTrue(confidence(Case.of(attempt)).startsWith("Confidence is medium"));
    }

    @Test
    void whatIsNotThereIsNamedWithWhatItWouldShow() {
        assertTrue(change(Case.of()).contains("IIS logs (each request and its answer)"), change(Case.of()));
        assertFalse(change(Case.of()).contains("HttpProxy"), change(Case.of()));
        assertTrue(change(Case.of(effect)).startsWith("No record that is missing could take it back"), change(Case.of(effect)));
        assertTrue(change(Case.of().gap()).contains("the hours that are missing"), change(Case.of().gap()));
    }

    @Test
    void manyLossesDoNotBuryTheReasons() {
        List<Skipped> many = Collections.nCopies(5_000, LOST);

        Verdict verdict = new Judge().judge(new Judge.Facts(List.of(), List.of(SEEN), List.of(), List.of(), many,
                Posture.UNKNOWN, List.of(SEEN), List.of()));

        assertTrue(verdict.why().size() < 10, verdict.why().toString());
        assertTrue(verdict.why().toString().contains("4997 more"));
    }

    @Test
    void everyReasonThatRestsOnRecordsNamesThem() {
        for (Findings each : List.of(effect, sign, attempt)) {
            assertEquals(List.of(List.of(each.id()), List.of(each.id())),
                    Case.of(noise, each).judged().why().stream().map(s -> s.findings()).limit(2).toList());
        }
    }

    @Test
    void orderOfTheRecordsNeverChangesTheVerdict() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<Findings> all = List.of(noise, attempt, sign, effect);
        for (int round = 0; round < 200; round++) {
            List<Findings> some = new ArrayList<>(all.subList(0, random.nextInt(all.size() + 1)));
            VerdictClass expected = Case.of(some.toArray(new Findings[0])).judged().verdict();
            Collections.shuffle(some, random);
            assertEquals(expected, Case.of(some.toArray(new Findings[0])).judged().verdict(), "seed " + seed);
        }
    }

    @Test
    void nextStepsFitTheVerdict() {
        assertTrue(Case.of(effect).judged().nextSteps().get(0).startsWith("Disconnect"));
        assertTrue(Case.of().unread().judged().nextSteps().get(0).startsWith("Get what is missing"));
        assertTrue(Case.of().judged().nextSteps().stream().anyMatch(s -> s.contains("security update")));
        assertTrue(Case.of().standing(door(PatchState.PATCHED, "")).judged().nextSteps().stream()
                .noneMatch(s -> s.contains("security update")));
    }
}
