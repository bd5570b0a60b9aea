package dev.tidemark.read.evtx;

import dev.tidemark.bytes.LineFilter;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Reads Windows event logs. The head's counts are those of the last clean close, so the chunks are walked; one that is
 * damaged is read as far as it holds and told as Skipped, and the next is read.
 *
 * <p>What lies behind a break in a chunk, and chunks at odd places (in free space, behind a cut, in a raw image), may be
 * left from an earlier life of the file: {@link Depth#CARVED} brings them, too.
 */
public final class EvtxReader implements LogReader {
    static final String SOURCE = "event-log";
    static final int CHUNK = 65_536;
    private static final byte[] FILE_MAGIC = "ElfFile\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNK_MAGIC = "ElfChnk\0".getBytes(StandardCharsets.US_ASCII);
    private static final int FILE_HEAD = 4_096;

    /** How far a reader goes into what is damaged. */
    public enum Depth { SOUND, CARVED }

    private final Depth depth;

    public EvtxReader(Depth depth) {
        this.depth = depth;
    }

    @Override
    public String source() {
        return SOURCE;
    }

    @Override
    public boolean recognises(Head head, String path) {
        return startsWith(head.bytes(), FILE_MAGIC) || startsWith(head.bytes(), CHUNK_MAGIC);
    }

    private static boolean startsWith(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }

    /** Takes the chunks of a log one after the other, and between them what is lost. */
    public interface ChunkSink {
        /** @param chunk of its own memory: any thread can read it, at any time */
        void chunk(EvtxChunk chunk);

        void skipped(Skipped what);
    }

    @Override
    public ReadSummary read(InputStream in, String path, LineFilter filter, RecordSink sink) {
        Events events = new Events(path, sink);
        walk(in, new Walk(path, depth, sink::skipped) {
            @Override
            void chunk(byte[] block, int length) {
                new EvtxChunk(block, length, at, path, depth).read(filter, events);
            }
        });
        return events.hours.summary();
    }

    /** Cuts a log into its chunks, for those who read them side by side. */
    public void split(InputStream in, String path, ChunkSink sink) {
        walk(in, new Walk(path, depth, sink::skipped) {
            @Override
            void chunk(byte[] block, int length) {
                sink.chunk(new EvtxChunk(block.clone(), length, at, path, depth));
            }
        });
    }

    private static void walk(InputStream in, Walk walk) {
        try {
            byte[] start = in.readNBytes(CHUNK_MAGIC.length);
            if (startsWith(start, FILE_MAGIC)) {
                walk.head(in.readNBytes(FILE_HEAD - start.length), start);
                start = new byte[0];
            }
            walk.chunks(in, start);
        } catch (java.io.EOFException e) {
            walk.sink.accept(new Skipped(walk.path, "the file ends within its head of " + FILE_HEAD + " bytes"));
        } catch (IOException e) {
            walk.sink.accept(new Skipped(walk.path, "cannot read from byte " + walk.at + " on: " + e.getMessage()
                    + "; the rest of the file counts as missing"));
        }
        walk.tellAltered();
    }

    /** One file's way through its chunks. */
    private abstract static class Walk {
        private final Depth depth;
        private final String path;
        private final Consumer<Skipped> sink;
        private final Map<String, List<Long>> altered = new TreeMap<>();
        private boolean checked = true;
        private long zeros;
        long at;

        Walk(String path, Depth depth, Consumer<Skipped> sink) {
            this.depth = depth;
            this.path = path;
            this.sink = sink;
        }

        /** @param block valid during the call only; it begins at {@link #at} */
        abstract void chunk(byte[] block, int length);

        /** @param rest of the head, behind {@code start} */
        void head(byte[] rest, byte[] start) throws java.io.EOFException {
            if (rest.length < FILE_HEAD - start.length) {
                throw new java.io.EOFException();
            }
            byte[] head = Arrays.copyOf(start, FILE_HEAD);
            System.arraycopy(rest, 0, head, start.length, rest.length);
            at = FILE_HEAD;
            checked = Checksums.kept(head);
            if (checked && !Checksums.fileHeadHolds(head)) {
                sink.accept(new Skipped(path, Skipped.NONE, "the checksum of the file's head does not hold: it was changed"
                        + " after Windows wrote it, or damaged; the events were read all the same"));
            }
        }

        void chunks(InputStream in, byte[] start) throws IOException {
            byte[] block = new byte[CHUNK];
            System.arraycopy(start, 0, block, 0, start.length);
            int had = start.length;
            while (true) {
                int length = had + in.readNBytes(block, had, CHUNK - had);
                if (length == 0) {
                    return;
                }
                Arrays.fill(block, length, CHUNK, (byte) 0);
                int used = block(block, length);
                at += used;
                had = length - used;
                System.arraycopy(block, used, block, 0, had);
            }
        }

        /** @return bytes of it that are done with */
        private int block(byte[] block, int length) {
            if (startsWith(block, CHUNK_MAGIC)) {
                tellZeros();
                if (length < CHUNK) {
                    sink.accept(EvtxChunk.lost(path, at, "the file ends " + length + " bytes into a chunk of " + CHUNK));
                }
                if (checked) {
                    Checksums.altered(block, length).ifPresent(what -> altered.computeIfAbsent(what, w -> new ArrayList<>()).add(at));
                }
                chunk(block, length);
                return length;
            }
            if (isZero(block, length)) {
                // Windows allocates chunks ahead: at the end, those hold nothing yet
                zeros += length;
                return length;
            }
            int next = depth == Depth.CARVED ? nextChunk(block, length) : length;
            sink.accept(new Skipped(path, next, "expected chunk magic \"ElfChnk\\0\" at byte " + at + " (0x"
                    + Long.toHexString(at) + "), found \"" + printable(block) + "\"; " + next + " bytes not read"));
            return next;
        }

        /** Once a file: one cause, such as a bad disk, can be behind hundreds of chunks. */
        void tellAltered() {
            altered.forEach((what, chunks) -> sink.accept(new Skipped(path, Skipped.NONE, "the checksum of the " + what
                    + " does not hold in " + chunks.size() + (chunks.size() == 1 ? " chunk, at byte "
                    : " chunks, the first at byte ") + chunks.get(0) + " (0x" + Long.toHexString(chunks.get(0)) + "): it was"
                    + " changed after Windows wrote it, or damaged; the events were read as far as they hold")));
        }

        private void tellZeros() {
            if (zeros > 0) {
                sink.accept(new Skipped(path, zeros, zeros + " bytes of zeros stand before the chunk at byte " + at
                        + " (0x" + Long.toHexString(at) + "); the events that lay there are lost"));
                zeros = 0;
            }
        }

        /** Where a chunk begins in the block; where one could begin across its end, if none does; never 0. */
        private static int nextChunk(byte[] block, int length) {
            int last = length - CHUNK_MAGIC.length;
            for (int i = 1; i <= last; i++) {
                if (block[i] == CHUNK_MAGIC[0]
                        && Arrays.equals(block, i, i + CHUNK_MAGIC.length, CHUNK_MAGIC, 0, CHUNK_MAGIC.length)) {
                    return i;
                }
            }
            return length < CHUNK ? length : last + 1;
        }

        private static boolean isZero(byte[] chunk, int length) {
            for (int i = 0; i < length; i++) {
                if (chunk[i] != 0) {
                    return false;
                }
            }
            return true;
        }

        private static String printable(byte[] chunk) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < CHUNK_MAGIC.length; i++) {
                text.append(chunk[i] >= 0x20 && chunk[i] < 0x7F ? (char) chunk[i] : '.');
            }
            return text.toString();
        }
    }

    /** What a log says as a whole: hours, gaps in the numbers of its records, its computer. */
    private static final class Events implements EvtxChunk.Sink {
        private final String path;
        private final RecordSink sink;
        private final HourCount hours = new HourCount();
        private long lastId = -1;
        private long lastMillis;
        private boolean named;

        Events(String path, RecordSink sink) {
            this.path = path;
            this.sink = sink;
        }

        @Override
        public void event(EvtxEvent event, boolean woken) {
            long millis = event.millis();
            hours.add(millis);
            long id = event.numberInFile();
            if (lastId >= 0 && id > lastId + 1) {
                sink.observed(RecordSink.RECORD_GAP, lastId + 1 + "-" + (id - 1) + " " + Instant.ofEpochMilli(lastMillis),
                        Instant.ofEpochMilli(millis), event.place(path));
            }
            lastId = id;
            lastMillis = millis;
            if (!named) {
                event.value("Computer").filter(c -> !c.isEmpty()).ifPresent(c -> {
                    named = true;
                    sink.observed(RecordSink.SERVER, c.split("\\.", 2)[0], Instant.ofEpochMilli(millis),
                            event.place(path));
                });
            }
            if (woken) {
                sink.record(event);
            }
        }

        @Override
        public void lost(Skipped what) {
            sink.skipped(what);
        }
    }
}
