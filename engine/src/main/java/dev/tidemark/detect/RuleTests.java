package dev.tidemark.detect;

import dev.tidemark.model.Place;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the examples beside the rules: {@code <rule>.test.yml} holds the lists {@code hit} and {@code miss} of records
 * by field, each with {@code why}. A hit must also pass the filter before the rules, or it would never be seen. An event
 * need not name its channel and id where the rule's logsource leaves no choice. An example of a correlation rule holds a
 * list {@code records}, each with its {@code time}.
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
            RuleSource test = byName.get(rule.name().replaceAll("\\.(ya?ml)$", ".test.$1"));
            if (alone.unrun().isEmpty() && !alone.infos().isEmpty()) {
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
        boolean hit = list.equals("hit");
        for (Yaml item : items) {
            Yaml.Mapping fields = item instanceof Yaml.Mapping map ? map : new Yaml.Mapping(List.of(), item.line());
            String where = test.name() + ":" + item.line() + ": " + fields.text(Example.WHY).orElse("?");
            List<Yaml> sequence = fields.get("records").map(Yaml::items).orElse(List.of());
            boolean matches = sequence.isEmpty() ? one(alone, fields, hit, where, failures) : all(alone, sequence);
            if (matches != hit) {
                failures.add(where + (hit ? ": the rule does not match" : ": the rule matches"));
            }
        }
        return items.size();
    }

    /** One record: does a rule match that is a finding of its own? */
    private boolean one(RuleSet alone, Yaml.Mapping fields, boolean hit, String where, List<String> failures) {
        Example example = Example.of(fields, alone, options.fieldMap());
        List<Match> matches = new ArrayList<>();
        alone.evaluate(example, matches::add);
        boolean binary = example.source().equals(FieldMapReader.EVENT_LOG);
        if (hit && !matches.isEmpty() && !binary && !alone.wakes(example.source(), example.text())) {
            failures.add(where + ": the filter before the rules lets the line pass by");
        }
        return matches.stream().anyMatch(Match::stands);
    }

    /** Several records: does a correlation hold for them? */
    private boolean all(RuleSet alone, List<Yaml> records) {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i) instanceof Yaml.Mapping fields) {
                Place place = Place.ofRecord("example", i);
                Example example = Example.of(fields, alone, options.fieldMap());
                alone.evaluate(example, match -> match.feed().ifPresent(feed -> steps.add(new Step(feed.rule(),
                        match.rule().title(), example.time().orElse(Instant.EPOCH), place, example.source(), "", "",
                        feed.values()))));
            }
        }
        return !alone.correlations().find(steps).isEmpty();
    }
}
