package dev.tidemark.posture;

import dev.tidemark.read.iisconfig.ConfigNode;
import java.util.List;
import java.util.Optional;

/**
 * An inbound rewrite rule. Values that are not given are those of the module's schema.
 *
 * <p>Source: Microsoft Learn, "URL Rewrite Module Configuration Reference".
 */
record RewriteRule(String name, boolean enabled, boolean stopProcessing, String syntax, Optional<ConfigNode> url,
        Optional<ConfigNode> conditions, String action) {
    static final String ABORT = "AbortRequest";

    static RewriteRule of(ConfigNode rule) {
        return new RewriteRule(rule.attribute("name", ""), rule.flag("enabled", true),
                rule.flag("stopProcessing", false), rule.attribute("patternSyntax", "ECMAScript"), rule.at("match"),
                rule.at("conditions"), rule.at("action").map(a -> a.attribute("type", "None")).orElse("None"));
    }

    boolean aborts() {
        return action.equals(ABORT);
    }

    /** True if no later rule sees a request that this one took, unless it aborts it. */
    boolean ends() {
        return stopProcessing || action.equals("Redirect") || action.equals("CustomResponse");
    }

    /**
     * Whether it takes the request, were it enabled.
     *
     * @param path below the folder whose configuration has the rule, without a slash in front
     */
    Match takes(RequestShape request, String path) {
        Match byUrl = url.map(u -> RewritePattern.find(u.attribute("url", ""), syntax, u.flag("ignoreCase", true), path)
                .negated(u.flag("negate", false))).orElse(Match.MAYBE);
        return byUrl.and(conditions.map(c -> all(c, request)).orElse(Match.YES));
    }

    private Match all(ConfigNode group, RequestShape request) {
        List<ConfigNode> adds = group.children("add");
        if (adds.isEmpty()) {
            return Match.YES;
        }
        boolean any = group.attribute("logicalGrouping", "MatchAll").equals("MatchAny");
        Match all = any ? Match.NO : Match.YES;
        for (ConfigNode add : adds) {
            Match one = condition(add, request);
            all = any ? all.or(one) : all.and(one);
        }
        return all;
    }

    private Match condition(ConfigNode add, RequestShape request) {
        boolean pattern = List.of("Pattern", "0").contains(add.attribute("matchType", "Pattern"));
        Optional<String> input = request.fill(add.attribute("input", ""));
        if (!pattern || input.isEmpty()) {
            return Match.MAYBE;
        }
        return RewritePattern.find(add.attribute("pattern", ""), syntax, add.flag("ignoreCase", true), input.get())
                .negated(add.flag("negate", false));
    }
}
