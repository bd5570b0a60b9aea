package dev.tidemark.scan;

import dev.tidemark.acquire.EvidenceFile;
import dev.tidemark.detect.Match;
import dev.tidemark.detect.RuleInfo;
import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.Slots;
import dev.tidemark.detect.content.ContentRules;
import dev.tidemark.detect.content.FileFacts;
import dev.tidemark.read.Record;
import dev.tidemark.read.file.FileReader;
import dev.tidemark.read.file.FileRecord;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;

/** Judges files that are no logs: by name, place and time, and by content where that may matter. */
final class DiskFiles {
    /** Large files that are held at once, whatever the number of threads. */
    private static final int HELD = 3;
    private static final int LARGE = 64 << 10;

    private final FileReader reader = new FileReader();
    private final Semaphore held = new Semaphore(HELD);
    private final RuleSet rules;
    private final ContentRules content;

    DiskFiles(RuleSet rules, ContentRules content) {
        this.rules = rules;
        this.content = content;
    }

    /**
     * @param head the first bytes of the file, and {@code rest} what follows them
     * @param sink takes each rule that holds, with the file as that rule is to show it
     * @return what kind of record the file is
     */
    String judge(EvidenceFile file, byte[] head, InputStream rest, BiConsumer<Record, Match> sink) throws IOException {
        boolean large = head.length >= LARGE;
        if (large) {
            held.acquireUninterruptibly();
        }
        try {
            FileReader.Looked looked = reader.look(file, head, rest);
            FileRecord record = looked.record();
            List<ContentRules.Found> found = content.scan(looked.views(), facts(record));
            FileRecord named = record.withYara(found.stream().map(ContentRules.Found::name).toList());
            rules.evaluate(named, match -> sink.accept(named, told(match)));
            for (ContentRules.Found each : found) {
                sink.accept(named.withExcerpt(each.excerpt()), match(named, each));
            }
            return named.source();
        } finally {
            if (large) {
                held.release();
            }
        }
    }

    private static FileFacts facts(FileRecord file) {
        return new FileFacts(text(file, "FileName"), text(file, "Folder"), text(file, "Extension"), text(file, "Kind"),
                Long.parseLong(text(file, "Size")), file.source().equals(FileRecord.WEB_FILE));
    }

    private static String text(FileRecord file, String field) {
        return file.value(field).orElse("");
    }

    /** A finding tells of the content by its excerpt; whole files stay out of it. */
    private static Match told(Match match) {
        Map<String, String> fields = new LinkedHashMap<>(match.fields());
        fields.keySet().removeAll(FileRecord.WHOLE_CONTENT);
        return new Match(match.rule(), fields, match.sentence(), match.stands(), match.feed());
    }

    private static Match match(FileRecord file, ContentRules.Found found) {
        RuleInfo rule = found.rule();
        Map<String, String> fields = new LinkedHashMap<>();
        rule.keep().forEach(name -> file.value(name).ifPresent(value -> fields.put(name, value)));
        return new Match(rule, fields, Slots.fill(rule.sentence(), file::value), true, Optional.empty());
    }
}
