package dev.tidemark.report;

import dev.tidemark.model.Sentence;
import java.util.List;

/** The links from a sentence to the records that it rests on. */
final class References {
    private static final int LINKS = 6;

    private References() {}

    static void write(Html html, Sentence sentence, Anchors anchors) {
        List<Anchors.Entry> entries = sentence.findings().stream().distinct()
                .flatMap(id -> anchors.of(id).stream()).limit(LINKS).toList();
        if (entries.isEmpty()) {
            return;
        }
        html.open("span", "class", "refs").text(" ");
        for (Anchors.Entry entry : entries) {
            html.element("a", entry.label(), "href", "#" + entry.elementId(), "aria-label",
                    "Finding " + entry.number()).text(" ");
        }
        int more = sentence.findings().size() - entries.size();
        html.text(more > 0 ? "and " + Words.number(more) + " more" : "").close();
    }
}
