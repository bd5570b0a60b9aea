package dev.tidemark.judge;

import dev.tidemark.model.Coverage;
import dev.tidemark.model.Finding;
import dev.tidemark.model.Sentence;
import dev.tidemark.model.VerdictClass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * How sure a verdict is, why, and which records that are not there could change it.
 *
 * <table>
 * <caption>Confidence</caption>
 * <tr><th>verdict</th><th>high</th><th>medium</th><th>low</th></tr>
 * <tr><td>compromised</td><td>two sources show it</td><td>one does, in several records</td><td>one record</td></tr>
 * <tr><td>suspected</td><td>never</td><td>two sources show signs</td><td>one does</td></tr>
 * <tr><td>attempted, no evidence</td><td>HttpProxy, IIS and event logs are there, whole</td>
 *     <td>one of them is not there</td><td>hours are missing, or could not be read</td></tr>
 * <tr><td>insufficient</td><td>never</td><td>never</td><td>always</td></tr>
 * </table>
 */
final class Certainty {
    private static final List<String> FULL = List.of("httpproxy", "iis", "event-log");
    /** In the order in which they are worth getting. */
    private static final Map<String, String> WOULD_SHOW = wouldShow();

    private Certainty() {}

    private static Map<String, String> wouldShow() {
        Map<String, String> sources = new LinkedHashMap<>();
        sources.put("httpproxy", "HttpProxy logs (whom the front end let through, and to where)");
        sources.put("iis", "IIS logs (each request and its answer)");
        sources.put("event-log", "Windows event logs (cmdlets, faults, started processes, cleared logs)");
        sources.put("web-file", "the files below the web roots (what was left there)");
        sources.put("ecp-server", "ECP server logs (which virtual directory was changed)");
        sources.put("oab-generator", "OAB generator logs (files written through CVE-2021-26858)");
        return sources;
    }

    static List<Sentence> of(VerdictClass verdict, List<Finding> grounds, Judge.Facts facts) {
        return List.of(Sentence.plain(confidence(verdict, grounds, facts)), Sentence.plain(change(verdict, facts)));
    }

    private static String confidence(VerdictClass verdict, List<Finding> grounds, Judge.Facts facts) {
        TreeSet<String> sources = new TreeSet<>();
        grounds.forEach(f -> sources.add(f.source()));
        String where = String.join(" and ", sources);
        return switch (verdict) {
            case COMPROMISED -> sources.size() > 1
                    ? "Confidence is high: sources that are written apart from each other show it (" + where + ")."
                    : grounds.size() > 1 ? "Confidence is medium: several records show it, but all of one source (" + where + ")."
                    : "Confidence is low: one record shows it (" + where + ").";
            case COMPROMISED_SUSPECTED -> sources.size() > 1
                    ? "Confidence is medium: sources that are written apart from each other show signs (" + where + "), none the effect."
                    : "Confidence is low: signs stand in one source (" + where + "), and none shows the effect.";
            case ATTEMPTED, NO_EVIDENCE -> silence(facts);
            case INSUFFICIENT_EVIDENCE -> "Confidence is low: what is there cannot carry a verdict.";
        };
    }

    private static String silence(Judge.Facts facts) {
        if (!facts.gaps().isEmpty() || !facts.unread().isEmpty()) {
            return "Confidence is low: hours of records are missing, or could not be read.";
        }
        List<String> absent = FULL.stream().filter(source -> !there(source, facts)).toList();
        return absent.isEmpty() ? "Confidence is high: HttpProxy, IIS and event logs are there, and whole as far as they reach."
                : "Confidence is medium: what is there is whole, but " + String.join(" and ", absent)
                        + (absent.size() == 1 ? " is" : " are") + " not there.";
    }

    private static boolean there(String source, Judge.Facts facts) {
        return facts.all().stream().anyMatch(c -> c.source().equals(source) && (c.records() > 0 || c.files() > 0));
    }

    private static String change(VerdictClass verdict, Judge.Facts facts) {
        List<String> absent = new ArrayList<>();
        WOULD_SHOW.forEach((source, what) -> {
            if (!there(source, facts)) {
                absent.add(what);
            }
        });
        String missing = String.join("; ", absent);
        if (verdict == VerdictClass.COMPROMISED) {
            return absent.isEmpty() ? "No record that is missing could take it back; earlier records could show an earlier way in."
                    : "No record that is missing could take it back; what could show more: " + missing + ".";
        }
        String holes = facts.gaps().isEmpty() ? "" : " the hours that are missing;";
        return absent.isEmpty() && holes.isEmpty()
                ? "What could change it: earlier records, or an image of the disk; no source is missing for the time at hand."
                : "What could change it:" + holes + (missing.isEmpty() ? " earlier records" : " " + missing) + ".";
    }
}
