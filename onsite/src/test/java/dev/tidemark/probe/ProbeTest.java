package dev.tidemark.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpHandler;
import dev.tidemark.model.Posture.PatchState;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {
    private static final Instant NOW = Instant.parse("2021-03-10T12:00:00Z");
    private static final String LOGON = "<html><link href=\"/owa/auth/15.1.2176/themes/resources/favicon.ico\"></html>";

    @TempDir
    private Path dir;

    private final AtomicLong clock = new AtomicLong();
    private final List<Long> waits = new ArrayList<>();

    private Prober prober(boolean insecure) {
        return prober(insecure, Duration.ofSeconds(20));
    }

    private Prober prober(boolean insecure, Duration timeout) {
        return new Prober(timeout, insecure, clock::get, nanos -> {
            waits.add(nanos);
            clock.addAndGet(nanos);
        });
    }

    private ProbeResult probed(HttpHandler handler) throws IOException, InterruptedException {
        try (MadeSite site = MadeSite.http(handler)) {
            return prober(false).probe(site.uri(), NOW);
        }
    }

    @Test
    void headerShowsTheWholeBuildAndEndsTheAsking() throws Exception {
        try (MadeSite site = MadeSite.https(dir, exchange -> {
            exchange.getResponseHeaders().add("X-OWA-Version", "15.1.2176.2");
            MadeSite.answer(exchange, 200, LOGON);
        })) {
            ProbeResult result = prober(true).probe(site.uri(), NOW);

            assertEquals("15.1.2176.2", result.build());
            assertEquals("Exchange Server 2016 CU19", result.product());
            assertEquals(PatchState.VULNERABLE, result.state());
            assertEquals(List.of("/owa/auth/logon.aspx"), site.paths());
            assertEquals("the header x-owa-version of /owa/auth/logon.aspx", result.signs().get(0).where());
        }
    }

    @Test
    void pathInThePageShowsTheCumulativeUpdateOnly() throws Exception {
        ProbeResult result = probed(exchange -> MadeSite.answer(exchange, 200, LOGON));

        assertEquals("15.1.2176", result.build());
        assertEquals(PatchState.UNKNOWN, result.state());
    }

    @Test
    void programOfTheAdminCenterShowsTheRest() throws Exception {
        ProbeResult result = probed(exchange -> MadeSite.answer(exchange, 200, exchange.getRequestURI().getPath()
                .endsWith(".application") ? "<assemblyIdentity name=\"x\" version=\"15.2.792.10\" language=\"neutral\" />" : ""));

        assertEquals("15.2.792.10", result.build());
        assertEquals(PatchState.PATCHED, result.state());
    }

    @Test
    void nothingButPlainRequestsForPublicPagesIsSent() throws Exception {
        try (MadeSite site = MadeSite.http(exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "a=b");
            MadeSite.answer(exchange, 200, "");
        })) {
            prober(false).probe(site.uri(), NOW);

            assertEquals(ProbePages.bundled().pages(), site.paths());
            for (MadeSite.Asked asked : site.asked) {
                assertEquals("GET", asked.method());
                assertTrue(asked.agent().startsWith("Tidemark"), asked.agent());
                assertTrue(!asked.cookie() && asked.bodyBytes() == 0, asked.toString());
            }
        }
    }

    @Test
    void hostIsAskedAtMostOnceASecondWhateverItAnswers() throws Exception {
        try (MadeSite site = MadeSite.http(exchange -> {
            exchange.getResponseHeaders().add("Location", "/again");
            MadeSite.answer(exchange, 302, "");
        })) {
            Prober prober = prober(false);
            prober.probe(site.uri(), NOW);
            prober.probe(site.uri(), NOW);

            assertEquals(site.asked.size() - 1, waits.size());
            assertTrue(waits.stream().allMatch(w -> w == Pace.NANOS), waits.toString());
        }
    }

    @Test
    void redirectsAreFollowedOnTheHostOnly() throws Exception {
        try (MadeSite other = MadeSite.http(exchange -> MadeSite.answer(exchange, 200, LOGON))) {
            ProbeResult result = probed(exchange -> {
                boolean first = exchange.getRequestURI().getPath().endsWith("logon.aspx");
                exchange.getResponseHeaders().add("Location", first ? "/owa/auth/15.1.2176.9/x"
                        : other.uri().resolve("/owa/auth/logon.aspx").toString().replace("localhost", "127.0.0.1"));
                MadeSite.answer(exchange, exchange.getRequestURI().getPath().contains("15.1.2176.9") ? 404 : 302, "");
            });

            assertEquals(List.of(), other.asked);
            assertTrue(result.faults().get(0).contains("answered 404"), result.faults().toString());
            assertEquals("", result.build());
        }
    }

    @Test
    void redirectWithoutEndIsGivenUp() throws Exception {
        AtomicLong count = new AtomicLong();
        ProbeResult result = probed(exchange -> {
            exchange.getResponseHeaders().add("Location", "/" + count.incrementAndGet());
            MadeSite.answer(exchange, 302, "");
        });

        assertTrue(result.faults().get(0).contains("more than 5 times"), result.faults().toString());
        assertEquals(6, count.get());
    }

    @Test
    void redirectThatIsNoAddressIsAnAnswer() throws Exception {
        for (String odd : List.of("http://[bad", "javascript:alert(1)", "//", "http://user:pw@localhost/", "\u0001 x")) {
            ProbeResult result = probed(exchange -> {
                exchange.getResponseHeaders().add("Location", odd);
                MadeSite.answer(exchange, 302, "");
            });
            assertEquals("", result.build(), odd);
        }
    }

    @Test
    void certificateThatNobodyVouchesForIsRefusedUnlessAskedFor() throws Exception {
        try (MadeSite site = MadeSite.https(dir, exchange -> MadeSite.answer(exchange, 200, LOGON))) {
            ProbeResult refused = prober(false).probe(site.uri(), NOW);

            assertEquals("", refused.build());
            assertTrue(refused.faults().get(0).contains("--insecure"), refused.faults().toString());
            assertEquals(List.of(), site.asked);
            assertEquals("15.1.2176", prober(true).probe(site.uri(), NOW).build());
        }
    }

    @Test
    void answerThatNeverComesIsGivenUp() throws IOException, InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try (MadeSite site = MadeSite.http(exchange -> waitFor(end))) {
            ProbeResult result = prober(false, Duration.ofMillis(300)).probe(site.uri(), NOW);

            assertTrue(result.faults().get(0).matches(".*(no whole answer|timed out).*"), result.faults().toString());
            assertTrue(site.asked.size() <= 1, "a server that does not answer is not asked again");
        } finally {
            end.countDown();
        }
    }

    @Test
    void bodyThatDripsIsGivenUp() throws IOException, InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try (MadeSite site = MadeSite.http(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            body.write('<');
            body.flush();
            waitFor(end);
        })) {
            ProbeResult result = prober(false, Duration.ofMillis(500)).probe(site.uri(), NOW);

            assertTrue(result.faults().get(0).contains("no whole answer"), result.faults().toString());
        } finally {
            end.countDown();
        }
    }

    private static void waitFor(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void bodyWithoutEndIsReadToItsBound() throws Exception {
        byte[] piece = "x".repeat(1 << 16).getBytes();
        ProbeResult result = probed(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(LOGON.getBytes());
                while (true) {
                    body.write(piece);
                }
            }
        });

        assertEquals("15.1.2176", result.build());
    }

    @Test
    void hostileAnswersGiveNoMoreThanABuild() throws Exception {
        ProbeResult result = probed(exchange -> {
            exchange.getResponseHeaders().add("X-OWA-Version", "\u001b[2J15.1.2176.2" + "9".repeat(60));
            exchange.getResponseHeaders().add("X-OWA-Version", "=cmd|' /C calc'!A0");
            MadeSite.answer(exchange, 200, "/owa/auth/15.1.99999/ ".repeat(5000) + "/owa/auth/99.1.1.1/ /owa/auth/15.1.1.1.1.1/");
        });

        assertTrue(result.signs().size() <= 40, result.signs().toString());
        assertTrue(result.signs().stream().allMatch(s -> s.build().matches("[0-9.]{5,30}")), result.signs().toString());
        assertEquals(PatchState.UNKNOWN, probed(exchange -> MadeSite.answer(exchange, 500, "no")).state());
    }

    @Test
    void serverThatIsNotThereIsSaid() throws Exception {
        MadeSite gone = MadeSite.http(exchange -> { });
        gone.close();

        assertTrue(prober(false).probe(gone.uri(), NOW).faults().get(0).contains("there was no connection"));
    }

    @Test
    void addressesAreReadAsPeopleWriteThem() {
        assertEquals("https://mail.example.org/", Prober.server("mail.example.org").toString());
        assertEquals("http://mail.example.org:8080/", Prober.server("HTTP://mail.example.org:8080/owa/?a#b").toString());
        for (String odd : List.of("ftp://mail.example.org", "https://", "https://a b", "https://user:pw@mail.example.org", "")) {
            assertThrows(IllegalArgumentException.class, () -> Prober.server(odd), odd);
        }
    }

    @Test
    void noAskedPageUsesAFlaw() {
        for (String page : ProbePages.bundled().pages()) {
            assertTrue(page.matches("/[A-Za-z/.]+"), page);
        }
    }
}
