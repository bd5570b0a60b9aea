package dev.tidemark.detect;

import dev.tidemark.model.RuleRef;
import dev.tidemark.read.Record;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
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
    private final Map<String, List<String>> unsupported;
    private final String hash;
    private final LongAdder gaveUp;

    private RuleSet(List<RuleParser.Parsed> parsed, String hash, LongAdder gaveUp) {
        this.infos = parsed.stream().map(RuleParser.Parsed::info)
                .sorted(Comparator.comparing(RuleInfo::file).thenComparing(RuleInfo::id)).toList();
        this.hash = hash;
        this.gaveUp = gaveUp;
        Map<String, List<CompiledRule>> forms = new TreeMap<>();
        Map<String, List<String>> reasons = new TreeMap<>();
        for (RuleParser.Parsed rule : parsed) {
            rule.forms().forEach(f -> forms.computeIfAbsent(f.source(), s -> new ArrayList<>()).add(f));
            if (!rule.unsupported().isEmpty()) {
                reasons.put(rule.info().file(), rule.unsupported());
            }
        }
        this.unsupported = reasons;
        this.bySource = new TreeMap<>();
        forms.forEach((source, rules) -> bySource.put(source, SourceRules.of(source, rules)));
    }

    /** @throws RuleException with every fault of the whole set, each {@code file:line: message} */
    public static RuleSet load(List<RuleSource> sources, FieldMap fieldMap) throws RuleException {
        Faults faults = new Faults();
        LongAdder gaveUp = new LongAdder();
        List<RuleParser.Parsed> parsed = new ArrayList<>();
        List<String> hashes = new ArrayList<>();
        for (RuleSource source : sources) {
            String sha256 = sha256(source.content());
            hashes.add(source.fileName() + " " + sha256);
            RuleParser parser = new RuleParser(source, fieldMap, faults, gaveUp, sha256);
            Yaml.documents(source, faults).forEach(d -> parser.parse(d).ifPresent(parsed::add));
        }
        if (!faults.isEmpty()) {
            throw new RuleException(faults.messages());
        }
        hashes.sort(Comparator.naturalOrder());
        return new RuleSet(parsed, sha256(String.join("\n", hashes).getBytes(StandardCharsets.UTF_8)), gaveUp);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
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

    public List<RuleRef> rules() {
        return infos.stream().map(r -> new RuleRef(r.file(), r.id(), r.title(), r.level(), r.sha256(),
                r.description(), r.falsePositives(), r.references())).toList();
    }

    /** SHA-256 over the names and hashes of all rule files. */
    public String hash() {
        return hash;
    }

    /** Rules that are well written but cannot run, by file name, with the reasons. */
    public Map<String, List<String>> unsupported() {
        return java.util.Collections.unmodifiableMap(unsupported);
    }

    /** Rules for which every record has to be looked at, because they name no literal, as {@code file (source)}. */
    public List<String> alwaysAwake() {
        return bySource.values().stream().flatMap(s -> s.rules().stream())
                .filter(r -> !r.needles().known())
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
