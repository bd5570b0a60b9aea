package dev.tidemark.fuzz;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.Streams;
import dev.tidemark.read.evtx.EvtxReader;
import dev.tidemark.read.evtx.MadeLog;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Windows event logs, at both depths. */
final class EvtxTarget {
    private static final int FILE_HEAD = 4_096;
    private static final int CHUNK = 65_536;
    private static final int CHUNK_HEAD = 512;

    private EvtxTarget() {}

    public static void fuzzerTestOneInput(byte[] log) {
        for (EvtxReader.Depth depth : EvtxReader.Depth.values()) {
            Dumps whole = Dumps.written();
            ReadSummary summary = read(new ByteArrayInputStream(log), depth, whole);
            whole.check();
            if (summary.records() != whole.records.size()) {
                throw new AssertionError(summary.records() + " counted, " + whole.records.size() + " handed out");
            }
            Dumps pieces = Dumps.kept();
            read(Streams.chunked(log, 1 + log.length / 3), depth, pieces);
            Same.check(whole, pieces);
        }
    }

    private static ReadSummary read(InputStream in, EvtxReader.Depth depth, Dumps sink) {
        return new EvtxReader(depth).read(in, "Made.evtx", LineFilter.ALL, sink);
    }

    static List<byte[]> seeds() {
        Instant time = Instant.parse("2021-03-03T04:05:06.789Z");
        byte[] log = new MadeLog().chunk(new MadeLog.Chunk().event(41, time, 1, "C:\\a.exe", "one", "two")
                .event(42, time.plusSeconds(1), 11, "C:\\b & <b>.exe")).bytes();
        return List.of(used(log), Arrays.copyOfRange(used(log), FILE_HEAD, used(log).length));
    }

    /** The first chunk of each file without its free space: what is short is soon changed in every place. */
    static List<byte[]> real(Path shared) {
        return RealFiles.below(shared.resolve("real"), ".evtx").map(EvtxTarget::used)
                .map(log -> Arrays.copyOfRange(log, Math.min(FILE_HEAD, log.length), log.length)).toList();
    }

    private static byte[] used(byte[] log) {
        if (log.length < FILE_HEAD + CHUNK_HEAD) {
            return log;
        }
        int free = ByteBuffer.wrap(log).order(ByteOrder.LITTLE_ENDIAN).getInt(FILE_HEAD + 48);
        int end = free < CHUNK_HEAD || free > CHUNK ? CHUNK : free;
        return Arrays.copyOf(log, Math.min(log.length, FILE_HEAD + end));
    }
}
