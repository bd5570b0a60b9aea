package dev.tidemark.bench;

import dev.tidemark.bytes.Clock;
import dev.tidemark.bytes.LineScanner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What it costs to cut a log into lines, and to read the time that each begins with; in logs a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LineScanBenchmark {
    private byte[] log;

    @Setup
    public void make() throws Exception {
        log = Logs.first("W3SVC1");
        System.out.println("log of " + log.length + " bytes");
    }

    @Benchmark
    public void lines(Blackhole hole) throws IOException {
        new LineScanner().scan(new ByteArrayInputStream(log),
                (buffer, from, to, number, cut, complete) -> hole.consume(to));
    }

    @Benchmark
    public void linesAndTimes(Blackhole hole) throws IOException {
        Clock clock = new Clock();
        new LineScanner().scan(new ByteArrayInputStream(log),
                (buffer, from, to, number, cut, complete) -> hole.consume(clock.dateTime(buffer, from, to)));
    }
}
