package dev.tidemark.detect;

import dev.tidemark.bytes.Uris;
import dev.tidemark.read.Record;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs the examples beside the rules: {@code <rule>.test.yml} holds the lists {@code hit} and {@code miss} of records
 * by field, each with {@code why}. A hit must also pass the filter before the rules, or it would never be seen.
 */
public final class RuleTests {
    /** @param failures what did not come out as written; empty if the rule is as good as its examples */
    public record Result(String rule, int hits, int misses, List<String> failures) {
        public Result {
            failures = List.copyOf(failures);
        }
    }

    private final RuleOptions options;

    public RuleTests(RuleOptions options) {
        this.options = options;
    }

    /** One result for each rule that can run, in their order. @throws RuleException if a rule or test file is broken */
    public List<Result> run(List<RuleSource> rules, List<RuleSource> tests) throws RuleException {
        Map<String, RuleSource> byName = new LinkedHashMap<>();
        tests.forEach(t -> byName.put(t.name(), t));
        List<Result> results = new ArrayList<>();
        for (RuleSource rule : rules) {
            RuleSet alone = RuleSet.load(List.of(rule), options);
            RuleSource test = byName.get(rule.name().replaceAll("\\.yml$", ".test.yml"));
            if (alone.unrun().isEmpty()) {
                results.add(test == null
                        ? new Result(rule.fileName(), 0, 0, List.of("no test file stands beside it"))
                        : run(rule, alone, test));
            }
        }
        return results;
    }

    private Result run(RuleSource rule, RuleSet alone, RuleSource test) throws RuleException {
        Faults faults = new Faults();
        List<Yaml> documents = Yaml.documents(test, faults);
        if (!faults.isEmpty() || documents.size() != 1 || !(documents.get(0) instanceof Yaml.Mapping cases)) {
            faults.at(test.name(), 1, "expected one map with the lists 'hit' and 'miss'");
            throw new RuleException(faults.messages());
        }
        List<String> failures = new ArrayList<>();
        int hits = examples(cases, "hit", alone, test, failures);
        int misses = examples(cases, "miss", alone, test, failures);
        return new Result(rule.fileName(), hits, misses, failures);
    }

    private int examples(Yaml.Mapping cases, String list, RuleSet alone, RuleSource test, List<String> failures) {
        List<Yaml> items = cases.get(list).map(Yaml::items).orElse(List.of());
        if (items.isEmpty()) {
            failures.add(test.name() + ": the list '" + list + "' is empty");
        }
        String source = alone.infos().get(0).sources().get(0);
        for (Yaml item : items) {
            Example example = new Example(source, item, options.fieldMap());
            List<Match> matches = new ArrayList<>();
            alone.evaluate(example, matches::add);
            String where = test.name() + ":" + item.line() + ": " + example.fields.getOrDefault("why", "?");
            if (matches.isEmpty() == list.equals("hit")) {
                failures.add(where + (list.equals("hit") ? ": the rule does not match" : ": the rule matches"));
            } else if (list.equals("hit") && !alone.wakes(source, example.text())) {
                failures.add(where + ": the filter before the rules lets the line pass by");
            }
        }
        return items.size();
    }

    /** A record made of a test's fields. */
    private static final class Example implements Record {
        private final String source;
        private final FieldMap fieldMap;
        private final Map<String, String> fields = new LinkedHashMap<>();

        Example(String source, Yaml item, FieldMap fieldMap) {
            this.source = source;
            this.fieldMap = fieldMap;
            if (item instanceof Yaml.Mapping map) {
                for (Yaml.Entry entry : map.entries()) {
                    if (entry.value() instanceof Yaml.Text text) {
                        fields.put(entry.key().toLowerCase(Locale.ROOT), text.text());
                    }
                }
            }
        }

        @Override
        public String source() {
            return source;
        }

        @Override
        public long line() {
            return 1;
        }

        @Override
        public Optional<Instant> time() {
            return Optional.ofNullable(fields.get("time")).map(Instant::parse);
        }

        @Override
        public Optional<String> value(String field) {
            return switch (field) {
                case "why" -> Optional.empty();
                // readers derive it; an example need not say it twice
                case "client" -> Stream.of("client", "c-ip", "clientipaddress").map(fields::get)
                        .filter(Objects::nonNull).findFirst();
                default -> Optional.ofNullable(fields.get(field.toLowerCase(Locale.ROOT)));
            };
        }

        @Override
        public List<String> spellings(String field) {
            return value(field).map(v -> fieldMap.isUri(field) ? Uris.spellings(v) : List.of(v)).orElse(List.of());
        }

        @Override
        public List<String> fields() {
            return List.copyOf(fields.keySet());
        }

        @Override
        public String text() {
            Map<String, String> shown = new LinkedHashMap<>(fields);
            shown.remove("why");
            return String.join(" ", shown.values());
        }
    }
}
