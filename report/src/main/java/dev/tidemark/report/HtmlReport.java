package dev.tidemark.report;

import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Finding;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.InputFile;
import dev.tidemark.model.RuleRef;
import dev.tidemark.model.Skipped;
import dev.tidemark.model.VerdictClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The case as one page that needs no network and runs no script: for the customer, on screen and on paper.
 *
 * <p>The page's own policy allows exactly one style sheet, by its hash, and nothing else. All text passes through
 * {@link Html}, which escapes it.
 */
public final class HtmlReport {
    /** More rows than this make a page that browsers open slowly and nobody reads. */
    static final int FINDINGS_A_HOST = 2_000;
    private static final int SKIPPED_A_HOST = 500;
    private static final Pattern PLAIN_LINK = Pattern.compile("https://[!-~]{1,2000}");
    private static final String SHEET = sheet();

    private final CaseResult result;
    private final Html html;
    private final Anchors anchors = new Anchors();
    private final List<HostSection> sections = new ArrayList<>();

    private HtmlReport(CaseResult result, Writer writer) {
        this.result = result;
        this.html = new Html(writer);
        List<HostResult> worstFirst = result.hosts().stream()
                .sorted(Comparator.comparing((HostResult h) -> h.verdict().verdict()).thenComparing(HostResult::host))
                .toList();
        for (HostResult host : worstFirst) {
            HostSection section = new HostSection(sections.size() + 1, host, result, anchors);
            anchors.add(section.shown());
            sections.add(section);
        }
    }

