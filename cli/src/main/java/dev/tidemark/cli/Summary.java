package dev.tidemark.cli;

import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Episode;
import dev.tidemark.model.Finding;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Sentence;
import dev.tidemark.model.VerdictClass;
import java.io.PrintWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A case in a screen of text: the verdict first, then its reasons, no line wider than a page. */
final class Summary {
    private static final int WIDTH = 100;
    /** Longer than this, a sentence is mostly what a record holds; the report has it whole. */
    private static final int MOST_CHARS = 220;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final PrintWriter out;
    private final boolean colours;

    Summary(PrintWriter out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    void host(HostResult host) {
        verdict(host);
        for (Sentence why : host.verdict().why()) {
            wrapped("  ", why.text());
        }
    }

    void verdict(HostResult host) {
        String server = host.server().isEmpty() ? "" : " (" + host.server() + ")";
        String word = host.verdict().verdict().word();
        out.println(Console.plain(host.host() + server) + ": " + (colours ? colour(host.verdict().verdict()) + word
                + "\u001b[0m" : word));
    }

    private static String colour(VerdictClass verdict) {
        return switch (verdict) {
            case COMPROMISED -> "\u001b[1;31m";
            case COMPROMISED_SUSPECTED, INSUFFICIENT_EVIDENCE -> "\u001b[1;33m";
            case ATTEMPTED -> "\u001b[1;36m";
            case NO_EVIDENCE -> "\u001b[1;32m";
        };
    }

    /** What happened, in order. */
    void story(CaseResult result) {
        Map<String, Finding> byId = new HashMap<>();
        result.findings().forEach(f -> byId.put(f.id(), f));
        for (Episode episode : result.episodes()) {
            out.println();
            out.println("What happened" + (result.episodes().size() > 1 ? " (" + episode.id() + ")" : "") + ":");
            for (Sentence sentence : episode.story()) {
                String time = sentence.findings().stream().map(byId::get).filter(f -> f != null && f.time().isPresent())
                        .findFirst().map(f -> TIME.format(f.time().get())).orElse("                   ");
                wrapped("  " + time + "  ", sentence.text());
            }
        }
    }

    /** @param first before the first line; those that follow are moved in as far */
    private void wrapped(String first, String text) {
        String plain = Console.plain(text.replaceAll("\\s+", " ").strip());
        String shown = plain.length() > MOST_CHARS ? plain.substring(0, MOST_CHARS - 1) + "…" : plain;
        StringBuilder line = new StringBuilder(first);
        String indent = " ".repeat(first.length());
        for (String word : List.of(shown.split(" "))) {
            if (line.length() + word.length() > WIDTH && line.length() > indent.length()) {
                out.println(line.toString().stripTrailing());
                line.setLength(0);
                line.append(indent);
            }
            line.append(word).append(' ');
        }
        out.println(line.toString().stripTrailing());
    }
}
