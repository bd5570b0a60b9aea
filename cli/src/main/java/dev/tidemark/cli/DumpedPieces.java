package dev.tidemark.cli;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.bytes.Utf8Buffer;
import dev.tidemark.dump.RecordDump;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.evtx.EvtxChunk;
import dev.tidemark.read.evtx.EvtxEvent;
import dev.tidemark.read.evtx.EvtxReader;
import java.io.IOException;
import java.io.OutputStream;
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
 * Dumps chunks of event logs on all cores and writes them in the order in which they came; so does what is told between
 * them. Called from one thread.
 */
final class DumpedPieces implements AutoCloseable {
    /** Chunks that are read or wait to be written, a core: each becomes some hundreds of kilobytes. */
    private static final int AHEAD = 16;
    private static final int USUAL = 256 << 10;

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

    private record Piece(Utf8Buffer text, List<Skipped> lost) {}

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
            add(java.util.concurrent.CompletableFuture.completedFuture(new Piece(null, List.of(what))));
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
        return new Piece(room, lost);
    }

    private void add(Future<Piece> piece) {
        waiting.add(piece);
        while (waiting.size() > cores * AHEAD) {
            write();
        }
    }

    private void write() {
        try {
            Piece piece = waiting.remove().get();
            if (piece.text() != null) {
                piece.text().writeTo(stream);
                free.add(piece.text());
            }
            piece.lost().forEach(losses);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a chunk could not be read; this is a fault of Tidemark", e.getCause());
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
