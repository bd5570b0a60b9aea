package dev.tidemark.testkit;

import dev.tidemark.testkit.RecordWriter.MarkedPlace;
import dev.tidemark.testkit.RecordWriter.Written;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A made-up server under construction: takes what happens to it, and has it written down wherever a real one would.
 * The same setting gives the same bytes.
 */
final class MadeServer {
    /** Where the server's own health probes come from. */
    static final String LOOPBACK = "127.0.0.1";

    private final Setting setting;
    private final Random random;
    private final HttpProxyWriter httpProxy;
    private final IisWriter iis;
    private final ServiceLogs services;
    private final DiskFiles disk = new DiskFiles();
    private final TreeSet<String> attackers = new TreeSet<>();

    MadeServer(Setting setting) {
        this.setting = setting;
        this.random = new Random(setting.seed());
        Builds builds = new Builds(setting.build());
        setting.update().ifPresent(update -> builds.update(update.time(), update.build()));
        this.httpProxy = new HttpProxyWriter(setting.machine(), builds, random, new TextLogs(setting.lost()));
        this.iis = new IisWriter(random, new TextLogs(setting.lost()));
        this.services = new ServiceLogs(setting.machine(), builds, random, new TextLogs(setting.lost()));
    }

    Machine machine() {
        return setting.machine();
    }

    Random random() {
        return random;
    }

    ServiceLogs services() {
        return services;
    }

    DiskFiles disk() {
        return disk;
    }

    void request(Request request) {
        UUID id = new UUID(random.nextLong(), random.nextLong());
        if (!request.protocol().isEmpty()) {
            httpProxy.write(request, id);
        }
        iis.write(request, id);
        if (request.mark().kind() == Mark.Kind.PLANTED) {
            attackers.add(request.client().address());
        }
    }

    /** All that was written, and what has to be said of it. */
    MadeEvidence evidence(String verdict) {
        List<RecordWriter> writers = List.of(httpProxy, iis, services, disk);
        List<Written> written = new ArrayList<>();
        writers.forEach(writer -> written.addAll(writer.files()));
        written.sort(Comparator.comparing(w -> w.file().path()));
        List<Trace> planted = traces(written, Mark.Kind.PLANTED);
        List<String> pages = planted.stream().map(Trace::path).filter(path -> path.endsWith(".aspx")).toList();
        return new MadeEvidence(written.stream().map(Written::file).toList(), new Truth(verdict, planted,
                traces(written, Mark.Kind.LOOK_ALIKE), List.copyOf(attackers), pages, setting.lost()));
    }

    private static List<Trace> traces(List<Written> written, Mark.Kind kind) {
        return written.stream().flatMap(w -> w.marks().stream()).filter(m -> m.mark().kind() == kind)
                .map(MarkedPlace::trace).sorted(Comparator.comparing(Trace::time)).toList();
    }
}
