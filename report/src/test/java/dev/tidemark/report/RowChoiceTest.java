package dev.tidemark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Finding;
import dev.tidemark.model.Sentence;
import dev.tidemark.model.VerdictClass;
import dev.tidemark.report.RowChoice.Groups;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowChoiceTest {
    private static List<Groups> choose(CaseResult result, long bytes) {
        List<HostView> views = HostView.of(result);
        List<Claims> claims = views.stream().map(view -> new Claims(view, new Room(1_000_000))).toList();
        return RowChoice.choose(views, claims, new Room(bytes));
    }

    @Test
    void whatIsSaidHasItsRowAndEachRuleItsFirstAndLast() {
        CaseResult many = Samples.many(5_000);
        CaseResult said = new CaseResult(List.of(Samples.host("web01", "", VerdictClass.COMPROMISED,
                List.of(new Sentence("This one.", List.of("web01-2345"))))), many.findings(), many.episodes(),
                many.run());
        List<String> ids = choose(said, 10_000_000).get(0).of().stream().flatMap(g -> g.shown().stream())
                .map(Finding::id).toList();
        for (String id : List.of("web01-2345", "web01-0", "web01-4990", "web01-1", "web01-4999")) {
            assertTrue(ids.contains(id), id);
        }
        assertTrue(ids.size() < 200, "not all of them");
    }

    @Test
    void littleRoomIsSharedFairly() {
        CaseResult many = Samples.many(List.of("web01", "web02", "web03"), 100);
        long room = 12 * FindingsTable.bytes(many.findings().get(0)) + 100;
        List<Groups> groups = choose(many, room);
        for (Groups each : groups) {
            assertEquals(4, each.shown(), "of two rules the first and the last");
            assertEquals(100, each.of().stream().mapToInt(FindingGroup::count).sum(), "all are counted");
        }
    }

    @Test
    void noMoreRowsThanAnybodyReads() {
        List<String> hosts = IntStream.range(0, 40).mapToObj(i -> "web" + i).toList();
        int rows = choose(Samples.many(hosts, 100), 100_000_000).stream().mapToInt(Groups::shown).sum();
        assertEquals(RowChoice.MOST_ROWS, rows);
    }

    @Test
    void sharesLeaveToOthersWhatTheyDoNotNeed() {
        assertEquals(List.of(10, 45, 45), Shares.of(List.of(10, 900, 60), 100));
        assertEquals(List.of(1, 2), Shares.of(List.of(1, 2), 100));
        assertEquals(List.of(), Shares.of(List.of(), 5));
    }
}
