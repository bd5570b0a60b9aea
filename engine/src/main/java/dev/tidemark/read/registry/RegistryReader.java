package dev.tidemark.read.registry;

import dev.tidemark.bytes.ByteCursor.DamagedException;
import dev.tidemark.bytes.ByteCursor;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads of a registry hive ({@code SOFTWARE}, {@code SYSTEM}, {@code Amcache.hve}) the keys that
 * {@code registry-keys.txt} names. A hive is read from any place of it, so it is held in memory, one at a time; what is
 * larger than two fifths of the heap is read as far as it fits.
 *
 * <p>Changes that Windows had not yet written into the hive lie in its transaction logs ({@code .LOG1}), which are not
 * applied: that is told.
 */
public final class RegistryReader implements LogReader {
    private static final long MOST_BYTES = 512L << 20;
    private static final int MOST_LOSSES = 20;
    private static final int MOST_COUNTED = 10_000;
    private static final int PRIMARY_FILE = 0;
    private static final String CURRENT = "CurrentControlSet";

    private final List<KeyPath> paths = KeyPath.bundled();
    private final Object oneAtATime = new Object();

    @Override
    public String source() {
        return RegistryRecord.SOURCE;
    }

    @Override
    public boolean recognises(Head head, String path) {
        byte[] b = head.bytes();
        return b.length >= 512 && b[0] == 'r' && b[1] == 'e' && b[2] == 'g' && b[3] == 'f' && ByteCursor.u32(b, 28) == PRIMARY_FILE;
    }

    @Override
    public ReadSummary read(InputStream in, String path, LineFilter filter, RecordSink sink) throws IOException {
        synchronized (oneAtATime) {
            Run run = new Run(path, filter, sink);
            HiveBytes bytes = HiveBytes.read(in, Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / 5 * 2));
            try {
                Hive hive = Hive.of(bytes);
                run.condition(hive, bytes);
                run.walk(hive, paths);
            } catch (DamagedException e) {
                sink.skipped(new Skipped(path, bytes.size(), "is no registry hive that can be read: " + e.getMessage()));
            }
            run.finish();
            return run.hours.summary();
        }
    }

    /** One pass over one hive. */
    private static final class Run {
        private final String path;
        private final LineFilter filter;
        private final RecordSink sink;
        private final HourCount hours = new HourCount();
        /** Each said once; a hive that is all damage has no more than these. */
        private final Set<String> losses = new LinkedHashSet<>();

        Run(String path, LineFilter filter, RecordSink sink) {
            this.path = path;
            this.filter = filter;
            this.sink = sink;
        }

        void condition(Hive hive, HiveBytes bytes) throws DamagedException {
            long missing = hive.stated() - bytes.size();
            if (missing > 0) {
                sink.skipped(new Skipped(path, missing, "the hive says that it has " + hive.stated() + " bytes; only the first "
                        + bytes.size() + " are there or fit into memory"));
            }
            if (hive.isDirty()) {
                sink.skipped(new Skipped(path, Skipped.NONE, "the last changes to the hive lie in its transaction logs, which"
                        + " are not applied"));
            }
        }

        private void lose(String why) {
            if (losses.size() < MOST_COUNTED) {
                losses.add(why);
            }
        }

        void walk(Hive hive, List<KeyPath> paths) throws DamagedException {
            Hive.Key root = hive.root();
            Optional<String> controlSet = hive.controlSet(root, this::lose);
            for (KeyPath wanted : paths) {
                walk(hive, root, wanted, 0, wanted.hive(), controlSet);
            }
        }

        private void walk(Hive hive, Hive.Key key, KeyPath wanted, int depth, String shown, Optional<String> controlSet) {
            if (depth == wanted.names().size()) {
                record(new RegistryRecord(shown, key, hive.values(key, this::lose)), key);
                return;
            }
            String name = wanted.names().get(depth);
            if (name.equals(KeyPath.ANY)) {
                hive.below(key, this::lose).forEach(k ->
                        walk(hive, k, wanted, depth + 1, shown + "\\" + k.name(), controlSet));
                return;
            }
            String stored = name.equals(CURRENT) ? controlSet.orElse(name) : name;
            hive.below(key, stored, this::lose).ifPresent(k ->
                    walk(hive, k, wanted, depth + 1, shown + "\\" + (name.equals(CURRENT) ? name : k.name()), controlSet));
        }

        private void record(RegistryRecord record, Hive.Key key) {
            hours.add(Times.NONE);
            RegistryFacts.tell(record, path, sink);
            byte[] text = record.text().getBytes(StandardCharsets.UTF_8);
            if (filter.wakes(text, 0, text.length)) {
                sink.record(record);
            }
        }

        void finish() {
            losses.stream().limit(MOST_LOSSES).forEach(loss -> sink.skipped(new Skipped(path, loss)));
            if (losses.size() > MOST_LOSSES) {
                String least = losses.size() == MOST_COUNTED ? "at least " : "";
                sink.skipped(new Skipped(path, least + (losses.size() - MOST_LOSSES) + " more of its cells are damaged"));
            }
        }
    }
}
