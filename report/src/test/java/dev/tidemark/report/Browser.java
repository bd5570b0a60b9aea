package dev.tidemark.report;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import dev.tidemark.model.CaseResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** A real Chromium that opens reports as a reader does: a file on the disk, nothing else. */
final class Browser implements AutoCloseable {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final Path folder;

    /** A page that is open, and what it did beside showing itself. */
    static final class Open implements AutoCloseable {
        final BrowserContext context;
        final Page page;
        final List<String> messages = new ArrayList<>();
        final List<String> requests = new ArrayList<>();

        Open(BrowserContext context, Path file) {
            this.context = context;
            this.page = context.newPage();
            page.onConsoleMessage(message -> messages.add(message.type() + ": " + message.text()));
            page.onPageError(error -> messages.add("error: " + error));
            page.onRequest(request -> requests.add(request.url()));
            page.onDialog(dialog -> messages.add("dialog: " + dialog.message()));
            page.navigate(file.toUri().toString());
        }

        /** Brings the timeline of a host before the reader's eyes: that is when the script draws it. */
        void draw(String host) {
            page.locator(host + " .timeline").scrollIntoViewIfNeeded();
            page.locator(host + " .timeline .live svg").first().waitFor();
        }

        /** The words that a script of the page gives for its state. */
        String text(String selector) {
            return page.locator(selector).first().innerText();
        }

        long number(String script) {
            return ((Number) page.evaluate(script)).longValue();
        }

        @Override
        public void close() {
            context.close();
        }
    }

    private Browser() {
        Assumptions.assumeTrue(Files.isExecutable(CHROMIUM), CHROMIUM + " is not here");
        try {
            folder = Files.createTempDirectory("tidemark-report");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(CHROMIUM)
                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")));
    }

    static Browser start() {
        return new Browser();
    }

    Path file(CaseResult result) {
        return file(Samples.page(result));
    }

    Path file(String page) {
        try {
            Path file = Files.createTempFile(folder, "report", ".html");
            return Files.writeString(file, page, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Open open(Path file) {
        return open(file, 1_440, ColorScheme.LIGHT, true);
    }

    Open open(Path file, int width, ColorScheme scheme, boolean script) {
        return new Open(browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, 900).setColorScheme(scheme).setJavaScriptEnabled(script)), file);
    }

    @Override
    public void close() {
        playwright.close();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
