package dev.tidemark.posture;

/**
 * A rewrite rule, and where it stands.
 *
 * @param folder the folder of URLs that the rule's own pattern counts from, {@code /} or {@code /owa}
 * @param site   that it belongs to; empty if it is for all
 */
record PlacedRule(RewriteRule rule, ConfigFile file, String site, String folder) {
    /** Whether it takes the request, were it enabled. */
    Match takes(RequestShape request) {
        String path = request.path();
        boolean below = path.toLowerCase(java.util.Locale.ROOT).startsWith(folder.toLowerCase(java.util.Locale.ROOT));
        String rest = below ? path.substring(folder.length()) : path;
        return rule.takes(request, rest.startsWith("/") ? rest.substring(1) : rest);
    }

    String title() {
        return "'" + rule.name() + "'";
    }
}
