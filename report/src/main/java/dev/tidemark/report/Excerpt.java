package dev.tidemark.report;

import dev.tidemark.model.Finding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A record with the parts marked that its finding rests on: strongly what the finding's sentence names, faintly what
 * else its rule looked at. A value that stands in the record more often than the rule has fields with it is marked
 * nowhere rather than in the wrong place, unless it is long enough to be no accident.
 */
final class Excerpt {
    /** From this length on, a value that occurs again is the same thing. */
    private static final int LONG = 6;
    private static final int MOST_PLACES = 6;
    private static final int SHORTEST_IN_SENTENCE = 3;

    private record Part(int from, int to, String field, boolean strong) {}

    private final String text;
    private final String sentence;
    private final Collection<String> values;
    private final List<Part> parts = new ArrayList<>();

    private Excerpt(Finding finding) {
        this.text = finding.excerpt().length() <= Finding.EXCERPT_CHARS ? finding.excerpt()
                : finding.excerpt().substring(0, Finding.EXCERPT_CHARS);
        this.sentence = finding.summary();
        this.values = finding.fields().values();
        Map<String, List<String>> byValue = new HashMap<>();
        finding.fields().forEach((field, value) -> byValue.computeIfAbsent(value, k -> new ArrayList<>()).add(field));
        byValue.forEach((value, fields) -> find(value, fields));
    }

    static void write(Html html, Finding finding) {
        Excerpt excerpt = new Excerpt(finding);
        html.open("pre");
        int at = 0;
        for (Part part : excerpt.inOrder()) {
            html.text(excerpt.text.substring(at, part.from));
            html.element(part.strong ? "mark" : "span", excerpt.text.substring(part.from, part.to), "class",
                    part.strong ? "telling" : "read", "title", Words.clip(part.field, Words.NAME));
            at = part.to;
        }
        html.text(excerpt.text.substring(at));
        if (excerpt.text.length() >= Finding.EXCERPT_CHARS) {
            html.element("span", "\u2026 cut at " + Words.number(Finding.EXCERPT_CHARS) + " characters", "class",
                    "cut");
        }
        html.close();
    }

    private void find(String value, Collection<String> fields) {
        boolean strong = value.length() >= SHORTEST_IN_SENTENCE && sentence.contains(value);
        if (value.isBlank() || !strong && holdsOthers(value)) {
            return;
        }
        for (String written : List.of(value, value.replace("\"", "\"\""), value.replace("'", "''"))) {
            List<Integer> places = places(written);
            if (!places.isEmpty() && (written.length() >= LONG || places.size() <= fields.size())) {
                String name = String.join(", ", fields);
                places.forEach(at -> parts.add(new Part(at, at + written.length(), name, strong)));
                return;
            }
        }
    }

    /** A column that holds others, such as an event's data, would mark everything. */
    private boolean holdsOthers(String value) {
        return values.stream().filter(other -> other.length() >= LONG && !other.equals(value) && value.contains(other))
                .count() > 1;
    }

    /** Where the value stands by itself, not as a part of a longer word or number. */
    private List<Integer> places(String value) {
        List<Integer> places = new ArrayList<>();
        for (int at = text.indexOf(value); at >= 0 && places.size() < MOST_PLACES; at = text.indexOf(value, at + 1)) {
            if (!inWord(at, at - 1) && !inWord(at + value.length() - 1, at + value.length())) {
                places.add(at);
            }
        }
        return places;
    }

    private boolean inWord(int inside, int outside) {
        return outside >= 0 && outside < text.length() && Character.isLetterOrDigit(text.charAt(inside))
                && Character.isLetterOrDigit(text.charAt(outside));
    }

    /** Without overlaps: strong before faint, long before short. */
    private List<Part> inOrder() {
        List<Part> kept = new ArrayList<>();
        parts.stream().sorted(Comparator.comparing((Part p) -> !p.strong).thenComparing(p -> p.from - p.to)
                .thenComparing(Part::from).thenComparing(Part::field)).forEach(part -> {
                    if (kept.stream().allMatch(other -> part.to <= other.from || other.to <= part.from)) {
                        kept.add(part);
                    }
                });
        kept.sort(Comparator.comparing(Part::from));
        return kept;
    }
}
