package dev.tidemark.detect.content;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A rule as it is written.
 *
 * @param indices of its strings among all
 * @param asked   indices of the rules that its condition names
 */
record YaraRule(String name, boolean isPrivate, boolean isGlobal, List<String> tags, Map<String, String> meta,
        List<YaraString> strings, List<Integer> indices, Set<Integer> asked, int line) {}
