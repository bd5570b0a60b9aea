package dev.tidemark.report;

import dev.tidemark.model.RuleRef;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What each rule that matched means: why it matters, what else can look like it, where to read on. */
final class RulesSection {
    private static final Pattern PLAIN_LINK = Pattern.compile("https://[!-~]{1,2000}");
    private static final int HOSTS = 10;
    private static final int MOST_RULES = 300;
    private static final int ITEMS = 20;

    private final RuleNumbers rules;
    private final List<HostView> views;
    private final int all;
    private final int sections;

    /** @param all rules that took part in the run; @param sections how many of the servers have a part of their own */
    RulesSection(RuleNumbers rules, List<HostView> views, int all, int sections) {
        this.rules = rules;
        this.views = views;
        this.all = all;
        this.sections = sections;
    }

    void write(Html html) {
        List<RuleRef> matched = rules.matched();
        if (matched.isEmpty()) {
            return;
        }
        html.open("section", "class", "card", "aria-labelledby", "rules");
        html.element("h2", "The rules that matched", "id", "rules");
        html.element("p", Words.number(matched.size()) + " of " + When.counted(all, "rule")
                + " matched. Each says why it matters and what else can look like it.", "class", "note");
        matched.stream().limit(MOST_RULES).forEach(rule -> rule(html, rule));
        html.close();
    }

    private void rule(Html html, RuleRef rule) {
        html.open("article", "class", "rule", "id", rules.elementId(rule.rule()).orElseThrow());
        html.open("h3").text(Words.clip(rule.title(), Words.VALUE) + " ");
        Words.severity(html, rule.level());
        html.close();
        if (!rule.description().isEmpty()) {
            html.open("p").element("b", "Why it matters. ").text(Words.clip(rule.description().strip())).close();
        }
        list(html, "What else can look like it", rule.falsePositives(), false);
        list(html, "References", rule.references(), true);
        matches(html, rule);
        html.open("p", "class", "note").element("code", Words.clip(rule.rule(), Words.NAME));
        if (!rule.id().isEmpty()) {
            html.text(" \u00b7 id ").element("code", Words.clip(rule.id(), Words.NAME));
        }
        html.text(" \u00b7 SHA-256 ").element("code", Words.clip(rule.sha256(), Words.NAME)).close(2);
    }

    private void matches(Html html, RuleRef rule) {
        List<Map.Entry<Integer, Integer>> hosts = new ArrayList<>(rules.hosts(rule.rule()).entrySet());
        html.open("p", "class", "note").text("Matched on ");
        for (int i = 0; i < Math.min(HOSTS, hosts.size()); i++) {
            HostView view = views.get(hosts.get(i).getKey() - 1);
            html.text(i == 0 ? "" : ", ");
            if (view.number() <= sections) {
                html.element("a", view.name(), "href", "#" + view.id("findings"));
            } else {
                html.text(view.name());
            }
            html.text(" (" + Words.number(hosts.get(i).getValue()) + ")");
        }
        html.text(hosts.size() > HOSTS ? " and " + (hosts.size() - HOSTS) + " more servers." : ".").close();
    }

    private static void list(Html html, String heading, List<String> items, boolean links) {
        if (items.isEmpty()) {
            return;
        }
        html.element("h4", heading).open("ul");
        for (String item : items.subList(0, Math.min(ITEMS, items.size()))) {
            html.open("li");
            if (links && isPlainLink(item)) {
                html.element("a", item, "href", item, "rel", "noreferrer noopener");
            } else {
                html.text(Words.clip(item, Words.VALUE));
            }
            html.close();
        }
        html.close();
    }

    private static boolean isPlainLink(String text) {
        try {
            return PLAIN_LINK.matcher(text).matches() && URI.create(text).getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
