package dev.tidemark.correlate;

import dev.tidemark.model.Finding;
import dev.tidemark.model.Sentence;
import dev.tidemark.model.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Tells an episode: first a sentence for each run of like findings, in order of time; then what the findings do not show
 * but was inferred to put them together, each sentence marked so.
 */
final class StoryTeller {
    /** Why a finding was counted to an episode that nothing in it names. */
    enum Why {
        /** It names no address and was written within {@link Correlator#SAME_ACT} of an act. */
        TIME,
        /** It came after a door was opened, and no later one is known. */
        DOOR
    }

    private StoryTeller() {}

    /** @param inferred by id: findings that no key joins to their episode */
    static List<Sentence> tell(List<Finding> findings, Map<String, Why> inferred) {
        List<Sentence> story = new ArrayList<>();
        for (List<List<Finding>> likes : runs(findings)) {
            story.add(new Sentence(likes.get(0).get(0).summary() + times(likes),
                    likes.stream().flatMap(List::stream).map(Finding::id).toList()));
        }
        byTime(findings, inferred).ifPresent(story::add);
        byDoor(findings, inferred, story);
        return story;
    }

    /** Runs of what one rule says of one client and page; those of several rules that say the same together. */
    private static Collection<List<List<Finding>>> runs(List<Finding> findings) {
        Map<String, List<Finding>> runs = new LinkedHashMap<>();
        for (Finding f : findings) {
            if (told(f)) {
                runs.computeIfAbsent(f.rule() + "|" + f.clientIp() + "|" + Keys.page(f).orElse(""), k -> new ArrayList<>())
                        .add(f);
            }
        }
        Map<String, List<List<Finding>>> same = new LinkedHashMap<>();
        runs.values().forEach(run -> same.computeIfAbsent(run.get(0).summary(), k -> new ArrayList<>()).add(run));
        return same.values();
    }

    /** Each rule counts the acts that its log shows: several logs tell of the same acts, not of more. */
    private static String times(List<List<Finding>> likes) {
        int most = likes.stream().mapToInt(List::size).max().orElse(0);
        return most == 1 ? "" : " This happened " + most + " times.";
    }

    private static Optional<Sentence> byTime(List<Finding> findings, Map<String, Why> inferred) {
        List<Finding> near = findings.stream().filter(f -> inferred.get(f.id()) == Why.TIME && told(f)).toList();
        if (near.isEmpty()) {
            return Optional.empty();
        }
        String what = near.size() == 1 ? "one finding names no address and is counted to this intrusion because it was"
                : near.size() + " findings name no address and are counted to this intrusion because they were";
        return Optional.of(inferred(what + " written within " + Correlator.SAME_ACT.toMinutes()
                + " minutes of another act of it.", near));
    }

    private static void byDoor(List<Finding> findings, Map<String, Why> inferred, List<Sentence> story) {
        Map<String, List<Finding>> byClient = new TreeMap<>();
        findings.stream().filter(f -> inferred.get(f.id()) == Why.DOOR && told(f)).forEach(f -> byClient.computeIfAbsent(
                Addresses.names(f.clientIp()) ? f.clientIp() : "", k -> new ArrayList<>()).add(f));
        byClient.forEach((client, after) -> story.add(inferred(client.isEmpty()
                ? (after.size() == 1 ? "what one finding shows" : "what " + after.size() + " findings show")
                        + " was done on the server after this intrusion had opened it, and no other way in is known."
                : client + " belongs to this intrusion because it worked with a page that was left in it.", after)));
    }

    private static boolean told(Finding f) {
        return f.severity() != Severity.INFORMATIONAL;
    }

    private static Sentence inferred(String text, List<Finding> of) {
        return Sentence.inferred(text, of.stream().map(Finding::id).toList());
    }
}
