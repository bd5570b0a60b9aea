package dev.tidemark.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What a server is asked for, from {@code probe.yml}. */
record ProbePages(List<String> pages, String agent) {
    static ProbePages bundled() {
        try (InputStream in = ProbePages.class.getResourceAsStream("/tidemark-data/probe.yml")) {
            Map<?, ?> table = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
            List<String> pages = new ArrayList<>();
            for (Object page : (List<?>) table.get("pages")) {
                pages.add((String) page);
            }
            return new ProbePages(List.copyOf(pages), (String) table.get("agent"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the bundled probe.yml", e);
        }
    }
}
