package dev.tidemark.cli;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.bytes.Utf8Buffer;
import dev.tidemark.dump.RecordDump;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.Record;
import dev.tidemark.read.RecordSink;
import dev.tidemark.read.evtx.EvtxChunk;
import dev.tidemark.read.evtx.EvtxEvent;
import dev.tidemark.read.evtx.EvtxReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Dumps chunks of event logs, and other logs that are small, on all cores and writes them in the order in which they came;
 * so does what is told between them. Called from one thread.
 */
final class DumpedPieces implements AutoCloseable {
    /** Chunks that are read or wait to be written, a core: each becomes some hundreds of kilobytes. */
    private static final int AHEAD = 16;
    private static final int USUAL = 256 << 10;
    /** A larger log is no piece; Exchange begins a new one after 10 MB. */
    static final int MOST_BYTES = 10 << 20;
    /** Of logs that are read or wait to be written, together: as text they are several times as large. */
    private static final long MOST_WAITING = 24 << 20;

    private final RecordDump.Format format;
    private final OutputStream stream;
    private final Consumer<Skipped> losses;
    private final int cores = Runtime.getRuntime().availableProcessors();
    private final ExecutorService workers = Executors.newFixedThreadPool(cores, task -> {
        Thread thread = new Thread(task, "tidemark-dump");
        thread.setDaemon(true);
        return thread;
    });
    private final Queue<Future<Piece>> waiting = new ArrayDeque<>();
    /** Of pieces that are written: room for the next. */
    private final Queue<Utf8Buffer> free = new ArrayDeque<>();

    private long waitingBytes;

    /** @param bytes of the log that it is; 0 for a chunk, whose room serves another one */
    private record Piece(Utf8Buffer text, List<Skipped> lost, int bytes) {}

    /**
     * A log in memory.
     *
     * @param ended  false if more of it follows than a piece may have
     * @param broken why it could not be read on; null if it could
     */
    record Whole(byte[] bytes, boolean ended, IOException broken) {
        static Whole of(InputStream in) {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            byte[] part = new byte[64 << 10];
            try {
                while (read.size() <= MOST_BYTES) {
                    int got = in.read(part);
                    if (got < 0) {
                        return new Whole(read.toByteArray(), true, null);
                    }
                    read.write(part, 0, got);
                }
                return new Whole(read.toByteArray(), false, null);
            } catch (IOException e) {
                return new Whole(read.toByteArray(), true, e);
            }
        }

        /** It breaks where the log did: the reader knows what to say of that. */
        InputStream stream() {
            InputStream read = new ByteArrayInputStream(bytes);
            return broken == null ? read : new SequenceInputStream(read, new InputStream() {
                @Override
                public int read() throws IOException {
                    throw broken;
                }
            });
        }
    }

    DumpedPieces(RecordDump.Format format, OutputStream stream, Consumer<Skipped> losses) {
        this.format = format;
        this.stream = stream;
        this.losses = losses;
    }

    /** What takes the chunks of a file, to be dumped under its name. */
    EvtxReader.ChunkSink of(String file) {
        return new EvtxReader.ChunkSink() {
            @Override
            public void chunk(EvtxChunk chunk) {
                Utf8Buffer room = free.isEmpty() ? new Utf8Buffer(USUAL) : free.remove();
                add(workers.submit(() -> dumped(file, chunk, room)));
            }

            @Override
            public void skipped(Skipped what) {
                DumpedPieces.this.skipped(what);
            }
        };
    }

    /** To be told when all before it is written. */
    void skipped(Skipped what) {
        if (waiting.isEmpty()) {
            losses.accept(what);
        } else {
            add(java.util.concurrent.CompletableFuture.completedFuture(new Piece(null, List.of(what), 0)));
        }
    }

    private Piece dumped(String file, EvtxChunk chunk, Utf8Buffer room) {
        room.clear();
        RecordDump dump = format.into(room);
        List<Skipped> lost = new ArrayList<>();
        chunk.read(LineFilter.ALL, new EvtxChunk.Sink() {
            @Override
            public void event(EvtxEvent event, boolean woken) {
                dump.record(file, event);
            }

            @Override
            public void lost(Skipped what) {
                lost.add(what);
            }
        });
        return new Piece(room, lost, 0);
    }

    /** A log that is no event log. */
    void add(String file, LogReader reader, Whole log) {
        waitingBytes += log.bytes().length;
        add(workers.submit(() -> dumped(file, reader, log)));
    }

    private Piece dumped(String file, LogReader reader, Whole log) {
        Utf8Buffer text = new Utf8Buffer(Math.max(USUAL, 2 * log.bytes().length));
        RecordDump dump = format.into(text);
        List<Skipped> lost = new ArrayList<>();
        try {
            reader.read(log.stream(), file, LineFilter.ALL, new RecordSink() {
                @Override
                public void record(Record record) {
                    dump.record(file, record);
                }

                @Override
                public void skipped(Skipped what) {
                    lost.add(what);
                }
            });
        } catch (IOException e) {
            lost.add(new Skipped(file, "cannot be read: " + e.getMessage()));
        }
        return new Piece(text, lost, log.bytes().length);
    }

    private void add(Future<Piece> piece) {
        waiting.add(piece);
        while (waiting.size() > cores * AHEAD || waitingBytes > MOST_WAITING) {
            write();
        }
    }

    private void write() {
        try {
            Piece piece = waiting.remove().get();
            if (piece.text() != null) {
                piece.text().writeTo(stream);
            }
            if (piece.text() != null && piece.bytes() == 0) {
                free.add(piece.text());
            }
            waitingBytes -= piece.bytes();
            piece.lost().forEach(losses);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a log could not be read; this is a fault of Tidemark", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while records were written", e);
        }
    }

    /** Writes all that is still waiting. */
    void finish() {
        while (!waiting.isEmpty()) {
            write();
        }
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
