package dev.tidemark.detect;

import dev.tidemark.model.RuleRef;
import dev.tidemark.read.Record;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Rules, compiled once and shared by all threads. Immutable but for the count of searches that were given up. */
public final class RuleSet {
    private static final SourceRules NO_RULES = SourceRules.of("", List.of());

    private final List<RuleInfo> infos;
    private final Map<String, SourceRules> bySource;
    private final List<Unrun> unrun;
    private final List<String> partly;
    private final RuleLoader.Loaded loaded;
    private final LongAdder gaveUp;

    /** A rule that is well written but is not run. */
    public record Unrun(RuleInfo rule, List<Obstacle> obstacles) {
        public Unrun {
            obstacles = List.copyOf(obstacles);
        }
    }

    private RuleSet(RuleLoader.Loaded loaded, LongAdder gaveUp) {
        Comparator<RuleInfo> order = Comparator.comparing(RuleInfo::file).thenComparing(RuleInfo::id);
        this.infos = loaded.rules().stream().map(RuleParser.Parsed::info).sorted(order).toList();
        this.loaded = loaded;
        this.gaveUp = gaveUp;
        this.unrun = loaded.rules().stream().filter(r -> !r.obstacles().isEmpty())
                .map(r -> new Unrun(r.info(), r.obstacles())).sorted(Comparator.comparing(Unrun::rule, order)).toList();
        this.partly = loaded.rules().stream().filter(r -> r.obstacles().isEmpty())
                .flatMap(r -> r.partly().stream().map(why -> r.info().file() + ": " + why)).sorted().toList();
        Map<String, List<CompiledRule>> forms = new TreeMap<>();
        for (RuleParser.Parsed rule : loaded.rules()) {
            rule.forms().forEach(f -> forms.computeIfAbsent(f.source(), s -> new ArrayList<>()).add(f));
        }
        this.bySource = new TreeMap<>();
        forms.forEach((source, rules) -> bySource.put(source, SourceRules.of(source, rules)));
    }

    /** @throws RuleException with every fault of the whole set, each {@code file:line: message} */
    public static RuleSet load(List<RuleSource> sources, FieldMap fieldMap) throws RuleException {
        return load(sources, new RuleOptions(fieldMap, Placeholders.NONE, false));
    }

    /** @throws RuleException with every fault of the whole set, unless broken files are to be left out */
    public static RuleSet load(List<RuleSource> sources, RuleOptions options) throws RuleException {
        LongAdder gaveUp = new LongAdder();
        return new RuleSet(new RuleLoader(options, gaveUp).load(sources), gaveUp);
    }

    /** The rules of a source, ready for one file; none wakes if no rule looks at such a source. */
    public RuleSession session(String source) {
        return new RuleSession(bySource.getOrDefault(source, NO_RULES));
    }

    /** Hands on every rule that holds for the record, whatever its bytes are, in the order in which they were loaded. */
    public void evaluate(Record record, Consumer<Match> sink) {
        for (CompiledRule rule : rulesOf(record.source())) {
            rule.match(record).ifPresent(sink);
        }
    }

    private List<CompiledRule> rulesOf(String source) {
        return bySource.getOrDefault(source, NO_RULES).rules();
    }

    /** All compiled forms of all rules, by source, in the order in which they were loaded. */
    List<CompiledRule> forms() {
        return bySource.values().stream().flatMap(s -> s.rules().stream()).toList();
    }

    public List<RuleInfo> infos() {
        return infos;
    }

    /** The rules that are run. */
    public List<RuleRef> rules() {
        return infos.stream().filter(r -> !r.sources().isEmpty()).map(r -> new RuleRef(r.file(), r.id(), r.title(), r.level(), r.sha256(),
                r.description(), r.falsePositives(), r.references())).toList();
    }

    /** SHA-256 over the names and hashes of all rule files, and the files of placeholders and mappings. */
    public String hash() {
        return loaded.hash();
    }

    /** Rules that are well written but are not run, with the reasons; by file name. */
    public List<Unrun> unrun() {
        return unrun;
    }

    /** Kinds of record that a rule is not run on although its logsource means them, each {@code file: why}. */
    public List<String> partly() {
        return partly;
    }

    /** What a writer of rules may want to know although nothing is wrong, each {@code file: what}. */
    public List<String> notes() {
        return loaded.notes();
    }

    /** Files that were left out because they are broken, by name, with their faults. */
    public Map<String, List<String>> broken() {
        return Collections.unmodifiableMap(loaded.broken());
    }

    /** Filters in the set; they are no rules and are not counted among them. */
    public int filters() {
        return loaded.filters();
    }

    /** What looks for sequences of matches, for one run after another. */
    public Correlations correlations() {
        return new Correlations(loaded.correlations(), loaded.links());
    }

    /** Rules for which every record has to be looked at, because they name no literal, as {@code file (source)}. */
    public List<String> alwaysAwake() {
        // Event logs are binary, and their rules are found by channel and event id.
        return bySource.values().stream().flatMap(s -> s.rules().stream())
                .filter(r -> !r.source().equals(FieldMapReader.EVENT_LOG) && !r.needles().known())
                .map(r -> r.info().file() + " (" + r.source() + ")").toList();
    }

    /** The literals that are searched for, by source: what a plain search tool would have to look for. */
    public Map<String, Set<String>> literals() {
        Map<String, Set<String>> all = new TreeMap<>();
        bySource.forEach((source, rules) -> rules.rules().forEach(r -> all.computeIfAbsent(source, s -> new TreeSet<>())
                .addAll(r.needles().literals())));
        return all;
    }

    /** Searches that were given up because a rule's expression would have run too long on a value. */
    public long searchesGivenUp() {
        return gaveUp.sum();
    }

    /** True if the rules of the set, and what they were compiled to, let the line pass that holds these values. */
    boolean wakes(String source, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return session(source).wakes(bytes, 0, bytes.length);
    }
}
