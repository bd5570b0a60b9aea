package dev.tidemark.mitigate;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A mitigation that can be put in force, from {@code mitigations.yml}: rewrite rules, or a pool that is not to start.
 *
 * @param usual part of every plan; else it has to be asked for
 * @param says  where it comes from, or what it takes away
 * @param pool  empty if it is rules
 */
public record PublishedMitigation(String name, String cve, boolean usual, String says, List<Rule> rules,
        Optional<String> pool) {
    /** A rule that aborts every request whose {@code input} has the pattern. */
    public record Rule(String name, boolean stop, String input, String pattern) {}

    public PublishedMitigation {
        rules = List.copyOf(rules);
    }

    /** All that Tidemark knows, in the order of the file. */
    public static List<PublishedMitigation> all() {
        try (InputStream in = PublishedMitigation.class.getResourceAsStream("/tidemark-data/mitigations.yml")) {
            Map<?, ?> table = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            List<PublishedMitigation> all = new ArrayList<>();
            for (Object each : (List<?>) table.get("apply")) {
                all.add(of((Map<?, ?>) each));
            }
            return List.copyOf(all);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the bundled mitigations.yml", e);
        }
    }

    private static PublishedMitigation of(Map<?, ?> entry) {
        List<Rule> rules = new ArrayList<>();
        if (entry.get("rules") instanceof List<?> list) {
            for (Object each : list) {
                Map<?, ?> rule = (Map<?, ?>) each;
                rules.add(new Rule(text(rule, "name"), flag(rule, "stop"), text(rule, "input"), text(rule, "pattern")));
            }
        }
        return new PublishedMitigation(text(entry, "name"), text(entry, "cve"), flag(entry, "usual"), text(entry, "says"),
                rules, Optional.ofNullable((String) entry.get("pool")));
    }

    private static String text(Map<?, ?> of, String key) {
        if (of.get(key) instanceof String text) {
            return text;
        }
        throw new IllegalStateException("mitigations.yml: expected a text under '" + key + "' in " + of);
    }

    private static boolean flag(Map<?, ?> of, String key) {
        if (of.get(key) instanceof Boolean flag) {
            return flag;
        }
        throw new IllegalStateException("mitigations.yml: expected true or false under '" + key + "' in " + of);
    }
}
