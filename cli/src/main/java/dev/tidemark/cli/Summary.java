package dev.tidemark.cli;

import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Episode;
import dev.tidemark.model.Finding;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Sentence;
import dev.tidemark.model.VerdictClass;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A case in a screen of text: the verdict first, then what it rests on. */
final class Summary {
    /** More sentences of one host than these stand in the report only. */
    private static final int MOST_SENTENCES = 24;
    /** In a larger case, hosts in which nobody got in are told in their verdict alone. */
    private static final int HOSTS_IN_FULL = 20;
    private static final DateTimeFormatter DAY = format("uuuu-MM-dd");
    private static final DateTimeFormatter TIME = format("HH:mm:ss");
    private static final String NO_TIME = " ".repeat(8);

    private final PrintWriter out;
    private final Page page;
    private final boolean colours;
    private final CaseResult result;
    private final Map<String, Finding> findings = new HashMap<>();

    Summary(PrintWriter out, boolean colours, CaseResult result) {
        this.out = out;
        this.page = new Page(out);
        this.colours = colours;
        this.result = result;
        result.findings().forEach(f -> findings.put(f.id(), f));
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    /** Every host with the reasons of its verdict, the worst first. */
    void hosts() {
        List<HostResult> hosts = result.hosts().stream()
                .sorted(Comparator.comparing((HostResult h) -> h.verdict().verdict()).thenComparing(HostResult::host)).toList();
        if (hosts.size() > 1) {
            page.paragraph("", Sentence.plain(tally(hosts)));
        }
        for (HostResult host : hosts) {
            if (hosts.size() > 1) {
                out.println();
            }
            verdict(host);
            boolean brief = hosts.size() > HOSTS_IN_FULL
                    && host.verdict().verdict().compareTo(VerdictClass.COMPROMISED_SUSPECTED) > 0;
            tell(host.verdict().why().stream().skip(1).limit(brief ? 0 : Long.MAX_VALUE).toList());
        }
        if (hosts.isEmpty()) {
            out.println("No Exchange server was found in the evidence.");
        }
    }

    private static String tally(List<HostResult> hosts) {
        Map<VerdictClass, Long> counts = hosts.stream()
                .collect(Collectors.groupingBy(h -> h.verdict().verdict(), TreeMap::new, Collectors.counting()));
        return hosts.size() + " servers: " + counts.entrySet().stream().map(e -> e.getValue() + " " + e.getKey().word())
                .collect(Collectors.joining(", "));
    }

    /** The host's name, its verdict, and the verdict in a sentence. */
    void verdict(HostResult host) {
        boolean known = host.server().isEmpty() || host.server().equalsIgnoreCase(host.host());
        String word = host.verdict().verdict().word();
        out.println(Page.shown(host.host() + (known ? "" : " (" + host.server() + ")")) + ": "
                + (colours ? colour(host.verdict().verdict()) + word + "\u001b[0m" : word));
        host.verdict().why().stream().limit(1).forEach(why -> page.paragraph("  ", why));
    }

    private static String colour(VerdictClass verdict) {
        return switch (verdict) {
            case COMPROMISED -> "\u001b[1;31m";
            case COMPROMISED_SUSPECTED, INSUFFICIENT_EVIDENCE -> "\u001b[1;33m";
            case ATTEMPTED -> "\u001b[1;36m";
            case NO_EVIDENCE -> "\u001b[1;32m";
        };
    }

    /** What happened, in order: of each episode what accuses somebody. */
    void story() {
        for (Episode episode : result.episodes()) {
            out.println();
            out.println("What happened" + (result.episodes().size() > 1 ? " (" + episode.id() + ")" : "") + ", in UTC:");
            tell(episode.story().stream().filter(this::accuses).toList());
        }
    }

    private boolean accuses(Sentence sentence) {
        return sentence.findings().stream().map(findings::get).anyMatch(f -> f != null && f.severity().accuses());
    }

    /** Sentences under their day and behind their time; what reads the same is told once. */
    private void tell(List<Sentence> sentences) {
        Set<String> told = new HashSet<>();
        List<Sentence> different = new ArrayList<>(sentences);
        different.removeIf(s -> !told.add(Page.shown(s.text())));
        String day = "";
        for (Sentence sentence : different.subList(0, Math.min(MOST_SENTENCES, different.size()))) {
            Optional<Instant> time = sentence.inferred() ? Optional.empty() : time(sentence);
            if (time.isPresent() && !DAY.format(time.get()).equals(day)) {
                day = DAY.format(time.get());
                out.println("  " + day);
            }
            page.paragraph(sentence.findings().isEmpty() ? "  " : "  " + time.map(TIME::format).orElse(NO_TIME) + "  ",
                    sentence);
        }
        if (different.size() > MOST_SENTENCES) {
            out.println("  … and " + (different.size() - MOST_SENTENCES) + " more; the report has them all.");
        }
    }

    /** Of the first finding that has one. */
    private Optional<Instant> time(Sentence sentence) {
        return sentence.findings().stream().map(findings::get).filter(f -> f != null)
                .flatMap(f -> f.time().stream()).findFirst();
    }
}
