package dev.tidemark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import com.sun.net.httpserver.HttpServer;
import dev.tidemark.report.Browser.Open;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The report as its readers meet it: in a browser, on paper, by keyboard, with a screen reader, under attack. */
class ReportInBrowserTest {
    private static final int EVERYTHING = 100_000;

    private static Browser browser;
    private static Path small;
    private static Path commands;
    private static Path hostile;
    private static Path many;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        small = browser.file(Samples.small());
        commands = browser.file(Samples.withProcesses());
        hostile = browser.file(Hostile.result());
        many = browser.file(Samples.many(EVERYTHING));
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    private static void assertQuiet(Open open, Path file) {
        assertEquals(List.of(), open.messages, "nothing on the console");
        assertEquals(List.of(), open.requests.stream().filter(url -> !url.equals(file.toUri().toString())
                && !url.startsWith("data:")).toList(), "no request but the page itself");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_440, 1_024, 390})
    void noWidthMakesThePageScrollSideways(int width) {
        for (Path file : List.of(commands, hostile)) {
            try (Open open = browser.open(file, width, ColorScheme.LIGHT, true)) {
                open.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })");
                assertTrue(open.number("document.documentElement.scrollWidth") <= width, file + " at " + width);
                assertQuiet(open, file);
            }
        }
    }

    /** Contrast, names, roles, landmarks, headings, tables, focus: what a program can tell of access for all. */
    @ParameterizedTest
    @EnumSource(value = ColorScheme.class, names = {"LIGHT", "DARK"})
    void axeFindsNoBarrier(ColorScheme scheme) throws IOException {
        for (int width : List.of(1_440, 390)) {
            try (Open open = browser.open(commands, width, scheme, true)) {
                open.draw("#host-1");
                open.page.locator("#host-1 .timeline .live").focus();
                open.page.keyboard().press("+");
                open.page.locator("#host-1 .inview summary").click();
                // axe measures where things stand: all of it has to be laid out
                open.page.evaluate("document.querySelectorAll('.later, .rule').forEach(part =>"
                        + " { part.style.contentVisibility = 'visible'; })");
                open.page.evaluate(axe());
                Object faults = open.page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']}))"
                        + ".violations.map(v => v.id + ': ' + v.nodes.slice(0, 3)"
                        + ".map(n => n.target.join(' ') + ' ' + n.failureSummary).join(' | '))");
                assertEquals(List.of(), faults, width + " " + scheme);
            }
        }
    }

    private static String axe() throws IOException {
        try (InputStream in = ReportInBrowserTest.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theSchemeOfTheReaderIsKept() {
        String background = "getComputedStyle(document.body).backgroundColor";
        try (Open light = browser.open(small, 1_440, ColorScheme.LIGHT, true);
                Open dark = browser.open(small, 1_440, ColorScheme.DARK, true)) {
            assertEquals("rgb(242, 244, 246)", light.page.evaluate(background));
            assertEquals("rgb(14, 19, 24)", dark.page.evaluate(background));
        }
    }

    @Test
    void paperIsLightAndShowsTheStillPictureAndEveryRow() {
        try (Open open = browser.open(small, 800, ColorScheme.DARK, true)) {
            Page page = open.page;
            open.draw("#host-1");
            page.locator("#host-1 .filters").evaluate("d => { d.open = true; }");
            page.locator("#host-1 input[name=severity]").first().uncheck();
            assertEquals(1, page.locator("#host-1 tr.row[hidden]").count());
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertEquals("rgb(255, 255, 255)", page.evaluate("getComputedStyle(document.body).backgroundColor"));
            assertTrue(page.locator("#host-1 .still").first().isVisible());
            assertFalse(page.locator("#host-1 .timeline .live").first().isVisible());
            assertFalse(page.locator("#host-1 .controls").first().isVisible());
            assertTrue(page.locator("#host-1 tr.row[hidden]").first().isVisible(), "a filter hides nothing on paper");
            assertTrue(page.pdf(new Page.PdfOptions().setPreferCSSPageSize(true)).length > 10_000);
        }
    }

    @Test
    void theKeyboardAloneReachesAndWorksEverything() {
        try (Open open = browser.open(small)) {
            Page page = open.page;
            page.keyboard().press("Tab");
            assertEquals("Skip to the verdicts", page.evaluate("document.activeElement.textContent"));
            assertTrue(page.locator(".skip").boundingBox().x >= 0, "the skip link is seen when it has the focus");
            page.keyboard().press("Enter");
            assertEquals("verdicts", page.evaluate("document.activeElement.id"));
            page.keyboard().press("Tab");
            assertEquals("MAIL01", page.evaluate("document.activeElement.textContent"));
            assertEquals("3px", page.evaluate("getComputedStyle(document.activeElement).outlineWidth"));
            page.locator("#host-1 .timeline .live").scrollIntoViewIfNeeded();
            page.locator("#host-1 .timeline .live").focus();
            String whole = open.text("#host-1 .said");
            page.keyboard().press("+");
            assertFalse(open.text("#host-1 .said").equals(whole), "plus zooms");
            assertEquals(Boolean.TRUE, page.evaluate("document.activeElement.classList.contains('live')"));
            page.keyboard().press("ArrowLeft");
            page.keyboard().press("0");
            assertEquals(whole, open.text("#host-1 .said"), "0 shows the whole time again");
            page.locator("#f-id3 + tr summary").focus();
            page.keyboard().press("Enter");
            page.keyboard().press("Enter");
            assertTrue(page.locator("#f-id3 + tr pre").isVisible());
        }
    }

    @Test
    void aLinkOpensTheRecordAndUndoesAFilterThatHidesIt() {
        try (Open open = browser.open(small)) {
            Page page = open.page;
            open.draw("#host-1");
            page.locator("#host-1 .filters input[name=stage]").last().uncheck();
            assertFalse(page.locator("#f-id4").isVisible());
            assertTrue(open.text("#host-1 .filter-state").contains("3 of 5 rows"), open.text("#host-1 .filter-state"));
            page.locator("#host-1 .story a[href='#f-id4']").click();
            page.locator("#f-id4 + tr pre").waitFor();
            assertTrue(page.locator("#f-id4").isVisible());
            assertEquals("", open.text("#host-1 .filter-state"));
        }
    }

    @Test
    void nothingOfTheEvidenceComesToLife() {
        for (boolean script : List.of(true, false)) {
            try (Open open = browser.open(hostile, 1_440, ColorScheme.LIGHT, script)) {
                Page page = open.page;
                assertEquals(0, page.locator("pwned, iframe, img, object, embed, base, form[action]").count());
                assertEquals(1, page.locator("title:not(svg title)").count());
                assertEquals(1, page.locator("style").count());
                assertEquals(0, page.locator("a[href]:not([href^='#']):not([href^='https://'])").count());
                if (script) {
                    for (int i = 0; i < page.locator(".timeline").count(); i++) {
                        page.locator(".timeline").nth(i).scrollIntoViewIfNeeded();
                        page.locator(".timeline").nth(i).locator(".live svg").first().waitFor();
                        page.locator(".timeline").nth(i).locator(".inview summary").click();
                    }
                    assertEquals(null, page.evaluate("window.pwned"));
                    assertEquals(0, page.locator("pwned, iframe, img").count());
                }
                assertQuiet(open, hostile);
                String text = page.locator("body").innerText();
                for (String hidden : List.of("\u202E", "\u2066", "\u200B", "\uFEFF", "\u0007", "\u001B")) {
                    assertFalse(text.contains(hidden), "shows itself: U+" + Integer.toHexString(hidden.charAt(0)));
                }
                assertTrue(text.contains("[U+202E]gnp.exe"));
            }
        }
    }

    /** What got into the page by a fault of ours could still not run, load or send. */
    @Test
    void thePolicyStopsWhatEscapingWouldMiss() throws IOException {
        List<String> calls = new CopyOnWriteArrayList<>();
        HttpServer listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", exchange -> {
            calls.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(204, -1);
        });
        listener.start();
        String there = "http://127.0.0.1:" + listener.getAddress().getPort();
        String markup = ("<script>window.pwned = 1</script><img src='https://example.invalid/x.png' onerror='pwned = 1'>"
                + "<iframe src='https://example.invalid/'></iframe><style>body { display: none }</style>"
                + "<button id='trap' onclick='window.pwned = 1'>x</button><script src='https://example.invalid/x.js'>"
                + "</script>").replace("https://example.invalid", there);
        Path file = browser.file(Samples.page(Samples.small()).replaceFirst("<main[^>]*>", "$0" + markup));
        try (Open open = browser.open(file)) {
            open.page.locator("#trap").click();
            open.page.evaluate("() => { try { document.body.innerHTML += '<b onclick=pwned=1>'; }"
                    + " catch (refused) { window.refused = 1; } }");
            open.page.evaluate("there => fetch(there + '/fetch').catch(() => { window.refusedFetch = 1; })", there);
            assertEquals(null, open.page.evaluate("window.pwned"));
            assertEquals(1, open.page.evaluate("window.refused"), "no markup from text, not even by a script of ours");
            assertEquals(1, open.page.evaluate("window.refusedFetch"));
            assertTrue(open.page.locator("h1").isVisible(), "a foreign sheet does nothing");
            assertEquals(List.of(), calls);
            for (String directive : List.of("script-src", "img-src", "style-src", "connect-src", "frame-src")) {
                assertTrue(open.messages.stream().anyMatch(m -> m.contains(directive)),
                        directive + " in " + open.messages);
            }
        } finally {
            listener.stop(0);
        }
    }

    @Test
    void withoutScriptThePageSaysTheSame() {
        try (Open with = browser.open(small); Open without = browser.open(small, 1_440, ColorScheme.LIGHT, false)) {
            assertFalse(without.page.locator(".controls").first().isVisible());
            assertTrue(without.page.locator("#host-1 .still svg").first().isVisible());
            for (String part : List.of("header", ".overview", "#host-1 .glance", "#host-1 .story",
                    "#host-1 .findings")) {
                assertEquals(with.text(part), without.text(part), part);
            }
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void aHundredThousandFindingsZoomAndFilter() {
        try (Open open = browser.open(many)) {
            Page page = open.page;
            open.draw("#host-1");
            assertTrue(open.text("#host-1 .said").startsWith("100,000 findings shown, 100,000 of them accusing"));
            page.locator("#host-1 label", new Page.LocatorOptions().setHasText("Web shell")).locator("input").uncheck();
            assertTrue(open.text("#host-1 .said").startsWith("90,000 findings shown"), open.text("#host-1 .said"));
            page.locator("#host-1 label", new Page.LocatorOptions().setHasText("httpproxy")).locator("input").uncheck();
            assertTrue(open.text("#host-1 .said").startsWith("20,000 findings shown"), open.text("#host-1 .said"));
            page.locator("#host-1 [data-do=reset]").click();
            page.locator("#host-1 select").selectOption("0");
            String one = open.text("#host-1 .said");
            assertTrue(one.startsWith("1,112 findings shown"), one);
            page.locator("#host-1 [data-do=reset]").click();
            for (int i = 0; i < 12; i++) {
                page.locator("#host-1 [data-do=in]").click();
            }
            page.locator("#host-1 .inview summary").click();
            // a list is filled after it was opened
            page.locator("#host-1 .inview li:not(.note)").first().waitFor();
            long listed = page.locator("#host-1 .inview li:not(.note)").count();
            String said = open.text("#host-1 .said");
            assertTrue(said.startsWith(listed + " findings shown") || listed == 50, said);
            Map<String, Object> marks = (Map<String, Object>) page.evaluate("({shown: [...document.querySelectorAll("
                    + "'#host-1 .timeline .live .count')].reduce((sum, t) => sum + Number(t.textContent), 0)"
                    + " + document.querySelectorAll('#host-1 .timeline .live .shape').length})");
            assertEquals(said.split(" ")[0], marks.get("shown").toString(), "the marks stand for all in view");
            assertQuiet(open, many);
        }
    }

    @Test
    void theLivePictureIsTheStillOneAgain() {
        try (Open open = browser.open(small)) {
            open.draw("#host-1");
            String lanes = "[...document.querySelectorAll('#host-1 .timeline %s .lane-label')].map(l => l.textContent).join()";
            assertEquals(open.page.evaluate(lanes.formatted(".still")), open.page.evaluate(lanes.formatted(".live")));
            String height = "document.querySelector('#host-1 .timeline %s svg').getAttribute('height')";
            assertEquals(open.page.evaluate(height.formatted(".still")), open.page.evaluate(height.formatted(".live")));
            String shapes = "document.querySelectorAll('#host-1 .timeline %s .mark').length";
            assertTrue(open.number(shapes.formatted(".live")) >= open.number(shapes.formatted(".still")),
                    "a wide screen parts more than paper does");
        }
    }

    @Test
    void drawingAStretchWithTheMouseZoomsIntoIt() {
        try (Open open = browser.open(many)) {
            Page page = open.page;
            open.draw("#host-1");
            var box = page.locator("#host-1 .timeline .live").boundingBox();
            double y = box.y + box.height - 20;
            page.mouse().move(box.x + box.width / 4, y);
            page.mouse().down();
            page.mouse().move(box.x + box.width / 2, y);
            page.mouse().up();
            String said = open.text("#host-1 .said");
            long shown = Long.parseLong(said.split(" ")[0].replace(",", ""));
            assertTrue(shown > 15_000 && shown < 35_000, said);
        }
    }
}
