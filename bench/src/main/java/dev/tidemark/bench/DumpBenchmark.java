package dev.tidemark.bench;

import dev.tidemark.bytes.LineFilter;
import dev.tidemark.bytes.Utf8Buffer;
import dev.tidemark.dump.RecordDump;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.Record;
import dev.tidemark.read.RecordSink;
import dev.tidemark.read.evtx.EvtxReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to write an event log, named by {@code -p log=FILE}, as JSON Lines on one thread; in logs a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DumpBenchmark {
    @Param("Security.evtx")
    private String log;

    private byte[] bytes;

    @Setup
    public void read() throws IOException {
        bytes = Files.readAllBytes(Path.of(log));
        System.out.println("log of " + bytes.length + " bytes");
    }

    @Benchmark
    public int jsonl() {
        Utf8Buffer out = new Utf8Buffer(1 << 20);
        RecordDump dump = RecordDump.Format.jsonl.into(out);
        new EvtxReader(EvtxReader.Depth.SOUND).read(new ByteArrayInputStream(bytes), log, LineFilter.ALL, new RecordSink() {
            @Override
            public void record(Record record) {
                dump.record(log, record);
            }

            @Override
            public void skipped(Skipped what) {}

            @Override
            public void observed(String fact, String value, Instant time, Place place) {}
        });
        return out.size();
    }
}
