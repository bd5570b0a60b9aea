package dev.tidemark.probe;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Gets pages by GET and nothing else: no cookie, no name, no body. Follows few redirects, and only those that stay on the
 * host; takes the beginning of a body; waits no longer than it was told, for all of an answer together.
 */
final class PageFetcher {
    private static final int MOST_REDIRECTS = 5;
    private static final int MOST_BYTES = 256 << 10;

    private final HttpClient client;
    private final String agent;
    private final Duration timeout;
    private final Pace pace;

    PageFetcher(String agent, Duration timeout, boolean insecure, Pace pace) {
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(timeout);
        this.client = insecure ? builder.sslContext(AnyCertificate.context()).build() : builder.build();
        this.agent = agent;
        this.timeout = timeout;
        this.pace = pace;
    }

    /** @throws IOException if there was no answer, with the reason in words */
    Page get(URI base, String path) throws IOException, InterruptedException {
        URI uri = base.resolve(path);
        for (int i = 0; i <= MOST_REDIRECTS; i++) {
            HttpResponse<byte[]> response = send(uri);
            Optional<URI> next = onSameHost(uri, response);
            if (next.isEmpty()) {
                return page(uri, response);
            }
            uri = next.get();
        }
        throw new IOException("it redirected more than " + MOST_REDIRECTS + " times");
    }

    private HttpResponse<byte[]> send(URI uri) throws IOException, InterruptedException {
        pace.await(uri.getHost().toLowerCase(Locale.ROOT));
        HttpRequest request = HttpRequest.newBuilder(uri).GET().timeout(timeout).header("User-Agent", agent).build();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, info -> new FirstBytes(MOST_BYTES));
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new IOException("there was no whole answer within " + timeout.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IOException(reason(e.getCause()), e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static String reason(Throwable e) {
        if (e instanceof javax.net.ssl.SSLException) {
            return "its certificate or its TLS was not accepted (" + e.getMessage() + "); --insecure asks it all the same";
        }
        if (e instanceof java.net.ConnectException) {
            return "there was no connection" + (e.getMessage() == null ? "" : ": " + e.getMessage());
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** Where the answer sends us, if that is the same host and not a step back from TLS. */
    private static Optional<URI> onSameHost(URI uri, HttpResponse<byte[]> response) {
        String location = response.headers().firstValue("location").orElse("");
        if (response.statusCode() < 300 || response.statusCode() > 399 || location.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI next = uri.resolve(new URI(location));
            boolean safe = next.getHost() != null && next.getHost().equalsIgnoreCase(uri.getHost())
                    && (port(next) == port(uri) || uri.getScheme().equals("http")) && next.getUserInfo() == null
                    && (next.getScheme().equals("https") || next.getScheme().equals(uri.getScheme()));
            return safe ? Optional.of(next) : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equals("https") ? 443 : 80;
    }

    private static Page page(URI uri, HttpResponse<byte[]> response) {
        Map<String, List<String>> headers = new TreeMap<>();
        response.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return new Page(uri.getRawPath(), response.statusCode(), headers,
                new String(response.body(), StandardCharsets.ISO_8859_1));
    }
}
