package dev.tidemark.acquire;

import dev.tidemark.model.Skipped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a walk handed on. Contents are read during the call, so that entries of streams count, too. */
class Walked implements EvidenceSink {
    final Map<String, String> contents = new LinkedHashMap<>();
    final Map<String, EvidenceFile> files = new LinkedHashMap<>();
    final Map<String, String> failures = new TreeMap<>();
    final Map<String, String> skipped = new TreeMap<>();

    static Walked walk(Path root) throws IOException {
        return walk(root, Limits.defaults());
    }

    static Walked walk(Path root, Limits limits) throws IOException {
        try (Acquisition acquisition = new Acquisition(limits)) {
            return walk(root, acquisition);
        }
    }

    static Walked walk(Path root, Acquisition acquisition) {
        Walked walked = new Walked();
        acquisition.walk(0, root, walked);
        return walked;
    }

    @Override
    public void file(EvidenceFile file) {
        files.put(file.path(), file);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[8192];
        try (InputStream in = file.open()) {
            for (int got = in.read(block); got >= 0; got = in.read(block)) {
                if (out.size() < 1 << 20) {
                    out.write(block, 0, got);
                }
            }
        } catch (IOException e) {
            failures.put(file.path(), e.getMessage());
        }
        contents.put(file.path(), out.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void skipped(int root, Skipped one) {
        skipped.merge(one.path(), one.why(), (a, b) -> a + " | " + b);
    }

    List<String> paths() {
        return new ArrayList<>(contents.keySet());
    }
}
