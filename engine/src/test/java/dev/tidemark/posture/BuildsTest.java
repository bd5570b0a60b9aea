package dev.tidemark.posture;

import static dev.tidemark.model.Posture.PatchState.PATCHED;
import static dev.tidemark.model.Posture.PatchState.UNKNOWN;
import static dev.tidemark.model.Posture.PatchState.VULNERABLE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.model.Place;
import dev.tidemark.model.Posture;
import dev.tidemark.posture.Sighting.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What builds in logs, setup and program files say of the patch and of the time before it. */
class BuildsTest {
    private static final String OPEN = "15.1.2176.2";
    private static final String FIXED = "15.1.2176.9";

    private final List<Sighting> sightings = new ArrayList<>();

    private BuildsTest seen(Kind kind, String build, String time) {
        Optional<Instant> at = time.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(time));
        Place place = kind == Kind.PROGRAM ? Place.ofFile("C/Bin/ExSetup.exe") : Place.ofLine("C/a.log", 1);
        sightings.add(new Sighting(kind, build, at, place));
        return this;
    }

    private BuildsTest ran(String build, String time) {
        return seen(Kind.RECORD, build, time);
    }

    private Posture posture(String start, String end) {
        return new PostureReader(BuildTable.bundled(), MitigationTable.bundled()).read(new PostureReader.Facts(sightings,
                List.of(), Optional.of(Instant.parse(start)), Optional.of(Instant.parse(end))));
    }

    private static Optional<Instant> at(String time) {
        return Optional.of(Instant.parse(time));
    }

    @Test
    void serverThatWasNeverPatchedStoodOpenForAllOfTheEvidence() {
        Posture posture = ran(OPEN, "2021-03-02T00:10:00Z").ran(OPEN, "2021-03-07T23:00:00Z")
                .posture("2021-03-02T00:00:00Z", "2021-03-08T00:00:00Z");

        assertEquals(VULNERABLE, posture.patchState());
        assertEquals(Optional.empty(), posture.patchedAt());
        assertEquals(Instant.parse("2021-03-02T00:10:00Z"), posture.exposed().orElseThrow().from());
        assertEquals(Optional.empty(), posture.exposed().orElseThrow().to());
        assertEquals("Exchange Server 2016 CU19", posture.product());
    }

    @Test
    void patchBetweenTwoRecordsIsDatedByTheProgramFile() {
        Posture posture = ran(OPEN, "2021-03-02T00:10:00Z").ran(OPEN, "2021-03-07T17:27:00Z")
                .ran(FIXED, "2021-03-07T17:49:00Z").seen(Kind.PROGRAM, FIXED, "2021-03-07T17:13:00Z")
                .posture("2021-03-02T00:00:00Z", "2021-03-11T00:00:00Z");

        assertEquals(PATCHED, posture.patchState());
        assertEquals(at("2021-03-07T17:13:00Z"), posture.patchedAt());
        assertEquals(at("2021-03-07T17:49:00Z"), posture.exposed().orElseThrow().to());
        assertEquals(List.of(), posture.contradictions());
        assertFalse(posture.closed("CVE-2021-26855", Instant.parse("2021-03-07T17:27:00Z")));
        assertTrue(posture.closed("CVE-2021-26855", Instant.parse("2021-03-08T00:00:00Z")));
    }

    @Test
    void fileTimeOfAnotherDayDatesNothing() {
        Posture posture = ran(OPEN, "2021-03-05T00:10:00Z").ran(FIXED, "2021-03-07T17:49:00Z")
                .seen(Kind.PROGRAM, FIXED, "2021-02-20T08:00:00Z").posture("2021-03-05T00:00:00Z", "2021-03-11T00:00:00Z");

        assertEquals(at("2021-03-07T17:49:00Z"), posture.patchedAt());
    }

    @Test
    void patchBeforeTheFirstRecordIsDatedByTheProgramFile() {
        Posture posture = ran(FIXED, "2021-03-08T00:10:00Z").seen(Kind.PROGRAM, FIXED, "2021-03-04T12:00:00Z")
                .posture("2021-03-08T00:00:00Z", "2021-03-11T00:00:00Z");

        assertEquals(at("2021-03-04T12:00:00Z"), posture.patchedAt());
        assertEquals(Optional.empty(), posture.exposed());
    }

    @Test
    void fileTimeOlderThanTheFixOrOfAnInstallationIsNoPatch() {
        assertEquals(Optional.empty(), ran(FIXED, "2021-08-19T00:10:00Z").seen(Kind.PROGRAM, FIXED, "2020-08-03T05:12:00Z")
                .posture("2021-08-19T00:00:00Z", "2021-08-24T00:00:00Z").patchedAt());
        sightings.clear();
        assertEquals(Optional.empty(), ran("15.1.2242.4", "2021-06-19T00:10:00Z")
                .seen(Kind.PROGRAM, "15.1.2242.4", "2021-04-03T05:12:00Z")
                .posture("2021-06-19T00:00:00Z", "2021-06-24T00:00:00Z").patchedAt());
    }

    @Test
    void buildOfMarchIsPatchedInMarchAndVulnerableInAugust() {
        assertEquals(PATCHED, ran(FIXED, "2021-03-19T00:10:00Z").posture("2021-03-19T00:00:00Z", "2021-03-24T00:00:00Z")
                .patchState());
        Posture august = ran(FIXED, "2021-08-20T00:10:00Z").posture("2021-08-20T00:00:00Z", "2021-08-24T00:00:00Z");
        assertEquals(VULNERABLE, august.patchState());
        assertTrue(august.exposed().orElseThrow().why().contains("ProxyShell"));
    }

    @Test
    void fileThatSaysPatchedWhileTheOldBuildRunsIsAContradiction() {
        Posture posture = ran(OPEN, "2021-03-02T00:10:00Z").ran(OPEN, "2021-03-10T00:10:00Z")
                .seen(Kind.PROGRAM, FIXED, "2021-03-05T12:00:00Z").posture("2021-03-02T00:00:00Z", "2021-03-11T00:00:00Z");

        assertEquals(VULNERABLE, posture.patchState());
        assertEquals(Optional.empty(), posture.patchedAt());
        assertTrue(posture.contradictions().get(0).contains("of build " + FIXED), posture.contradictions().toString());
        assertTrue(posture.contradictions().get(0).contains("build " + OPEN + " ran"), posture.contradictions().toString());
    }

    @Test
    void updateAfterTheLastRecordCounts() {
        Posture posture = ran(OPEN, "2021-03-02T00:10:00Z").seen(Kind.PROGRAM, FIXED, "2021-03-05T12:00:00Z")
                .posture("2021-03-02T00:00:00Z", "2021-03-05T11:00:00Z");

        assertEquals(PATCHED, posture.patchState());
        assertEquals(at("2021-03-05T12:00:00Z"), posture.patchedAt());
        assertEquals(List.of(), posture.contradictions());
    }

    @Test
    void setupThatSaysMoreThanTheRecordsIsAContradiction() {
        Posture posture = seen(Kind.SETUP, "15.1.2242.4", "2021-03-04T12:00:00Z").ran(OPEN, "2021-03-05T00:10:00Z")
                .posture("2021-03-05T00:00:00Z", "2021-03-11T00:00:00Z");

        assertEquals(VULNERABLE, posture.patchState());
        assertTrue(posture.contradictions().get(0).startsWith("Setup says that it installed build 15.1.2242.4"));
    }

    @Test
    void setupTellsThePatchWhereNoRecordDoes() {
        Posture posture = seen(Kind.SETUP, OPEN, "2020-12-20T12:00:00Z").seen(Kind.SETUP, "15.1.2242.4", "2021-03-20T12:00:00Z")
                .posture("2021-03-05T00:00:00Z", "2021-03-25T00:00:00Z");

        assertEquals(at("2021-03-20T12:00:00Z"), posture.patchedAt());
        assertEquals(Instant.parse("2021-03-05T00:00:00Z"), posture.exposed().orElseThrow().from());
    }

    @Test
    void updateThatWasTakenBackLeavesTheServerOpen() {
        Posture posture = ran(OPEN, "2021-03-02T00:10:00Z").ran(FIXED, "2021-03-04T00:10:00Z").ran(OPEN, "2021-03-06T00:10:00Z")
                .posture("2021-03-02T00:00:00Z", "2021-03-11T00:00:00Z");

        assertEquals(VULNERABLE, posture.patchState());
        assertEquals(Optional.empty(), posture.patchedAt());
        assertTrue(posture.contradictions().get(0).contains("taken back"));
    }

    @Test
    void programFileAloneTellsTheState() {
        Posture posture = seen(Kind.PROGRAM, FIXED, "2021-03-05T12:00:00Z")
                .posture("2021-03-06T00:00:00Z", "2021-03-11T00:00:00Z");

        assertEquals(PATCHED, posture.patchState());
        assertEquals(at("2021-03-05T12:00:00Z"), posture.patchedAt());
    }

    @Test
    void pathOfAPageTellsTheCumulativeUpdateAndNoMore() {
        Posture posture = seen(Kind.SERVED, "15.1.2176", "2021-03-06T12:00:00Z")
                .posture("2021-03-06T00:00:00Z", "2021-03-11T00:00:00Z");

        assertEquals("15.1.2176", posture.build());
        assertEquals("Exchange Server 2016 CU19", posture.product());
        assertEquals(UNKNOWN, posture.patchState());
        sightings.clear();
        assertEquals(VULNERABLE, seen(Kind.SERVED, "15.1.1531", "2021-03-06T12:00:00Z")
                .posture("2021-03-06T00:00:00Z", "2021-08-11T00:00:00Z").patchState());
    }

    @Test
    void whatALogCallsItsVersionNeedNotBeABuild() {
        Posture posture = ran("15.0.0.0", "2021-03-02T00:10:00Z").ran("nonsense", "2021-03-02T00:10:00Z")
                .ran(OPEN, "2021-03-02T00:10:00Z").posture("2021-03-02T00:00:00Z", "2021-03-11T00:00:00Z");

        assertEquals(List.of(OPEN), posture.builds().stream().map(Posture.BuildSeen::build).toList());
    }

    @Test
    void evidenceFromBeforeTheFirstAttacksShowsNoExposure() {
        assertEquals(Optional.empty(), ran(OPEN, "2020-10-02T00:10:00Z")
                .posture("2020-10-02T00:00:00Z", "2020-10-11T00:00:00Z").exposed());
    }
}
