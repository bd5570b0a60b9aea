package dev.tidemark.report;

import dev.tidemark.model.Finding;
import dev.tidemark.report.Claims.Claim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which findings have a row in the page, under which element id and number, and which sentences rest on them. A
 * sentence may rest on a finding without a row (of very many, or of a case put together by hand): it then has no link
 * rather than a dead one.
 */
final class Anchors {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final Map<String, Entry> entries = new HashMap<>();
    private final Map<String, List<Claim>> claims = new HashMap<>();
    private int rows;

    /** @param number counts findings over the whole page, from 1 */
    record Entry(String elementId, int number, Finding finding) {
        String label() {
            return "F" + number;
        }
    }

    /** Findings are numbered in the order in which they are added; of two with the same id only the first counts. */
    void add(List<Finding> shown) {
        for (Finding finding : shown) {
            int number = ++rows;
            String name = SAFE.matcher(finding.id()).matches() ? "f-" + finding.id() : "f--" + number;
            entries.putIfAbsent(finding.id(), new Entry(name, number, finding));
        }
    }

    void cite(Claim claim) {
        for (String id : claim.sentence().findings()) {
            if (entries.containsKey(id)) {
                claims.computeIfAbsent(id, k -> new ArrayList<>()).add(claim);
            }
        }
    }

    Optional<Entry> of(String findingId) {
        return Optional.ofNullable(entries.get(findingId));
    }

    /** The sentences that rest on the finding, in the order of the page. */
    List<Claim> claims(String findingId) {
        return claims.getOrDefault(findingId, List.of());
    }
}
