package dev.tidemark.model;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A rule that matched a record, or a sequence of them.
 *
 * @param id         stable over runs on the same evidence: derived from host, rule and place
 * @param host       name of the evidence folder or archive
 * @param rule       file name of the rule
 * @param ruleId     Sigma's {@code id}; empty if the rule has none
 * @param title      of the rule
 * @param cves       upper case, {@code CVE-2021-26855}
 * @param techniques ATT&amp;CK numbers, upper case, {@code T1190}
 * @param time       of the record, UTC; empty if it carries none
 * @param source     {@code httpproxy}, {@code iis} …
 * @param clientIp   empty if the record names none
 * @param user       empty if the record names none
 * @param summary    one plain sentence for the report
 * @param excerpt    the record, cut at 2,000 characters; written in part by the attacker
 * @param fields     the fields that the rule looked at or the story needs, by column name, in their order
 * @param episode    id of the episode that it belongs to; empty before correlation
 */
public record Finding(String id, String host, String rule, String ruleId, String title, Severity severity, Stage stage,
        Outcome outcome, List<String> cves, List<String> techniques, Optional<Instant> time, String source, Place place,
        String clientIp, String user, String summary, String excerpt, Map<String, String> fields, String episode) {

    /** The characters of a record that an excerpt keeps. */
    public static final int EXCERPT_CHARS = 2_000;

    /** By time (those without one last), place and rule: the order of every output. */
    public static final Comparator<Finding> ORDER = Comparator
            .comparing((Finding f) -> f.time().orElse(Instant.MAX))
            .thenComparing(Finding::place)
            .thenComparing(Finding::rule)
            .thenComparing(Finding::id);

    public Finding {
        cves = List.copyOf(cves);
        techniques = List.copyOf(techniques);
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    }

    public Finding inEpisode(String newEpisode) {
        return new Finding(id, host, rule, ruleId, title, severity, stage, outcome, cves, techniques, time, source,
                place, clientIp, user, summary, excerpt, fields, newEpisode);
    }

    /** The same finding, weighed anew for the reason that {@code newSummary} gives. */
    public Finding weighed(Severity newSeverity, String newSummary) {
        return new Finding(id, host, rule, ruleId, title, newSeverity, stage, outcome, cves, techniques, time, source,
                place, clientIp, user, newSummary, excerpt, fields, episode);
    }

    /** The same finding, seen as part of {@code newHost}, at a path below that host's root. */
    public Finding ofHost(String newId, String newHost, Place newPlace) {
        return new Finding(newId, newHost, rule, ruleId, title, severity, stage, outcome, cves, techniques, time,
                source, newPlace, clientIp, user, summary, excerpt, fields, episode);
    }
}
