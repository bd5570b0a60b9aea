package dev.tidemark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.model.Finding;
import dev.tidemark.model.Interval;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Stage;
import dev.tidemark.report.TimelinePlot.Band;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PicturesTest {
    private static final Instant DAY = Samples.DAY;

    private static Finding at(long seconds, Severity severity, Stage stage) {
        return Samples.finding("at" + seconds, "web01", severity, stage, DAY.plusSeconds(seconds));
    }

    private static String golden(String name) throws IOException {
        try (InputStream in = PicturesTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theTimelineLooksAsAgreed() throws IOException {
        List<Finding> findings = List.of(at(0, Severity.LOW, Stage.PROBE), at(36_000, Severity.HIGH, Stage.EXPLOIT),
                at(36_060, Severity.CRITICAL, Stage.EXPLOIT), at(80_000, Severity.INFORMATIONAL, Stage.WEBSHELL));
        TimeAxis axis = TimeAxis.around(DAY, DAY.plusSeconds(86_400));
        Anchors anchors = new Anchors();
        anchors.add(findings.subList(2, 3));
        StringWriter out = new StringWriter();
        new TimelinePlot("t", axis, findings, List.of(new Band(new Interval(DAY, DAY.plusSeconds(40_000)), true),
                new Band(new Interval(DAY.plusSeconds(40_000), DAY.plusSeconds(86_400)), false)), anchors)
                .draw(new Html(out), "Findings over time");
        assertEquals(golden("timeline.svg"), out.toString());
    }

    @Test
    void theCoverageLooksAsAgreed() throws IOException {
        StringWriter out = new StringWriter();
        CoveragePlot.draw(new Html(out), Samples.small().hosts().get(0), "c");
        assertEquals(golden("coverage.svg"), out.toString());
    }

    @ParameterizedTest
    @CsvSource({"2, 1", "60, 15", "3600, 600", "86400, 10800", "604800, 86400", "31536000, 7776000"})
    void ticksStandAtTimesThatPeopleName(long seconds, long mostStep) {
        List<TimeAxis.Tick> ticks = new TimeAxis(DAY, DAY.plusSeconds(seconds)).ticks();
        assertTrue(ticks.size() >= 2 && ticks.size() <= 11, ticks.toString());
        assertTrue(!ticks.get(0).context().isEmpty(), "the first says which day or year");
        for (int i = 1; i < ticks.size(); i++) {
            assertTrue(ticks.get(i).x() > ticks.get(i - 1).x());
        }
        assertTrue(seconds / (ticks.size() - 1.0) <= 12 * mostStep, "a step of use: " + ticks);
    }

    @Test
    void aTimeOutsideTheAxisStandsAtItsEnd() {
        TimeAxis axis = TimeAxis.around(DAY, DAY.plusSeconds(60));
        assertEquals(axis.x(axis.from()), axis.x(DAY.minus(Duration.ofDays(4_000))));
        assertEquals(axis.x(axis.to()), axis.x(DAY.plus(Duration.ofDays(4_000))));
    }

    @Test
    void marksTellHowManyTheyStandFor() {
        List<Finding> findings = IntStream.range(0, 1_500).mapToObj(i -> at(0, Severity.HIGH, Stage.EXPLOIT)).toList();
        StringWriter out = new StringWriter();
        new TimelinePlot("t", TimeAxis.around(DAY, DAY), findings, List.of(), new Anchors())
                .draw(new Html(out), "x");
        assertTrue(out.toString().contains(">1k</text>"), out.toString());
        assertTrue(out.toString().contains("1,500 findings"), out.toString());
    }

    @Test
    void burstsAreWhatIsShortAndDense() {
        List<Finding> findings = new ArrayList<>();
        findings.add(at(0, Severity.HIGH, Stage.EXPLOIT));
        IntStream.range(0, 6).forEach(i -> findings.add(at(100_000 + i, Severity.HIGH, Stage.EXPLOIT)));
        IntStream.range(0, 9).forEach(i -> findings.add(at(300_000 + i, Severity.LOW, Stage.PROBE)));
        TimeAxis week = TimeAxis.around(DAY, DAY.plusSeconds(604_800));
        List<List<Finding>> bursts = Bursts.of(findings, week);
        assertEquals(1, bursts.size(), "neither a single act nor what accuses nobody");
        assertEquals(6, bursts.get(0).size());
        assertEquals(List.of(), Bursts.of(findings, TimeAxis.around(DAY.plusSeconds(100_000), DAY.plusSeconds(100_009))),
                "no close-up of what is seen as it is");
    }

    @Test
    void everyKindOfTimelinePointIsCountedOnce() {
        List<Finding> findings = Samples.many(3_000).findings();
        Kinds kinds = new Kinds(findings);
        for (int most : List.of(3_000, 700, 40)) {
            TimelineData data = new TimelineData(findings, kinds, new Anchors(), most);
            String json = data.json(TimeAxis.around(DAY, DAY.plusSeconds(604_800)), List.of()).json();
            String counts = json.replaceAll(".*\"count\":\\[([0-9,]*)\\].*", "$1");
            int points = json.replaceAll(".*\"kind\":\\[([0-9,]*)\\].*", "$1").split(",").length;
            long counted = counts.isEmpty() ? points
                    : List.of(counts.split(",")).stream().mapToLong(Long::parseLong).sum();
            assertEquals(3_000, counted, "of at most " + most + " points");
            assertEquals(most == 3_000, data.step() == 0);
        }
    }

    @Test
    void manyActorsBecomeTheLoudestAndOthers() {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Finding f = at(i, Severity.LOW, Stage.PROBE);
            findings.add(new Finding(f.id(), f.host(), f.rule(), "", f.title(), f.severity(), f.stage(), f.outcome(),
                    f.cves(), f.techniques(), f.time(), f.source(), f.place(), "10.0.0." + i * i % 251, "", "", "",
                    f.fields(), ""));
        }
        Kinds kinds = new Kinds(findings);
        assertEquals(Kinds.MOST_ACTORS + 1, kinds.actors().size());
        assertEquals(500, kinds.actors().values().stream().mapToInt(Integer::intValue).sum());
        assertEquals(kinds.all().size(), new HashSet<>(kinds.all()).size());
    }
}
