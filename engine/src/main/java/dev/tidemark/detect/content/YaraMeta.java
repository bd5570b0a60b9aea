package dev.tidemark.detect.content;

import dev.tidemark.detect.RuleInfo;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Severity;
import dev.tidemark.model.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a YARA rule says of itself, by the names that are in use: {@code severity} or {@code score} (of 100),
 * {@code description}, {@code reference}, {@code id}, and ours: {@code title}, {@code stage}, {@code outcome},
 * {@code sentence}, {@code falsepositives}.
 */
final class YaraMeta {
    private static final int HIGH_SCORE = 75;
    private static final int MEDIUM_SCORE = 60;
    private static final Pattern CVE = Pattern.compile("(?i)cve[-_.](\\d{4})[-_.](\\d{4,})");
    private static final Pattern TECHNIQUE = Pattern.compile("(?i)\\b(t\\d{4}(?:\\.\\d{3})?)\\b");

    private YaraMeta() {}

    static RuleInfo info(YaraRule rule, String file, String sha256) {
        Map<String, String> meta = rule.meta();
        String all = rule.name() + " " + String.join(" ", rule.tags()) + " " + meta;
        String description = meta.getOrDefault("description", "");
        String title = meta.getOrDefault("title", description.isEmpty() ? rule.name().replace('_', ' ') : description);
        boolean shell = all.toLowerCase(Locale.ROOT).matches("(?s).*web[-_ ]?shell.*");
        Stage stage = Optional.ofNullable(meta.get("stage")).flatMap(Stage::of)
                .orElse(shell ? Stage.WEBSHELL : Stage.POST_EXPLOITATION);
        Outcome outcome = Optional.ofNullable(meta.get("outcome")).flatMap(Outcome::of).orElse(Outcome.UNKNOWN);
        String sentence = meta.getOrDefault("sentence", "{Path} holds what a rule for files looks for: " + title);
        return new RuleInfo(file + ":" + rule.name(), meta.getOrDefault("id", ""), title, description, severity(meta),
                stage, outcome, found(all, CVE, m -> "CVE-" + m.group(1) + "-" + m.group(2)),
                found(all, TECHNIQUE, m -> m.group(1).toUpperCase(Locale.ROOT)), texts(meta, "falsepositives"),
                texts(meta, "reference"), sentence, List.of("Path", "Size", "Modified", "Kind", "ProductPage"),
                List.of("web-file", "file-system"), sha256);
    }

    private static Severity severity(Map<String, String> meta) {
        Optional<Severity> said = Optional.ofNullable(meta.get("severity")).flatMap(Severity::of);
        if (said.isPresent()) {
            return said.get();
        }
        try {
            int score = Integer.parseInt(meta.getOrDefault("score", String.valueOf(MEDIUM_SCORE)));
            return score >= HIGH_SCORE ? Severity.HIGH : score >= MEDIUM_SCORE ? Severity.MEDIUM : Severity.LOW;
        } catch (NumberFormatException e) {
            return Severity.MEDIUM;
        }
    }

    private static List<String> texts(Map<String, String> meta, String key) {
        return Optional.ofNullable(meta.get(key)).map(List::of).orElse(List.of());
    }

    private static List<String> found(String text, Pattern form, java.util.function.Function<Matcher, String> write) {
        List<String> all = new ArrayList<>();
        Matcher each = form.matcher(text);
        while (each.find()) {
            String written = write.apply(each);
            if (!all.contains(written)) {
                all.add(written);
            }
        }
        return all;
    }
}
