package dev.tidemark.detect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Loads a set of rules: reads all files, then the filters and correlations in them, which say something of other rules,
 * then compiles the rules. Files are read and compiled by all cores; the result does not depend on which was first.
 */
final class RuleLoader {
    /**
     * @param rules        rules and correlations, in the order of the files
     * @param correlations those that run, inner ones first
     * @param filters      how many filters there are
     * @param broken       files that were left out → their faults
     * @param notes        what is odd but not wrong, each {@code file: what}
     * @param hash         SHA-256 over the names and hashes of all files
     */
    record Loaded(List<RuleParser.Parsed> rules, List<Correlation> correlations, CorrelationLinks links, int filters,
            Map<String, List<String>> broken, List<String> notes, String hash) {}

    private final RuleOptions options;
    private final LongAdder gaveUp;

    RuleLoader(RuleOptions options, LongAdder gaveUp) {
        this.options = options;
        this.gaveUp = gaveUp;
    }

    /** @throws RuleException with every fault of the whole set, unless broken files are to be left out */
    Loaded load(List<RuleSource> sources) throws RuleException {
        List<RuleFile> files = sources.parallelStream().map(RuleFile::read).toList();
        List<RuleFilter> filters = new ArrayList<>();
        Map<RuleFile, List<Correlation>> correlations = new LinkedHashMap<>();
        Map<String, Set<String>> keys = keys(files);
        for (RuleFile file : files) {
            List<Correlation> own = correlations(file, keys);
            List<RuleFilter> ownFilters = filters(file);
            correlations.put(file, own);
            if (file.faults().isEmpty()) {
                filters.addAll(ownFilters);
            }
        }
        CorrelationLinks links = new CorrelationLinks(correlations.values().stream().flatMap(List::stream).toList());
        correlations.forEach((file, own) -> own.stream().filter(links::isCircular).forEach(c ->
                file.faults().at(file.name(), 1, "the correlation '" + c.info().title() + "' rests on itself")));
        List<List<RuleParser.Parsed>> parsed =
                files.parallelStream().map(file -> compile(file, filters, links)).toList();
        return sorted(files, parsed, correlations, links, filters);
    }

    private static List<RuleFilter> filters(RuleFile file) {
        LongAdder unused = new LongAdder();
        return file.documents().stream().filter(RuleFile.Document::isFilter)
                .flatMap(d -> RuleFilter.read(file, d, unused).stream()).toList();
    }

    /** Ids and names → the keys of the rules that are called so. */
    private static Map<String, Set<String>> keys(List<RuleFile> files) {
        Map<String, Set<String>> keys = new HashMap<>();
        for (RuleFile file : files) {
            for (RuleFile.Document document : file.documents()) {
                Stream.of(document.id(), document.rule().text("name").orElse("")).filter(n -> !n.isEmpty())
                        .forEach(n -> keys.computeIfAbsent(n, k -> new LinkedHashSet<>()).add(document.key()));
            }
        }
        return keys;
    }

    private static List<Correlation> correlations(RuleFile file, Map<String, Set<String>> keys) {
        CorrelationParser parser = new CorrelationParser(file, reference -> {
            Set<String> meant = keys.getOrDefault(reference, Set.of(reference));
            if (meant.size() > 1) {
                file.faults().at(file.name(), 1, "several rules are called '" + reference + "': " + meant);
            }
            return meant.iterator().next();
        });
        return file.documents().stream().filter(RuleFile.Document::isCorrelation)
                .flatMap(d -> parser.read(d).stream()).toList();
    }

    private List<RuleParser.Parsed> compile(RuleFile file, List<RuleFilter> filters, CorrelationLinks links) {
        RuleParser parser = new RuleParser(file, options.fieldMap(), options.placeholders(), gaveUp);
        return file.documents().stream().filter(d -> !d.isFilter() && !d.isCorrelation())
                .flatMap(d -> parser.parse(d, filters, links.carried(d.key())).stream()).toList();
    }

