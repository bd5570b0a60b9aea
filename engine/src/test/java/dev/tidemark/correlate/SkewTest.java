package dev.tidemark.correlate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.model.Finding;
import dev.tidemark.testing.Findings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SkewTest {
    private static final Instant START = Instant.parse("2021-03-03T04:00:00Z");

    /** The same requests in both sources, those of IIS later by so many seconds. */
    private static List<Finding> requests(int count, long... later) {
        List<Finding> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Instant time = START.plusSeconds(60L * i);
            all.add(Findings.of("h" + i).source("httpproxy").fields(Map.of("RequestId", "id-" + i)).time(time.toString()).made());
            all.add(Findings.of("i" + i).source("iis").fields(Map.of("cafeReqId", "ID-" + i))
                    .time(time.plusSeconds(later[i % later.length]).toString()).made());
        }
        return all;
    }

    @Test
    void clocksThatDifferAreSaidWithWhichIsAhead() {
        assertEquals(List.of("The clock of iis is 37.0 s ahead of that of httpproxy (median of 5 requests that both logged):"
                + " times of the two are not to be compared to the second."), Skew.of(requests(5, 37)));
        assertTrue(Skew.of(requests(5, -90)).get(0).startsWith("The clock of httpproxy is 90.0 s ahead of that of iis"));
    }

    @Test
    void requestThatTookLongIsNoClock() {
        assertEquals(List.of(), Skew.of(requests(5, 0, 1, 0, 0, 300)));
    }

    @Test
    void twoRequestsAreTooFewToTell() {
        assertEquals(List.of(), Skew.of(requests(2, 37)));
    }

    @Test
    void requestsOfOneSourceTellNothing() {
        assertEquals(List.of(), Skew.of(List.of()));
        assertEquals(List.of(), Skew.of(requests(5, 37).stream().filter(f -> f.source().equals("iis")).toList()));
    }
}
