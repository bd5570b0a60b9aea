package dev.tidemark.cli;

import dev.tidemark.acquire.Acquisition;
import dev.tidemark.acquire.EvidenceFile;
import dev.tidemark.acquire.EvidenceSink;
import dev.tidemark.acquire.Limits;
import dev.tidemark.bytes.LineFilter;
import dev.tidemark.dump.RecordDump;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.Readers;
import dev.tidemark.read.Record;
import dev.tidemark.read.RecordSink;
import dev.tidemark.read.evtx.EvtxReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code dump}: any source's records as they are. */
@Command(name = "dump", description = "Writes the records of logs as they are: Windows event logs, IIS, HttpProxy and the"
        + " other sources of a scan, also inside archives and folders.", footer = {"", "Examples:",
            "  tidemark dump Security.evtx --format jsonl",
            "  tidemark dump collection.zip --format csv --out records.csv", "",
            "Exit status: 0 all was read; 2 wrong use; 3 something could not be read, as standard error says."})
final class DumpCommand implements Callable<Integer> {
    private static final int HEAD = 64 << 10;

    @Mixin
    private Common common;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Logs, or archives and folders that hold some.")
    private List<Path> files;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; jsonl if not given.")
    private RecordDump.Format format = RecordDump.Format.jsonl;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write; standard output if not given.")
    private Path out;

    @Option(names = "--carve", description = "Event logs: also what lies behind a break in a chunk, and chunks anywhere in"
            + " the file; a file of any kind is searched for them.")
    private boolean carve;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        files.stream().filter(f -> !Files.exists(f)).findFirst().ifPresent(f -> {
            throw new Usage("no such file: " + f);
        });
        try {
            if (out == null) {
                Writer writer = spec.commandLine().getOut();
                int status = dump(writer);
                writer.flush();
                return status;
            }
            try (Writer writer = Files.newBufferedWriter(out)) {
                return dump(writer);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new Usage("cannot write the records: " + e.getMessage());
        }
    }

    private int dump(Writer writer) throws IOException {
        RecordDump dump = format.on(writer);
        dump.begin();
        Walk walk = new Walk(dump);
        try (Acquisition acquisition = new Acquisition(Limits.defaults())) {
            for (int i = 0; i < files.size(); i++) {
                walk.argument = files.get(i);
                acquisition.walk(i, files.get(i), "", walk);
            }
        }
        dump.end();
        return walk.lost ? Exit.INCOMPLETE : Exit.NOTHING_FOUND;
    }

    /** Dumps each file as it comes. */
    private final class Walk implements EvidenceSink, RecordSink {
        private final RecordDump dump;
        private Path argument;
        private String shown = "";
        private boolean lost;

        Walk(RecordDump dump) {
            this.dump = dump;
        }

        @Override
        public void file(EvidenceFile file) {
            boolean alone = Files.isRegularFile(argument) && argument.getFileName().toString().equals(file.path());
            shown = alone ? argument.toString().replace('\\', '/') : argument.toString().replace('\\', '/') + "/" + file.path();
            try (InputStream in = file.open()) {
                byte[] head = in.readNBytes(HEAD);
                Optional<LogReader> reader = reader(head, file.path());
                if (reader.isEmpty()) {
                    if (alone) {
                        skipped(new Skipped(shown, "is none of the logs that can be read"));
                    }
                    return;
                }
                PushbackInputStream all = new PushbackInputStream(in, HEAD);
                all.unread(head);
                reader.get().read(all, shown, LineFilter.ALL, this);
            } catch (IOException e) {
                skipped(new Skipped(shown, "cannot be read: " + e.getMessage()));
            }
        }

        /** An event log is dumped as other tools do, unless more is asked for. */
        private Optional<LogReader> reader(byte[] head, String path) {
            EvtxReader events = new EvtxReader(carve ? EvtxReader.Depth.CARVED : EvtxReader.Depth.SOUND);
            String lower = path.toLowerCase(Locale.ROOT);
            return events.recognises(head, lower) ? Optional.of(events)
                    : Readers.recognise(head, lower).or(() -> carve ? Optional.of(events) : Optional.empty());
        }

        @Override
        public void record(Record record) {
            try {
                dump.record(shown, record);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void skipped(int root, Skipped what) {
            skipped(new Skipped(argument + "/" + what.path(), what.bytes(), what.why()));
        }

        @Override
        public void skipped(Skipped what) {
            lost = true;
            spec.commandLine().getErr().println(Console.plain("not read: " + what.path() + ": " + what.why()));
        }

        @Override
        public void observed(String fact, String value, Instant time, Place place) {
            // a dump tells records, and nothing of what they mean together
        }
    }
}
