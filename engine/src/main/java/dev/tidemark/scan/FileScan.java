package dev.tidemark.scan;

import dev.tidemark.acquire.Acquisition;
import dev.tidemark.acquire.EvidenceFile;
import dev.tidemark.detect.Match;
import dev.tidemark.detect.RuleSession;
import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.Step;
import dev.tidemark.detect.content.ContentRules;
import dev.tidemark.model.Finding;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.Readers;
import dev.tidemark.read.Record;
import dev.tidemark.read.RecordSink;
import dev.tidemark.read.file.FileReader;
import dev.tidemark.read.file.FileRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads one file and runs the rules on it. Shares no state: threads and other machines call the same method. */
final class FileScan {
    static final int HEAD = 64 << 10;
    /** A rule that matches more often in one file is told in numbers: the first ones, and how many more. */
    private static final int MOST_OF_A_RULE = 10_000;
    /** The same for matches that only correlations see. */
    private static final int MOST_STEPS = 200_000;

    private final RuleSet rules;
    private final ScanOptions options;
    private final DiskFiles files;

    FileScan(RuleSet rules, ContentRules content, ScanOptions options) {
        this.rules = rules;
        this.files = new DiskFiles(rules, content);
        this.options = options;
    }

    FileResult scan(EvidenceFile file) {
        Collector collector = new Collector(file.path(), file.modified());
        MessageDigest digest = sha256();
        String source = "";
        ReadSummary summary = ReadSummary.NOTHING;
        long size = 0;
        boolean whole = false;
        try (Counted in = new Counted(file.open(), digest)) {
            byte[] head = in.readNBytes(HEAD);
            Optional<LogReader> reader = FileReader.runs(file) ? Optional.empty()
                    : Readers.recognise(head, file.path().toLowerCase(Locale.ROOT));
            if (reader.isPresent()) {
                source = reader.get().source();
                PushbackInputStream all = new PushbackInputStream(in, HEAD);
                all.unread(head);
                collector.session = rules.session(source);
                summary = reader.get().alsoFile() ? both(reader.get(), file, head, all, collector)
                        : reader.get().read(all, file.path(), collector.session, collector);
            } else {
                String kind = files.judge(file, head, in, collector::match);
                source = kind.equals(FileRecord.WEB_FILE) ? kind : "";
            }
            // to the end, so that the hash is that of the file
            in.transferTo(OutputStream.nullOutputStream());
            whole = true;
            size = in.count;
            if (FileReader.runs(file) && size > FileReader.MOST_BYTES) {
                collector.skipped(new Skipped(file.path(), size - FileReader.MOST_BYTES, "only its first "
                        + FileReader.MOST_BYTES + " bytes were searched: no page is larger"));
            }
            if (size < file.size()) {
                collector.skipped(new Skipped(file.path(), file.size() - size, "it has " + size + " bytes where "
                        + file.size() + " were stated: it shrank while it was read, or was cut"));
            }
        } catch (IOException | SecurityException e) {
            collector.skipped(new Skipped(file.path(), "cannot be read: " + Acquisition.reason(e)));
        } catch (RuntimeException | StackOverflowError e) {
            // a file that an attacker made for it must not end the run and hide all others
            collector.skipped(new Skipped(file.path(), "cannot be read to its end: " + e
                    + "; this is a fault of Tidemark, please report it"));
        }
        return new FileResult(file.root(), file.path(), source, size,
                whole ? HexFormat.of().formatHex(digest.digest()) : "", summary, collector.findings(),
                collector.steps(), collector.observed, collector.skipped);
    }

