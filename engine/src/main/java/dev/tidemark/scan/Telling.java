package dev.tidemark.scan;

import dev.tidemark.acquire.EvidenceFile;
import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.content.ContentRules;
import dev.tidemark.read.Readers;
import dev.tidemark.read.file.FileReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Says of a file, without reading more of it than needed, whether a scan would see something in it. */
public final class Telling {
    private final DiskFiles files;

    public Telling(RuleSet rules, ContentRules content) {
        this.files = new DiskFiles(rules, content);
    }

    /** True if a scan takes it for a source, or a rule holds for it as a file. */
    public boolean tells(EvidenceFile file) throws IOException {
        try (InputStream in = file.open()) {
            byte[] head = in.readNBytes(FileScan.HEAD);
            if (!FileReader.runs(file) && Readers.recognise(head, file.path().toLowerCase(Locale.ROOT)).isPresent()) {
                return true;
            }
            boolean[] held = new boolean[1];
            files.judge(file, head, in, (record, match) -> held[0] = true);
            return held[0];
        }
    }
}