    /** Writes the page; the same case always gives the same page. The writer is flushed and stays open. */
    public static void write(CaseResult result, Writer writer) throws IOException {
        try {
            new HtmlReport(result, writer).page();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        writer.flush();
    }

    private void page() {
        html.doctype().open("html", "lang", "en").open("head").open("meta", "charset", "utf-8");
        html.open("meta", "http-equiv", "Content-Security-Policy", "content", "default-src 'none'; style-src '"
                + hash(SHEET) + "'; img-src data:; base-uri 'none'; form-action 'none'");
        html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.open("meta", "name", "referrer", "content", "no-referrer");
        html.open("meta", "name", "color-scheme", "content", "light dark");
        html.open("link", "rel", "icon", "href", "data:,");
        html.element("title", "Tidemark report: " + headline()).style(SHEET).close();
        html.open("body").element("a", "Skip to the verdicts", "class", "skip", "href", "#verdicts");
        top();
        html.open("main", "id", "verdicts").open("div", "class", "page");
        if (sections.size() > 1) {
            overview();
        }
        sections.forEach(section -> section.write(html));
        rules();
        inputs();
        html.close(2);
        html.open("footer").open("div", "class", "page");
        html.element("p", "Made by Tidemark " + result.run().version() + " with rules " + result.run().rulesHash()
                + ". All times are UTC. The same evidence and rules give the same report.");
        html.close(4);
    }

    private String headline() {
        if (sections.isEmpty()) {
            return "no Exchange server found in the evidence";
        }
        long accused = count(VerdictClass.COMPROMISED) + count(VerdictClass.COMPROMISED_SUSPECTED);
        if (sections.size() == 1) {
            return sections.get(0).name() + ", "
                    + Words.verdict(sections.get(0).host().verdict().verdict()).toLowerCase(Locale.ROOT);
        }
        return accused + " of " + sections.size() + " servers compromised or suspected";
    }

    private long count(VerdictClass verdict) {
        return result.hosts().stream().filter(h -> h.verdict().verdict() == verdict).count();
    }

    private void top() {
        html.open("header", "class", "top").open("div", "class", "page");
        html.element("p", "Tidemark", "class", "brand").element("h1", "Did someone get in?");
        html.element("p", "Exchange evidence, read " + When.minutes(result.run().started()) + " to "
                + When.minutes(result.run().finished()) + " UTC", "class", "lead");
        html.open("ul", "class", "counts");
        count(result.hosts().size(), "server");
        long accusing = result.findings().stream().filter(f -> f.severity().accuses()).count();
        count(accusing, "finding that accuses", "findings that accuse");
        count(result.findings().size() - accusing, "other finding");
        count(result.episodes().size(), "episode");
        count(result.run().inputs().size(), "file read", "files read");
        long skipped = result.run().skipped().size()
                + result.hosts().stream().mapToLong(h -> h.skipped().size()).sum();
        count(skipped, "not or partly read", "not or partly read");
        html.close(3);
    }

    private void count(long number, String noun) {
        count(number, noun, noun + "s");
    }

    private void count(long number, String one, String many) {
        html.open("li").element("b", String.format(Locale.ENGLISH, "%,d", number))
                .element("span", number == 1 ? one : many).close();
    }

    private void overview() {
        html.open("section", "class", "card", "aria-labelledby", "overview");
        html.element("h2", "All servers, worst first", "id", "overview").open("table", "class", "stack");
        html.open("thead").open("tr");
        for (String column : List.of("Server", "Verdict", "First malicious act", "Patch state", "Findings", "Gaps")) {
            html.element("th", column, "scope", "col");
        }
        html.close(2).open("tbody");
        sections.forEach(section -> section.overviewRow(html));
        html.close(3);
    }

    private void rules() {
        Set<String> matched = result.findings().stream().map(Finding::rule).collect(Collectors.toSet());
        List<RuleRef> used = result.run().rules().stream().filter(r -> matched.contains(r.rule()))
                .sorted(Comparator.comparing(RuleRef::level).reversed().thenComparing(RuleRef::rule)).toList();
        if (used.isEmpty()) {
            return;
        }
        html.open("section", "class", "card", "aria-labelledby", "rules");
        html.element("h2", "The rules that matched", "id", "rules");
        html.element("p", When.counted(used.size(), "rule") + " of " + result.run().rules().size()
                + " matched. What else can look like it stands beside each.", "class", "note");
        used.forEach(this::rule);
        html.close();
    }

    private void rule(RuleRef rule) {
        html.open("article", "class", "rule").open("h3").text(Words.clip(rule.title()) + " ");
        Words.severity(html, rule.level());
        html.close();
        html.element("p", Words.clip(rule.description()));
        list("Can be mistaken for it", rule.falsePositives(), false);
        list("References", rule.references(), true);
        html.open("p", "class", "note").element("code", Words.clip(rule.rule()));
        if (!rule.id().isEmpty()) {
            html.text(" \u00b7 id ").element("code", Words.clip(rule.id()));
        }
        html.close(2);
    }

    private void list(String heading, List<String> items, boolean links) {
        if (items.isEmpty()) {
            return;
        }
        html.element("h4", heading).open("ul");
        for (String item : items) {
            html.open("li");
            if (links && isPlainLink(item)) {
                html.element("a", item, "href", item, "rel", "noreferrer noopener");
            } else {
                html.text(Words.clip(item));
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

    private void inputs() {
        html.open("section", "class", "card", "aria-labelledby", "inputs");
        html.element("h2", "What was read, and what this report cannot say", "id", "inputs");
        long bytes = result.run().inputs().stream().mapToLong(InputFile::size).sum();
        html.element("p", When.counted(result.run().inputs().size(), "file") + " with "
                + When.counted(bytes, "byte") + " were read. run.json lists each with its size and SHA-256.");
        skipped(html, "Evidence that was not read", result.run().skipped());
        html.open("ul", "class", "reasons");
        html.element("li", "The report rests on the records named in it. An intruder who ran code on a server can have"
                + " changed or deleted them.");
        html.element("li", "Silence counts only for the hours that the coverage picture shows as recorded.");
        html.element("li", "Installing an update closes the door. It does not evict an intruder who is inside.");
        html.element("li", "Quoted evidence was written in part by the attacker. Invisible and reordering characters"
                + " are shown in square brackets, such as [U+202E].");
        html.close(2);
    }

    static void skipped(Html html, String heading, List<Skipped> skipped) {
        if (skipped.isEmpty()) {
            return;
        }
        html.element("h3", heading).open("table", "class", "stack").open("thead").open("tr");
        html.element("th", "Path", "scope", "col").element("th", "Why", "scope", "col").close(2).open("tbody");
        for (Skipped each : skipped.subList(0, Math.min(SKIPPED_A_HOST, skipped.size()))) {
            html.open("tr").open("td").element("code", Words.clip(each.path())).close();
            html.element("td", Words.clip(each.why()) + (each.bytes() == Skipped.UNKNOWN ? ""
                    : " (" + When.counted(each.bytes(), "byte") + ")")).close();
        }
        html.close(2);
        if (skipped.size() > SKIPPED_A_HOST) {
            html.element("p", "The first " + SKIPPED_A_HOST + " of " + skipped.size()
                    + " are shown; run.json and hosts.jsonl have all.", "class", "note");
        }
    }

    private static String sheet() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is missing beside " + HtmlReport.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
