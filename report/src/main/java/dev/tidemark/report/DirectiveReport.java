package dev.tidemark.report;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Coverage;
import dev.tidemark.model.Finding;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.Posture;
import dev.tidemark.model.VerdictClass;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The fields of the report that CISA's Emergency Directive 21-02 asks for, in Markdown: filled where evidence proves the
 * answer, and marked where a person has to add it. Nothing is claimed that the case does not show.
 */
public final class DirectiveReport {
    static final String PERSON = "**[to be added by a person]**";
    private static final String STEPS = "directive.csv";

    private final CaseResult result;
    private final Writer out;

    private DirectiveReport(CaseResult result, Writer out) {
        this.result = result;
        this.out = out;
    }

    public static void write(CaseResult result, Writer writer) throws IOException {
        new DirectiveReport(result, writer).write();
    }

    private void write() throws IOException {
        line("# Report under Emergency Directive 21-02");
        line("");
        line("Prepared by Tidemark " + text(result.run().version()) + " from evidence read until " + result.run().finished()
                + ". What stands in brackets has to be added by a person.");
        line("");
        line("| field | answer |");
        line("|---|---|");
        line("| agency | " + PERSON + " |");
        line("| contact | " + PERSON + " |");
        line("| servers examined | " + result.hosts().size() + " |");
        line("| servers that exist | " + PERSON + " |");
        line("| evidence kept where | " + PERSON + "; hashes of " + result.run().inputs().size()
                + " files stand in run.json |");
        line("| whether help is needed | " + PERSON + " |");
        line("");
        for (HostResult host : result.hosts()) {
            server(host);
        }
        steps();
    }

    private void server(HostResult host) throws IOException {
        Posture posture = host.posture();
        line("## " + text(host.server().isEmpty() ? host.host() : host.server()));
        line("");
        line("| field | answer |");
        line("|---|---|");
        line("| version | " + or(posture.product(), "unknown from the evidence") + " |");
        line("| build | " + or(posture.build(), "unknown from the evidence") + " |");
        line("| update level at the end of the evidence | " + posture.patchState().word() + " |");
        line("| update that fixed ProxyLogon | " + posture.patchedAt().map(t -> "first seen " + t)
                .orElse("not seen in the evidence") + " |");
        line("| mitigation in the configuration | " + posture.mitigated().map(m -> m ? "yes" : "no")
                .orElse("the configuration is not in the evidence") + " |");
        line("| exposed | " + posture.exposed().map(e -> "from " + e.from() + e.to().map(t -> " to " + t).orElse("")
                + ": " + text(e.why())).orElse("not shown by the evidence") + "; reachable from the internet: " + PERSON
                + " |");
        line("| disconnected, and when | " + PERSON + " |");
        line("| logs kept since | " + since(host) + " |");
        line("| hours missing | " + (host.coverageGaps().isEmpty() ? "none found" : host.coverageGaps().size()
                + " gaps, the first from " + host.coverageGaps().get(0).interval().from()) + " |");
        line("| indicators found | " + indicators(host) + " |");
        line("| verdict | " + host.verdict().verdict().word() + " |");
        line("| actions taken | " + PERSON + " |");
        line("");
    }

    private static String since(HostResult host) {
        Optional<Instant> first = host.coverage().stream().flatMap((Coverage c) -> c.from().stream())
                .min(Comparator.naturalOrder());
        return first.map(Object::toString).orElse("no record carries a time");
    }

    private String indicators(HostResult host) {
        List<Finding> accusing = result.findings().stream()
                .filter(f -> f.host().equals(host.host()) && f.severity().accuses()).toList();
        if (accusing.isEmpty()) {
            return "none in the records that were read";
        }
        return accusing.size() + " records"
                + host.firstMalicious().map(t -> ", the first at " + t).orElse("")
                + (host.attackerIps().isEmpty() ? "" : "; from " + text(String.join(", ", host.attackerIps())))
                + (host.webShells().isEmpty() ? "" : "; web shells " + text(String.join(", ", host.webShells())));
    }

    private void steps() throws IOException {
        line("## Duties of the directive");
        line("");
        line("| step | due (UTC) | duty | what the case shows |");
        line("|---|---|---|---|");
        for (NamedCsvRecord step : BundledCsv.rows(STEPS)) {
            line("| " + step.getField("step") + " | " + step.getField("due") + " | " + step.getField("duty") + " | "
                    + answer(step.getField("answered_by")) + " |");
        }
    }

    private String answer(String answeredBy) {
        return switch (answeredBy) {
            case "servers" -> result.hosts().size() + " servers in the evidence; whether these are all: " + PERSON;
            case "evidence" -> result.run().inputs().size() + " files read, " + result.run().skipped().size()
                    + " losses listed; memory: " + PERSON;
            case "verdict" -> count(VerdictClass.COMPROMISED) + " compromised, " + count(VerdictClass.COMPROMISED_SUSPECTED)
                    + " suspected; disconnected and reported: " + PERSON;
            case "posture" -> result.hosts().stream()
                    .filter(h -> h.posture().patchState() == Posture.PatchState.PATCHED).count() + " of "
                    + result.hosts().size() + " servers had every fix of this kind that was public by the end of their evidence";
            default -> PERSON;
        };
    }

    private long count(VerdictClass verdict) {
        return result.hosts().stream().filter(h -> h.verdict().verdict() == verdict).count();
    }

    private static String or(String value, String unknown) {
        return value.isEmpty() ? unknown : text(value);
    }

    /** Text of the evidence in a cell: no markup, no end of the cell, nothing invisible. */
    private static String text(String evidence) {
        StringBuilder safe = new StringBuilder();
        for (char c : VisibleText.forCell(evidence).replaceAll("[\\r\\n]+", " ").toCharArray()) {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '|', '\\', '`', '*', '_', '[', ']', '#', '!' -> safe.append('\\').append(c);
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    private void line(String text) throws IOException {
        out.write(text);
        out.write('\n');
    }
}
