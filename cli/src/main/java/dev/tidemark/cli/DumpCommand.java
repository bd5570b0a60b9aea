package dev.tidemark.cli;

import dev.tidemark.acquire.Acquisition;
import dev.tidemark.acquire.EvidenceFile;
import dev.tidemark.acquire.EvidenceSink;
import dev.tidemark.acquire.Limits;
import dev.tidemark.bytes.LineFilter;
import dev.tidemark.bytes.Utf8Buffer;
import dev.tidemark.dump.RecordDump;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.Readers;
import dev.tidemark.read.Record;
import dev.tidemark.read.RecordSink;
import dev.tidemark.read.evtx.EvtxReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private static final int DRAINED = 64 << 10;

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
            if (out != null) {
                try (OutputStream stream = Files.newOutputStream(out)) {
                    return dump(stream);
                }
            }
            // Not closed: it is the process'.
            OutputStream stream = ByteWriter.below(spec.commandLine().getOut());
            int status = dump(stream);
            stream.flush();
            return status;
        } catch (IOException | UncheckedIOException e) {
            throw new Usage("cannot write the records: " + e.getMessage());
        }
    }

    private int dump(OutputStream stream) throws IOException {
        Walk walk = new Walk(stream);
        try (Acquisition acquisition = new Acquisition(Limits.defaults())) {
            walk.dump.begin();
            for (int i = 0; i < files.size(); i++) {
                walk.argument = files.get(i);
                acquisition.walk(i, files.get(i), "", walk);
            }
            walk.pieces.finish();
            walk.dump.end();
            walk.drain(0);
        } finally {
            walk.pieces.close();
        }
        return walk.lost ? Exit.INCOMPLETE : Exit.NOTHING_FOUND;
    }

    /** Dumps each file as it comes; the chunks of event logs side by side, where their pieces can be joined. */
    private final class Walk implements EvidenceSink, RecordSink {
        private final OutputStream stream;
        private final Utf8Buffer buffer = new Utf8Buffer(2 * DRAINED);
        private final RecordDump dump = format.into(buffer);
        private final DumpedPieces pieces;
        private Path argument;
        private String shown = "";
        private boolean lost;

        Walk(OutputStream stream) {
            this.stream = stream;
            this.pieces = new DumpedPieces(format, stream, this::tell);
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
                if (reader.get() instanceof EvtxReader events && format.joins()) {
                    drain(0);
                    events.split(all, shown, pieces.of(shown));
                } else {
                    log(reader.get(), file.size(), all);
                }
            } catch (IOException e) {
                skipped(new Skipped(shown, "cannot be read: " + e.getMessage()));
            }
        }

        private void log(LogReader reader, long size, InputStream in) throws IOException {
            InputStream rest = in;
            if (format.joins() && size <= DumpedPieces.MOST_BYTES) {
                DumpedPieces.Whole whole = DumpedPieces.Whole.of(in);
                if (whole.ended()) {
                    drain(0);
                    pieces.add(shown, reader, whole);
                    return;
                }
                rest = new SequenceInputStream(whole.stream(), in);
            }
            pieces.finish();
            reader.read(rest, shown, LineFilter.ALL, this);
        }

        /** Writes what is ready if it is more than {@code enough} bytes. */
        private void drain(int enough) {
            if (buffer.size() <= enough) {
                return;
            }
            try {
                buffer.writeTo(stream);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            buffer.clear();
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
            dump.record(shown, record);
            drain(DRAINED);
        }

        @Override
        public void skipped(int root, Skipped what) {
            skipped(new Skipped(argument + "/" + what.path(), what.bytes(), what.why()));
        }

        @Override
        public void skipped(Skipped what) {
            pieces.skipped(what);
        }

        private void tell(Skipped what) {
            lost = true;
            spec.commandLine().getErr().println(Console.plain("not read: " + what.path() + ": " + what.why()));
        }
    }
}
