package dev.tidemark.correlate;

import dev.tidemark.model.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How far the clocks of two sources are apart, by requests that both have logged under the same id. A request is logged
 * when it ends, by each source within moments of the other.
 */
public final class Skew {
    private static final int FEWEST = 3;
    private static final Duration USUAL = Duration.ofSeconds(2);

    private Skew() {}

    /** A sentence for each two sources whose clocks differ; none if they agree, or share too few requests. */
    public static List<String> of(List<Finding> findings) {
        Map<String, Map<String, Instant>> byRequest = new TreeMap<>();
        for (Finding f : findings) {
            f.time().ifPresent(time -> Keys.request(f).ifPresent(id ->
                    byRequest.computeIfAbsent(id, r -> new TreeMap<>()).merge(f.source(), time, Skew::earlier)));
        }
        Map<String, List<Long>> millis = new TreeMap<>();
        for (Map<String, Instant> request : byRequest.values()) {
            List<String> sources = List.copyOf(request.keySet());
            for (int i = 0; i < sources.size(); i++) {
                for (int j = i + 1; j < sources.size(); j++) {
                    String first = sources.get(i);
                    String second = sources.get(j);
                    millis.computeIfAbsent(first + " " + second, p -> new ArrayList<>())
                            .add(Duration.between(request.get(first), request.get(second)).toMillis());
                }
            }
        }
        List<String> said = new ArrayList<>();
        millis.forEach((pair, all) -> {
            Duration apart = Duration.ofMillis(median(all));
            if (all.size() >= FEWEST && apart.abs().compareTo(USUAL) > 0) {
                said.add(sentence(pair.split(" "), apart, all.size()));
            }
        });
        return said;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static long median(List<Long> all) {
        List<Long> sorted = all.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static String sentence(String[] sources, Duration apart, int requests) {
        String ahead = sources[apart.isNegative() ? 0 : 1];
        String behind = sources[apart.isNegative() ? 1 : 0];
        return String.format(Locale.ROOT, "The clock of %s is %.1f s ahead of that of %s (median of %d requests that both"
                + " logged): times of the two are not to be compared to the second.", ahead, apart.abs().toMillis() / 1000.0,
                behind, requests);
    }
}
