package dev.tidemark.report;

import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Finding;
import dev.tidemark.report.RowChoice.Groups;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The case as one page that needs no network: for the customer, on screen and on paper.
 *
 * <p>The page's own policy allows exactly one style sheet and one script, each by its hash, and nothing else. All text
 * passes through {@link Html}, which escapes it; the script gets its data as JSON that it reads as text, and writes
 * text only. Without the script the page says the same: it only zooms and filters.
 *
 * <p>However large the case, the page stays below {@link #MOST_BYTES}: each kind of content has its {@link Room}.
 */
public final class HtmlReport {
    /** The size that the page keeps below; the rooms and what stands outside of them add up to less. */
    static final long MOST_BYTES = 10_000_000;
    private static final long SENTENCE_BYTES = 1_500_000;
    private static final long ROW_BYTES = 4_000_000;
    private static final long FILE_LIST_BYTES = 1_200_000;
    /** Servers with a part of their own; more make a page that nobody reads. */
    private static final int MOST_SECTIONS = 120;
    /** Points of all timelines together. */
    private static final int MOST_POINTS = 100_000;
    private static final String SHEET = resource("report.css");
    private static final String SCRIPT = resource("records.js") + resource("picture.js")
            + resource("timeline.js") + resource("report.js");

    private final CaseResult result;
    private final Html html;
    private final List<HostView> views;
    private final List<Glance> glances = new ArrayList<>();
    private final List<HostSection> sections = new ArrayList<>();
    private final Anchors anchors = new Anchors();
    private final RuleNumbers rules;
    private final Set<String> rested = new HashSet<>();

    private HtmlReport(CaseResult result, Writer writer) {
        this.result = result;
        this.html = new Html(writer);
        this.views = HostView.of(result);
        this.rules = new RuleNumbers(result.run().rules(), views);
        CveNames names = CveNames.bundled();
        views.forEach(view -> glances.add(new Glance(view, anchors, names)));
        List<HostView> worst = views.subList(0, Math.min(MOST_SECTIONS, views.size()));
        Room sentences = new Room(SENTENCE_BYTES);
        List<Claims> claims = worst.stream().map(view -> new Claims(view, sentences)).toList();
        List<Groups> groups = RowChoice.choose(worst, claims, new Room(ROW_BYTES));
        groups.forEach(each -> each.of().forEach(group -> rest(group.shown())));
        claims.forEach(each -> each.all().forEach(anchors::cite));
        List<Integer> points = Shares.of(worst.stream().map(view -> view.findings().size()).toList(), MOST_POINTS);
        for (int i = 0; i < worst.size(); i++) {
            sections.add(new HostSection(worst.get(i), claims.get(i), groups.get(i), anchors, rules, glances.get(i),
                    points.get(i)));
        }
    }

    private void rest(List<Finding> shown) {
        anchors.add(shown);
        shown.forEach(f -> rested.add(RunSection.key(f.host(), f.place().path())));
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
        Cover cover = new Cover(result, views, glances, sections.size());
        head(cover);
        html.open("body").element("a", "Skip to the verdicts", "class", "skip", "href", "#verdicts");
        Plot.patterns(html);
        cover.writeTop(html);
        html.open("main", "id", "verdicts", "tabindex", "-1").open("div", "class", "page");
        cover.writeOverview(html);
        sections.forEach(section -> section.write(html));
        new RulesSection(rules, views, result.run().rules().size(), sections.size()).write(html);
        new RunSection(result.run(), rested, new Room(FILE_LIST_BYTES)).write(html);
        html.close(2);
        html.open("footer").open("div", "class", "page");
        html.element("p", "Made by Tidemark " + result.run().version() + " with rules " + result.run().rulesHash()
                + ". All times are UTC. The same evidence and rules give the same report.");
        html.close(2).script(SCRIPT).close(2);
    }

    private void head(Cover cover) {
        html.doctype().open("html", "lang", "en").open("head").open("meta", "charset", "utf-8");
        html.open("meta", "http-equiv", "Content-Security-Policy", "content", "default-src 'none'; style-src '"
                + hash(SHEET) + "'; script-src '" + hash(SCRIPT) + "'; img-src data:; base-uri 'none'; form-action"
                + " 'none'; require-trusted-types-for 'script'");
        html.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.open("meta", "name", "referrer", "content", "no-referrer");
        html.open("meta", "name", "color-scheme", "content", "light dark");
        html.open("link", "rel", "icon", "href", "data:,");
        html.element("title", "Tidemark report: " + cover.headline()).style(SHEET).close();
    }

    private static String resource(String name) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing beside " + HtmlReport.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(String text) {
        byte[] digest = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
