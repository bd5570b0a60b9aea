package dev.tidemark.read.iisconfig;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.bytes.Times;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.Head;
import dev.tidemark.read.HourCount;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.RecordSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the configuration of Internet Information Services. Each element with attributes is a record; what bears on who
 * may come in (sites, application pools, modules, rewrite rules, extended protection) is told as a fact of the file.
 *
 * <p>Source: Microsoft Learn, "Introduction to ApplicationHost.config", "URL Rewrite Module Configuration Reference".
 */
public final class IisConfigReader implements LogReader {
    static final String SOURCE = "iis-config";

    /** What the fact keeps, with all that stands in it: the way from the document's element or a location down. */
    private static final Set<String> TOLD = Set.of("system.applicationHost/sites",
            "system.applicationHost/applicationPools", "system.webServer/globalModules", "system.webServer/modules",
            "system.webServer/rewrite", "system.webServer/security/authentication/windowsAuthentication");

    @Override
    public String source() {
        return SOURCE;
    }

    @Override
    public boolean alsoFile() {
        return true;
    }

    @Override
    public boolean recognises(Head head, String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return (name.equals("web.config") || name.equals("applicationhost.config"))
                && head.text().contains("<configuration");
    }

    @Override
    public ReadSummary read(InputStream in, String path, LineFilter filter, RecordSink sink)
            throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES_OF_A_FILE);
        ConfigXml config = ConfigXml.of(bytes);
        if (bytes.length == MOST_BYTES_OF_A_FILE) {
            sink.skipped(new Skipped(path, "only its first " + MOST_BYTES_OF_A_FILE + " bytes were read: no configuration is larger"));
        }
        config.fault().ifPresent(why -> sink.skipped(new Skipped(path, why + "; the rest was not read")));
        HourCount count = new HourCount();
        config.root().ifPresent(root -> {
            hand(root, "", "", count, filter, sink);
            told(root, "").ifPresent(kept -> sink.observedOfFile(RecordSink.IIS_CONFIG, kept.toXml(),
                    Place.ofFile(path)));
        });
        return count.summary();
    }

    private static void hand(ConfigNode node, String around, String location, HourCount count, LineFilter filter,
            RecordSink sink) {
        boolean frame = node.name().equals("configuration") || node.name().equals("location");
        String section = frame ? around : around + (around.isEmpty() ? "" : "/") + node.name();
        String where = node.name().equals("location") ? node.attribute("path", "") : location;
        if (!frame && !node.attributes().isEmpty()) {
            ConfigRecord record = new ConfigRecord(node, section, where);
            count.add(Times.NONE);
            byte[] text = (section + "\n" + where + "\n" + record.text()).getBytes(StandardCharsets.UTF_8);
            if (filter.wakes(text, 0, text.length)) {
                sink.record(record);
            }
        }
        node.children().forEach(c -> hand(c, section, where, count, filter, sink));
    }

    /** The part of the tree that the fact keeps; empty if there is nothing of it. */
    private static Optional<ConfigNode> told(ConfigNode node, String around) {
        boolean frame = node.name().equals("configuration") || node.name().equals("location");
        String section = frame ? around : around + (around.isEmpty() ? "" : "/") + node.name();
        if (TOLD.contains(section)) {
            return Optional.of(withoutSecrets(node));
        }
        List<ConfigNode> kept = new ArrayList<>();
        node.children().forEach(c -> told(c, section).ifPresent(kept::add));
        return kept.isEmpty() && !node.name().equals("configuration") ? Optional.empty()
                : Optional.of(new ConfigNode(node.name(), node.attributes(), kept, node.line()));
    }

    private static ConfigNode withoutSecrets(ConfigNode node) {
        Map<String, String> attributes = new LinkedHashMap<>(node.attributes());
        attributes.keySet().removeIf(key -> key.toLowerCase(Locale.ROOT).contains("password"));
        return new ConfigNode(node.name(), attributes,
                node.children().stream().map(IisConfigReader::withoutSecrets).toList(), node.line());
    }
}
