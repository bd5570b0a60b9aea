package dev.tidemark.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.Readers;
import dev.tidemark.read.Record;
import dev.tidemark.read.RecordSink;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A rule that sleeps on a record would not have matched it: the public rules on real event logs, where they are at hand. */
class SleepingRulesTest {
    private static final int EVERY = 4;
    /** Logs of one chunk: many kinds of event, none of them often. */
    private static final int MOST_BYTES = 70 << 10;

    @Test
    void sleepingRulesMissNothing() throws IOException, RuleException {
        assumeTrue(PublicRules.real().isPresent(), "the public rules are not beside the checkout");
        Path real = PublicRules.real().get();
        RuleSet rules = RuleSet.load(RuleSource.rulesBelow(real.resolve("sigma-rules")), FieldMap.bundled());
        long[] matches = new long[1];
        for (String folder : List.of("regression", "samples")) {
            try (Stream<Path> files = Files.list(real.resolve(folder))) {
                List<Path> sorted = files.filter(file -> file.toString().endsWith(".evtx")).sorted().toList();
                for (int i = 0; i < sorted.size(); i += EVERY) {
                    if (Files.size(sorted.get(i)) < MOST_BYTES) {
                        compare(rules, sorted.get(i), matches);
                    }
                }
            }
        }
        assertTrue(matches[0] > 50, matches[0] + " matches");
    }

    private static void compare(RuleSet rules, Path file, long[] matches) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Optional<LogReader> reader = Readers.recognise(bytes, file.toString().toLowerCase(Locale.ROOT));
        assertTrue(reader.isPresent(), file.toString());
        Both both = new Both(rules, rules.session(reader.get().source()), file, matches);
        reader.get().read(new ByteArrayInputStream(bytes), file.toString(), both, both);
    }

    /** Wakes every record, and compares what a session that may sleep finds with what all rules find. */
    private record Both(RuleSet rules, RuleSession session, Path file, long[] matches, boolean[] awake)
            implements LineFilter, RecordSink {
        Both(RuleSet rules, RuleSession session, Path file, long[] matches) {
            this(rules, session, file, matches, new boolean[1]);
        }

        @Override
        public boolean wakes(byte[] bytes, int from, int to) {
            awake[0] = session.wakes(bytes, from, to);
            return true;
        }

        @Override
        public void shared(byte[] bytes, int from, int to) {
            session.shared(bytes, from, to);
        }

        @Override
        public void record(Record record) {
            List<String> expected = new ArrayList<>();
            rules.evaluate(record, match -> expected.add(match.rule().file()));
            List<String> found = new ArrayList<>();
            if (awake[0]) {
                session.evaluate(record, match -> found.add(match.rule().file()));
            }
            assertEquals(expected, found, () -> file + " record " + record.recordId());
            matches[0] += found.size();
        }

        @Override
        public void skipped(Skipped skipped) {}

        @Override
        public void observed(String fact, String value, Instant time, Place place) {}
    }
}
