package dev.tidemark.bench;

import dev.tidemark.bytes.LineScanner;
import dev.tidemark.detect.FieldMap;
import dev.tidemark.detect.RuleSession;
import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.RuleSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
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
import org.openjdk.jmh.infra.Blackhole;

/** What it costs to search each line of a log for all that the bundled rules need; in logs a second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LiteralSearchBenchmark {
    @Param({"iis", "httpproxy"})
    private String source;

    private byte[] log;
    private RuleSession session;

    @Setup
    public void make() throws Exception {
        log = Logs.first(source.equals("iis") ? "W3SVC1" : "HttpProxy");
        session = RuleSet.load(RuleSource.bundledRules(), FieldMap.bundled()).session(source);
        System.out.println("log of " + log.length + " bytes");
    }

    @Benchmark
    public void linesThatWake(Blackhole hole) throws IOException {
        new LineScanner().scan(new ByteArrayInputStream(log),
                (buffer, from, to, number, cut, complete) -> hole.consume(session.wakes(buffer, from, to)));
    }
}
