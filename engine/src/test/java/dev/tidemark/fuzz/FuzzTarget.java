package dev.tidemark.fuzz;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is fuzzed, in the order of long runs. */
enum FuzzTarget {
    EVTX(EvtxTarget.class, EvtxTarget::seeds, EvtxTarget::real, 8_000),
    CSV(CsvTarget.class, CsvTarget::seeds, CsvTarget::real, 4_000),
    W3C(W3cTarget.class, W3cTarget::seeds, W3cTarget::real, 4_000),
    SIGMA(SigmaTarget.class, SigmaTarget::seeds, SigmaTarget::real, 4_000),
    ARCHIVE(ArchiveTarget.class, ArchiveTarget::seeds, ArchiveTarget::real, 8_000),
    YARA(YaraTarget.class, YaraTarget::seeds, YaraTarget::real, 4_000),
    SERVER_FILE(ServerFileTarget.class, ServerFileTarget::seeds, ServerFileTarget::real, 4_000);

    private final Class<?> type;
    private final Supplier<List<byte[]>> seeds;
    private final Function<Path, List<byte[]>> real;
    private final int mostBytes;

    FuzzTarget(Class<?> type, Supplier<List<byte[]>> seeds, Function<Path, List<byte[]>> real, int mostBytes) {
        this.type = type;
        this.seeds = seeds;
        this.real = real;
        this.mostBytes = mostBytes;
    }

    String className() {
        return type.getName();
    }

    /** Made inputs to begin with. */
    List<byte[]> seeds() {
        return seeds.get();
    }

    /** Real inputs, of a folder that lies beside the checkout on some machines; none if it is not there. */
    List<byte[]> real(Path shared) {
        return real.apply(shared);
    }

    /** Longer inputs are not made up: most changes to them change nothing. Given ones may be longer. */
    int mostBytes() {
        return mostBytes;
    }
}
