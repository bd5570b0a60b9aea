package dev.tidemark.posture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tidemark.model.Place;
import dev.tidemark.model.Posture;
import dev.tidemark.model.Posture.PatchState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostureReaderTest {
    private final PostureReader postures = new PostureReader(BuildTable.bundled(), MitigationTable.bundled());

    /** Sightings as {@code build@time}. */
    private static List<Sighting> sightings(String... each) {
        List<Sighting> all = new ArrayList<>();
        for (String one : each) {
            String[] parts = one.split("@");
            all.add(new Sighting(Sighting.Kind.RECORD, parts[0], Optional.of(Instant.parse(parts[1])),
                    Place.ofLine("a.log", all.size() + 1)));
        }
        return all;
    }

    private Posture read(List<Sighting> sightings, Optional<Instant> end) {
        return postures.read(new PostureReader.Facts(sightings, List.of(), Optional.empty(), end));
    }

    private Posture read(String end, String... sightings) {
        return read(sightings(sightings), Optional.of(Instant.parse(end)));
    }

    @ParameterizedTest
    @CsvSource({
        "15.1.2176.2,   2021-03-06, VULNERABLE", // 2016 CU19 without the March update
        "15.1.2176.9,   2021-03-06, PATCHED",    // with it, in March
        "15.1.2176.9,   2021-08-24, VULNERABLE", // the same build once ProxyShell is public
        "15.01.2176.009, 2021-03-06, PATCHED",   // as headers write it
        "15.0.1497.2,   2021-03-06, VULNERABLE", // 2013 CU23
        "15.0.1497.12,  2021-03-06, PATCHED",
        "15.2.792.3,    2021-03-06, VULNERABLE", // 2019 CU8
        "15.2.792.10,   2021-03-06, PATCHED",
        "15.2.99999.1,  2022-12-01, PATCHED",    // newer than all that are known
        "14.3.509.0,    2021-03-06, VULNERABLE", // 2010 before RU32
        "14.3.513.0,    2021-03-06, PATCHED",
        "16.0.1.1,      2021-03-06, UNKNOWN",    // no such line
        "12.1.1.1,      2021-03-06, UNKNOWN"})
    void stateIsThatOfTheBuildAgainstWhatWasPublicByThen(String build, String end, PatchState state) {
        assertEquals(state, read(end + "T00:00:00Z", build + "@2021-03-01T00:00:00Z").patchState());
    }

    @Test
    void productAndBuildAreNamed() {
        Posture posture = read("2021-03-06T00:00:00Z", "15.01.2176.002@2021-03-01T00:00:00Z");

        assertEquals("15.1.2176.2", posture.build());
        assertEquals("Exchange Server 2016 CU19", posture.product());
        assertEquals(Posture.UNKNOWN, read("2021-03-06T00:00:00Z", "none@2021-03-01T00:00:00Z"));
    }

    @Test
    void momentOfThePatchIsTheFirstRecordOfTheFixedBuild() {
        Posture posture = read("2021-03-09T00:00:00Z", "15.1.2176.2@2021-03-01T00:00:00Z",
                "15.1.2176.2@2021-03-05T10:00:00Z", "15.1.2176.9@2021-03-05T12:00:00Z", "15.1.2176.9@2021-03-08T00:00:00Z");

        assertEquals(Optional.of(Instant.parse("2021-03-05T12:00:00Z")), posture.patchedAt());
        assertEquals(PatchState.PATCHED, posture.patchState());
        assertEquals(List.of("15.1.2176.2 2021-03-01T00:00:00Z 2021-03-05T10:00:00Z",
                "15.1.2176.9 2021-03-05T12:00:00Z 2021-03-08T00:00:00Z"),
                posture.builds().stream().map(b -> b.build() + " " + b.from() + " " + b.to()).toList());
        assertEquals(Optional.of(new Posture.Exposure(Instant.parse("2021-03-01T00:00:00Z"),
                Optional.of(Instant.parse("2021-03-05T12:00:00Z")),
                "The server lacked the fix for ProxyLogon (CVE-2021-26855) until an update came.")),
                posture.exposed());
    }

    @Test
    void serverThatWasPatchedAllTheTimeHasNoMomentOfIt() {
        Posture posture = read("2021-03-09T00:00:00Z", "15.1.2176.9@2021-03-01T00:00:00Z");

        assertEquals(Optional.empty(), posture.patchedAt());
        assertEquals(Optional.empty(), posture.exposed());
    }

    @Test
    void buildThatNobodyKnowsIsNoUnpatchedOne() {
        Posture posture = read("2021-03-09T00:00:00Z", "99.1.1.1@2021-03-01T00:00:00Z",
                "15.1.2176.9@2021-03-05T00:00:00Z");

        assertEquals(Optional.empty(), posture.patchedAt());
    }

    @Test
    void buildsThatContradictEachOtherAtOneMomentGiveTheSameAnswerAlways() {
        List<Sighting> all = sightings("15.1.2176.9@2021-03-05T00:00:00Z",
                "15.1.2176.2@2021-03-05T00:00:00Z", "15.1.2176.2@2021-03-04T00:00:00Z", "15.2.792.3@2021-03-05T00:00:00Z");
        Posture expected = read(all, Optional.empty());
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            List<Sighting> shuffled = new ArrayList<>(all);
            Collections.shuffle(shuffled, random);
            assertEquals(expected, read(shuffled, Optional.empty()), "seed " + seed);
        }
    }

    @Test
    void componentThatLagsBehindTheUpdateDoesNotUnpatchTheServer() {
        Posture posture = read("2021-03-09T00:00:00Z", "15.1.2176.2@2021-03-01T00:00:00Z",
                "15.1.2176.9@2021-03-05T12:00:00Z", "15.1.2176.2@2021-03-05T12:00:30Z", "15.1.2176.9@2021-03-06T00:00:00Z");

        assertEquals(Optional.of(Instant.parse("2021-03-05T12:00:00Z")), posture.patchedAt());
        assertEquals(PatchState.PATCHED, posture.patchState());
    }

    @Test
    void everyBuildOfTheTableIsJudgedAsItsRowSays() {
        BuildTable table = BuildTable.bundled();
        BuildTable.Flaw first = table.flaws().get(0);

        assertEquals(Optional.of(false), table.fixes(Build.parse("15.1.2106.2").orElseThrow(), first));
        assertEquals(Optional.of(true), table.fixes(Build.parse("15.1.2106.13").orElseThrow(), first));
        assertEquals(Optional.of(false), table.fixes(Build.parse("15.1.2106.5").orElseThrow(), first));
        assertEquals(Optional.empty(), table.fixes(Build.parse("15.9.1.1").orElseThrow(), first));
        assertEquals(Optional.empty(), Build.parse("15.1.2106"));
        assertEquals("15.1.2106", Build.parseAny("15.1.2106").orElseThrow().toString());
        assertEquals(Optional.empty(), Build.parse("15.1.2106.2; DROP"));
        assertEquals(Optional.empty(), Build.parse("15.1.9999999999.2"));
    }
}
