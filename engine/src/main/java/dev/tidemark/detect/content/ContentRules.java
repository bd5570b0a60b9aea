package dev.tidemark.detect.content;

import dev.tidemark.detect.RuleInfo;
import dev.tidemark.detect.RuleSource;
import dev.tidemark.model.RuleRef;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** YARA rules, compiled once and shared by all threads. Immutable but for the count of searches that were given up. */
public final class ContentRules {
    /** No rules at all. */
    public static final ContentRules NONE = load(List.of());
    private static final int SHOWN_BEFORE = 80;
    private static final int SHOWN_AFTER = 400;

    private final Strings strings = new Strings();
    private final List<Rule> rules = new ArrayList<>();
    private final List<YaraTerm> conditions = new ArrayList<>();
    private final Map<String, List<String>> notUnderstood = new TreeMap<>();
    private final AtomTable atoms;
    private final String hash;
    private final LongAdder gaveUp = new LongAdder();

    /** @param info empty for a rule that only others ask for, or that cannot run */
    private record Rule(String name, Optional<RuleInfo> info, List<Integer> strings, Set<Integer> asked,
            List<Integer> globals) {}

    /** @param excerpt what stands around the first string that was found */
    public record Found(RuleInfo rule, String name, String excerpt) {}

    private ContentRules(List<RuleSource> sources) {
        List<String> hashes = new ArrayList<>();
        for (RuleSource source : sources) {
            String sha256 = sha256(source.content());
            hashes.add(source.fileName() + " " + sha256);
            add(source, sha256);
        }
        Collections.sort(hashes);
        hash = sources.isEmpty() ? "" : sha256(String.join("\n", hashes).getBytes(StandardCharsets.UTF_8));
        atoms = new AtomTable(strings.literals());
    }

    /** Compiles rule files; rules that are not understood are left out and listed. */
    public static ContentRules load(List<RuleSource> sources) {
        return new ContentRules(sources);
    }

    private void add(RuleSource source, String sha256) {
        String text = new String(source.content(), StandardCharsets.ISO_8859_1);
        List<YaraParser.Parsed> parsed = YaraParser.parse(text, strings, conditions.size());
        int first = conditions.size();
        List<Integer> globals = new ArrayList<>();
        for (int i = 0; i < parsed.size(); i++) {
            if (parsed.get(i).rule().isGlobal()) {
                globals.add(first + i);
            }
        }
        for (YaraParser.Parsed each : parsed) {
            YaraRule rule = each.rule();
            if (!each.faults().isEmpty()) {
                notUnderstood.computeIfAbsent(source.fileName() + ":" + rule.name(), n -> new ArrayList<>())
                        .addAll(each.faults());
            }
            boolean runs = each.condition().isPresent() && !rule.isPrivate();
            conditions.add(each.condition().orElse(new YaraTerm.Constant(YaraValue.FALSE)));
            rules.add(new Rule(rule.name(),
                    runs ? Optional.of(YaraMeta.info(rule, source.fileName(), sha256)) : Optional.empty(),
                    rule.indices(), rule.asked(), globals));
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * The rules that match a file, in their order, each once.
     *
     * @param views the file's bytes, and other forms of them: what matches one of them matches the file
     * @param facts values of the variables of conditions
     */
    public List<Found> scan(List<byte[]> views, FileFacts facts) {
        Map<Integer, Found> found = new TreeMap<>();
        for (byte[] view : rules.isEmpty() ? List.<byte[]>of() : views) {
            Looking looking = new Looking(view, variables(facts), strings, atoms, conditions);
            for (int i = 0; i < rules.size(); i++) {
                Rule rule = rules.get(i);
                if (rule.info().isPresent() && !found.containsKey(i) && looking.ruleHeld(i)
                        && rule.globals().stream().allMatch(looking::ruleHeld)) {
                    found.put(i, new Found(rule.info().get(), rule.name(), excerpt(rule, looking)));
                }
            }
            if (looking.gaveUp()) {
                gaveUp.increment();
            }
        }
        return List.copyOf(found.values());
    }

    /** Around the first string of the rule, or of a rule that it asks for. */
    private String excerpt(Rule rule, Looking looking) {
        String own = looking.around(rule.strings(), SHOWN_BEFORE, SHOWN_AFTER);
        return !own.isEmpty() ? own : rule.asked().stream()
                .map(asked -> looking.around(rules.get(asked).strings(), SHOWN_BEFORE, SHOWN_AFTER))
                .filter(text -> !text.isEmpty()).findFirst().orElse("");
    }

    private static Map<String, YaraValue> variables(FileFacts facts) {
        Map<String, YaraValue> variables = new HashMap<>();
        variables.put("filesize", YaraValue.of(facts.size()));
        variables.put("filename", new YaraValue.Text(facts.name()));
        variables.put("filepath", new YaraValue.Text(facts.folder()));
        variables.put("extension", new YaraValue.Text(facts.extension().isEmpty() ? "" : "." + facts.extension()));
        variables.put("filetype", new YaraValue.Text(facts.kind().toUpperCase(java.util.Locale.ROOT)));
        variables.put("owner", new YaraValue.Text(""));
        variables.put("web_file", YaraValue.of(facts.webFile()));
        return variables;
    }

    /** Every rule that can run and makes findings. */
    public List<RuleInfo> infos() {
        return rules.stream().flatMap(r -> r.info().stream()).toList();
    }

    public List<RuleRef> rules() {
        return infos().stream().map(r -> new RuleRef(r.file(), r.id(), r.title(), r.level(), r.sha256(),
                r.description(), r.falsePositives(), r.references())).toList();
    }

    /** SHA-256 over the names and hashes of all rule files; empty if there are none. */
    public String hash() {
        return hash;
    }

    /** Rules that do not run, as {@code file:rule}, with what is not understood in each. */
    public Map<String, List<String>> notUnderstood() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(notUnderstood));
    }

    /** Rules with a string that has to be searched for in the whole file, because it holds no plain run of bytes. */
    public List<String> slow() {
        return rules.stream().filter(r -> r.strings().stream().anyMatch(strings::slow)).map(Rule::name).toList();
    }

    /** Files on which some rule was ended before its time. */
    public long searchesGivenUp() {
        return gaveUp.sum();
    }
}