    private Loaded sorted(List<RuleFile> files, List<List<RuleParser.Parsed>> parsed,
            Map<RuleFile, List<Correlation>> correlations, CorrelationLinks links, List<RuleFilter> filters) throws RuleException {
        List<String> faults = files.stream().flatMap(file -> file.faults().messages().stream()).toList();
        if (!faults.isEmpty() && !options.skipBroken()) {
            throw new RuleException(faults);
        }
        List<RuleParser.Parsed> rules = new ArrayList<>();
        List<Correlation> good = new ArrayList<>();
        Map<String, List<String>> broken = new LinkedHashMap<>();
        for (int i = 0; i < files.size(); i++) {
            RuleFile file = files.get(i);
            if (file.faults().isEmpty()) {
                rules.addAll(parsed.get(i));
                good.addAll(correlations.get(file));
            } else {
                broken.put(file.name(), file.faults().messages());
            }
        }
        List<Correlation> running = running(rules, good, links);
        return new Loaded(List.copyOf(rules), running, links, filters.size(), broken, notes(rules, filters),
                hash(files));
    }

    /** Which of the correlations can run; those that cannot go to {@code rules} with their obstacle, the others without. */
    private static List<Correlation> running(List<RuleParser.Parsed> rules, List<Correlation> good,
            CorrelationLinks links) {
        Set<String> running = new HashSet<>();
        Map<String, Set<String>> sources = new HashMap<>();
        for (RuleParser.Parsed rule : rules) {
            for (CompiledRule form : rule.forms()) {
                running.add(form.carried().rule());
                sources.computeIfAbsent(form.carried().rule(), r -> new LinkedHashSet<>()).add(form.source());
            }
        }
        List<Correlation> run = new ArrayList<>();
        for (Correlation each : links.inOrder()) {
            if (good.contains(each)) {
                Optional<Obstacle> obstacle = obstacle(each, running);
                Set<String> own = new LinkedHashSet<>();
                each.rules().forEach(rule -> own.addAll(sources.getOrDefault(rule, Set.of())));
                if (obstacle.isEmpty()) {
                    run.add(each);
                    running.add(each.key());
                    sources.put(each.key(), own);
                }
                rules.add(new RuleParser.Parsed(each.info().on(obstacle.isEmpty() ? List.copyOf(own) : List.of()),
                        List.of(), obstacle.map(List::of).orElse(List.of()), List.of()));
            }
        }
        return List.copyOf(run);
    }

    /** Counts can do with some of their rules; what has to come together needs all. */
    private static Optional<Obstacle> obstacle(Correlation correlation, Set<String> running) {
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < correlation.rules().size(); i++) {
            if (!running.contains(correlation.rules().get(i))) {
                missing.add(correlation.references().get(i));
            }
        }
        boolean some = !correlation.type().isTemporal() && missing.size() < correlation.rules().size();
        return missing.isEmpty() || some ? Optional.empty()
                : Optional.of(new Obstacle(Obstacle.Kind.REFERENCE, "no rule runs that is called "
                        + String.join(", ", missing)));
    }

    private static List<String> notes(List<RuleParser.Parsed> rules, List<RuleFilter> filters) {
        List<String> notes = new ArrayList<>();
        filters.stream().filter(RuleFilter::onlyKeeps).forEach(f -> notes.add(f.file()
                + ": the filter's condition has no 'not': it leaves only what its selections match"));
        for (RuleParser.Parsed rule : rules) {
            rule.forms().stream().flatMap(form -> form.detection().unused().stream()).distinct().forEach(name ->
                    notes.add(rule.info().file() + ": the condition does not name the selection '" + name + "'"));
        }
        return List.copyOf(notes);
    }

    private String hash(List<RuleFile> files) {
        List<String> hashes = files.stream().map(f -> f.source().fileName() + " " + f.sha256()).sorted().toList();
        String all = String.join("\n", hashes) + options.fingerprint();
        return RuleFile.sha256(all.getBytes(StandardCharsets.UTF_8));
    }
}
