package dev.tidemark.probe;

import dev.tidemark.model.Place;
import dev.tidemark.model.Posture;
import dev.tidemark.posture.BuildTable;
import dev.tidemark.posture.MitigationTable;
import dev.tidemark.posture.PostureReader;
import dev.tidemark.posture.Sighting;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Asks servers for their pages, one after the other, and reads their builds from the answers. */
public final class Prober {
    private final ProbePages pages = ProbePages.bundled();
    private final PageFetcher fetcher;
    private final PostureReader postures = new PostureReader(BuildTable.bundled(), MitigationTable.bundled());

    /** @param insecure whether certificates that nobody vouches for are taken, too */
    public Prober(Duration timeout, boolean insecure) {
        this(timeout, insecure, System::nanoTime, TimeUnit.NANOSECONDS::sleep);
    }

    Prober(Duration timeout, boolean insecure, LongSupplier nanoTime, Pace.Sleeper sleeper) {
        this.fetcher = new PageFetcher(pages.agent(), timeout, insecure, new Pace(nanoTime, sleeper));
    }

    /**
     * The server that a text means.
     *
     * @param text {@code https://mail.example} or {@code mail.example}; a path is left out
     * @throws IllegalArgumentException if it means none; the message says why
     */
    public static URI server(String text) {
        String url = text.contains("://") ? text : "https://" + text;
        try {
            URI uri = new URI(url);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getHost() == null) {
                throw new IllegalArgumentException("'" + text + "' is no address of a web server; write https://mail.example.org");
            }
            if (uri.getUserInfo() != null) {
                throw new IllegalArgumentException("'" + text + "' holds a name or password, which is never sent; leave it out");
            }
            return new URI(uri.getScheme().toLowerCase(java.util.Locale.ROOT), null, uri.getHost(), uri.getPort(), "/", null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is no address of a web server: " + e.getReason());
        }
    }

    /** @param now against what is known by then */
    public ProbeResult probe(URI server, Instant now) throws InterruptedException {
        List<VersionSign> signs = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (String path : pages.pages()) {
            if (signs.stream().anyMatch(VersionSign::whole)) {
                break;
            }
            try {
                Page page = fetcher.get(server, path);
                List<VersionSign> found = VersionSign.of(page);
                signs.addAll(found);
                if (found.isEmpty()) {
                    faults.add(path + ": answered " + page.status() + " and shows no build");
                }
            } catch (IOException e) {
                faults.add(path + ": " + e.getMessage());
                break; // a server that does not answer is not asked again
            }
        }
        return result(server, signs, faults, now);
    }

    private ProbeResult result(URI server, List<VersionSign> signs, List<String> faults, Instant now) {
        List<Sighting> seen = signs.stream().map(s -> new Sighting(Sighting.Kind.SERVED, s.build(), Optional.of(now),
                Place.ofFile(s.where()))).toList();
        Posture posture = postures.read(new PostureReader.Facts(seen, List.of(), Optional.of(now), Optional.of(now)));
        String build = posture.build().isEmpty() ? signs.stream().map(VersionSign::build).findFirst().orElse("")
                : posture.build();
        return new ProbeResult(server.toString(), posture.product(), build, posture.patchState(), signs, faults);
    }
}
