package dev.tidemark.detect;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A rule file as YAML, with the faults that were found in it. */
record RuleFile(RuleSource source, String sha256, List<Document> documents, Faults faults) {
    /**
     * One rule, correlation or filter of a file.
     *
     * @param key stable name by which correlations know it: its id, or file and place in it if it has none
     */
    record Document(String key, Yaml.Mapping rule) {
        String id() {
            return rule.text("id").orElse("");
        }

        /** True if another rule means this one by {@code reference}: Sigma's id or name. */
        boolean isCalled(String reference) {
            return !reference.isEmpty() && (id().equals(reference) || rule.text("name").orElse("").equals(reference));
        }

        boolean isCorrelation() {
            return rule.get("correlation").isPresent();
        }

        boolean isFilter() {
            return rule.get("filter").isPresent();
        }
    }

    static RuleFile read(RuleSource source) {
        Faults faults = new Faults();
        List<Document> documents = new ArrayList<>();
        for (Yaml yaml : Yaml.documents(source, faults)) {
            if (yaml instanceof Yaml.Mapping rule) {
                String id = rule.text("id").orElse("");
                documents.add(new Document(id.isEmpty() ? source.name() + "#" + documents.size() : id, rule));
            } else {
                faults.at(source.name(), yaml.line(), "a rule is a map of keys");
            }
        }
        return new RuleFile(source, sha256(source.content()), List.copyOf(documents), faults);
    }

    String name() {
        return source.name();
    }

    /** The map under {@code key}; its absence is a fault. */
    Optional<Yaml.Mapping> map(Yaml.Mapping rule, String key) {
        Optional<Yaml.Mapping> map = rule.map(key);
        if (map.isEmpty()) {
            faults.at(name(), rule.get(key).map(Yaml::line).orElse(rule.line()), "the rule has no map '" + key + "'");
        }
        return map;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
