package dev.tidemark.bench;

import dev.tidemark.detect.FieldMap;
import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.RuleSource;
import java.util.Set;
import java.util.TreeSet;

/** Prints what the bundled rules search for in the sources named, one a line: the pattern file for a plain search tool. */
public final class Literals {
    private Literals() {}

    public static void main(String[] sources) throws Exception {
        RuleSet rules = RuleSet.load(RuleSource.bundledRules(), FieldMap.bundled());
        Set<String> all = new TreeSet<>();
        for (String source : sources) {
            all.addAll(rules.literals().getOrDefault(source, Set.of()));
        }
        all.forEach(System.out::println);
    }
}