    /** A file that says something of its server, and may be an intruder's work itself. */
    private ReadSummary both(LogReader reader, EvidenceFile file, byte[] head, InputStream all, Collector collector)
            throws IOException {
        byte[] bytes = all.readNBytes(LogReader.MOST_BYTES_OF_A_FILE);
        InputStream rest = new ByteArrayInputStream(bytes, head.length, bytes.length - head.length);
        files.judge(file, head, rest, collector::match);
        return reader.read(new ByteArrayInputStream(bytes), file.path(), collector.session, collector);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Hashes and counts what passes. */
    private static final class Counted extends java.security.DigestInputStream {
        private long count;

        Counted(InputStream in, MessageDigest digest) {
            super(in, digest);
        }

        @Override
        public int read() throws IOException {
            int got = super.read();
            count += got < 0 ? 0 : 1;
            return got;
        }

        @Override
        public int read(byte[] b, int off, int len) throws IOException {
            int got = super.read(b, off, len);
            count += Math.max(got, 0);
            return got;
        }
    }

    private final class Collector implements RecordSink {
        private final String path;
        private final Optional<Instant> modified;
        private final List<Finding> found = new ArrayList<>();
        private final List<FileResult.Observed> observed = new ArrayList<>();
        private final List<Skipped> skipped = new ArrayList<>();
        /** Of the reader's source; files that no reader takes have none. */
        private RuleSession session;
        private final List<Step> steps = new ArrayList<>();
        private long moreSteps;
        private long stepsWithoutTime;
        private final Map<String, Integer> ofRule = new TreeMap<>();

        Collector(String path, Optional<Instant> modified) {
            this.path = path;
            this.modified = modified;
        }

        @Override
        public void record(Record record) {
            Optional<Instant> time = record.time();
            if (time.isPresent() && !options.within(time.get())) {
                return;
            }
            session.evaluate(record, match -> add(record, match));
        }

        /** What the one file holds of another is judged as that one would be, and told with its place. */
        @Override
        public void file(EvidenceFile inside, Place place) {
            try (InputStream in = inside.open()) {
                files.judge(inside, in.readNBytes(HEAD), in, (record, match) -> match(new Inside(record, place), match));
            } catch (IOException e) {
                skipped(new Skipped(inside.path(), "cannot be read out of " + place + ": " + Acquisition.reason(e)));
            }
        }

        /** A rule that holds for a file as such. It still lies there, whenever before the end of the time it was written. */
        void match(Record record, Match match) {
            if (record.time().isEmpty() || options.before(record.time().get())) {
                add(record, match);
            }
        }

        private void add(Record record, Match match) {
            match.feed().ifPresent(feed -> add(record, match, feed));
            if (!match.stands()) {
                return;
            }
            if (ofRule.merge(match.rule().file(), 1, Integer::sum) <= MOST_OF_A_RULE) {
                found.add(Told.of(path, record, match));
            }
        }

        private void add(Record record, Match match, Match.Feed feed) {
            if (record.time().isEmpty()) {
                stepsWithoutTime++;
            } else if (steps.size() >= MOST_STEPS) {
                moreSteps++;
            } else {
                steps.add(new Step(feed.rule(), match.rule().title(), record.time().get(), record.place(path),
                        record.source(), record.value("client").orElse(""), Told.user(record), feed.values()));
            }
        }

        List<Step> steps() {
            if (moreSteps > 0) {
                skipped.add(new Skipped(path, moreSteps + " more matches for correlation rules than the " + MOST_STEPS
                        + " kept of this file"));
            }
            if (stepsWithoutTime > 0) {
                skipped.add(new Skipped(path, stepsWithoutTime
                        + " matches carry no time and were left out of correlation rules"));
            }
            return steps;
        }

        List<Finding> findings() {
            ofRule.forEach((rule, times) -> {
                if (times > MOST_OF_A_RULE) {
                    skipped.add(new Skipped(path, Skipped.NONE, rule + " matched " + times + " records of this file; the"
                            + " first " + MOST_OF_A_RULE + " are kept as findings"));
                }
            });
            return found;
        }

        @Override
        public void skipped(Skipped what) {
            skipped.add(what);
        }

        @Override
        public void observed(String fact, String value, Instant time, Place place) {
            observed.add(new FileResult.Observed(fact, value, time, place));
        }

        @Override
        public void observedOfFile(String fact, String value, Place place) {
            observed.add(new FileResult.Observed(fact, value, modified.orElse(FileResult.NO_TIME), place));
        }
    }
}
