package dev.tidemark.report;

import dev.tidemark.model.Episode;
import dev.tidemark.model.Sentence;
import dev.tidemark.model.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sentences of one host that the page says, each with an element id to link back to. Of very many it keeps the
 * first and the last, and knows how many it left out.
 */
final class Claims {
    private static final int REASONS = 40;
    private static final int EPISODES = 25;
    private static final int STEPS_AT_BEGIN = 40;
    private static final int STEPS_AT_END = 20;
    private static final int MARKUP_BYTES = 900;

    /** @param label how a record names it when it links back: {@code E1, step 4} */
    record Claim(String elementId, String label, Sentence sentence) {}

    /** @param leftOut sentences between the first and the last that are not shown */
    record Told(Episode episode, List<Claim> begin, int leftOut, List<Claim> end) {
        List<Claim> all() {
            List<Claim> all = new ArrayList<>(begin);
            all.addAll(end);
            return all;
        }
    }

    private final List<Claim> reasons = new ArrayList<>();
    private final Map<String, Told> stories = new LinkedHashMap<>();
    private final int reasonsLeftOut;
    private final int episodesLeftOut;

    Claims(HostView view, Room room) {
        List<Sentence> why = view.host().verdict().why();
        for (Sentence sentence : why.subList(0, Math.min(REASONS, why.size()))) {
            int number = reasons.size() + 1;
            add(reasons, new Claim(view.id("why-" + number), "verdict, reason " + number, sentence), room);
        }
        this.reasonsLeftOut = why.size() - reasons.size();
        Set<Episode> worst = view.episodes().stream()
                .sorted(Comparator.comparing(Episode::severity, Comparator.<Severity>naturalOrder().reversed()))
                .limit(EPISODES).collect(Collectors.toSet());
        for (Episode episode : view.episodes()) {
            if (worst.contains(episode)) {
                stories.putIfAbsent(episode.id(), told(view, episode, room));
            }
        }
        this.episodesLeftOut = view.episodes().size() - stories.size();
    }

    private Told told(HostView view, Episode episode, Room room) {
        String prefix = view.id("e" + (stories.size() + 1) + "-step-");
        List<Sentence> story = episode.story();
        int atEnd = story.size() <= STEPS_AT_BEGIN + STEPS_AT_END ? story.size() : story.size() - STEPS_AT_END;
        List<Claim> begin = new ArrayList<>();
        List<Claim> end = new ArrayList<>();
        for (int i = 0; i < story.size(); i++) {
            boolean early = i < STEPS_AT_BEGIN || atEnd == story.size();
            if (early || i >= atEnd) {
                add(early ? begin : end, new Claim(prefix + (i + 1),
                        Words.clip(episode.id(), Words.NAME) + ", step " + (i + 1), story.get(i)), room);
            }
        }
        return new Told(episode, begin, story.size() - begin.size() - end.size(), end);
    }

    private static void add(List<Claim> claims, Claim claim, Room room) {
        if (room.take(Html.bytes(Words.clip(claim.sentence().text())) + MARKUP_BYTES)) {
            claims.add(claim);
        }
    }

    List<Claim> reasons() {
        return reasons;
    }

    int reasonsLeftOut() {
        return reasonsLeftOut;
    }

    /** By episode, in the order of their first act. */
    List<Told> stories() {
        return List.copyOf(stories.values());
    }

    int episodesLeftOut() {
        return episodesLeftOut;
    }

    List<Claim> all() {
        List<Claim> all = new ArrayList<>(reasons);
        stories.values().forEach(told -> all.addAll(told.all()));
        return all;
    }
}
