package dev.tidemark.scan;

import dev.tidemark.acquire.Acquisition;
import dev.tidemark.acquire.EvidenceFile;
import dev.tidemark.acquire.EvidenceSink;
import dev.tidemark.acquire.Limits;
import dev.tidemark.detect.RuleSet;
import dev.tidemark.detect.content.ContentRules;
import dev.tidemark.model.CaseResult;
import dev.tidemark.model.Episode;
import dev.tidemark.model.Finding;
import dev.tidemark.model.HostResult;
import dev.tidemark.model.InputFile;
import dev.tidemark.model.RuleRef;
import dev.tidemark.model.RunInfo;
import dev.tidemark.model.Skipped;
import dev.tidemark.posture.BuildTable;
import dev.tidemark.posture.MitigationTable;
import dev.tidemark.posture.PostureReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/**
 * One run, from evidence to the case: walks the roots, scans each file on some thread, then puts what belongs to one
 * host together, in order of time and place, so that the same evidence gives the same case whatever came first.
 */
public final class Scan {
    private final RuleSet rules;
    private final ContentRules content;
    private final ScanOptions options;
    private final Progress progress;
    private final Journal journal;

    /** A run without rules for the content of files. */
    public Scan(RuleSet rules, ScanOptions options, Progress progress, Journal journal) {
        this(rules, ContentRules.NONE, options, progress, journal);
    }

    public Scan(RuleSet rules, ContentRules content, ScanOptions options, Progress progress, Journal journal) {
        this.rules = rules;
        this.content = content;
        this.options = options;
        this.progress = progress;
        this.journal = journal;
    }

    /** @throws InterruptedException if the thread that runs it is stopped */
    public CaseResult run() throws InterruptedException {
        Instant started = Instant.now();
        long givenUpBefore = rules.searchesGivenUp();
        List<HostScan.Host> hosts = new ArrayList<>();
        List<HostScan.Host> besides = new ArrayList<>();
        for (int root = 0; root < options.roots().size(); root++) {
            HostSplit split = scanRoot(root, options.roots().get(root));
            hosts.addAll(split.hosts());
            besides.add(split.besides());
        }
        return assemble(unique(hosts), besides, started, rules.searchesGivenUp() - givenUpBefore);
    }

    private HostSplit scanRoot(int root, EvidenceRoot evidence) throws InterruptedException {
        List<FileResult> files;
        Walk walk = new Walk();
        try (Acquisition acquisition = new Acquisition(Limits.defaults())) {
            for (EvidenceRoot.Part part : evidence.parts()) {
                acquisition.walk(root, part.path(), part.prefix(), walk);
            }
            files = walk.finish();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException("cannot close the evidence in " + evidence.name(), e);
        }
        files.sort(Comparator.comparing(FileResult::path));
        return HostSplit.of(evidence.name(), files, walk.skipped);
    }

    /** Two roots may have the same name: the second one gets a number. */
    private static List<HostScan.Host> unique(List<HostScan.Host> hosts) {
        Map<String, Integer> seen = new HashMap<>();
        List<HostScan.Host> named = new ArrayList<>();
        for (HostScan.Host host : hosts) {
            int times = seen.merge(host.name(), 1, Integer::sum);
            named.add(times == 1 ? host : host.named(host.name() + "#" + times));
        }
        return named;
    }

    private CaseResult assemble(List<HostScan.Host> hosts, List<HostScan.Host> besides, Instant started,
            long givenUp) {
        HostScan hostScan = new HostScan(new PostureReader(BuildTable.bundled(), MitigationTable.bundled()),
                rules, options);
        List<HostResult> results = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        List<Episode> episodes = new ArrayList<>();
        List<InputFile> inputs = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        PageCopies.compared(rules, hosts).stream().sorted(Comparator.comparing(HostScan.Host::name)).forEach(host -> {
            HostScan.Outcome outcome = hostScan.scan(host);
            results.add(outcome.host());
            findings.addAll(outcome.findings());
            episodes.addAll(outcome.episodes());
            inputs.addAll(outcome.inputs());
            outcome.host().skipped().forEach(s -> skipped.add(new Skipped(host.name() + "/" + s.path(), s.bytes(),
                    s.why())));
        });
        besides.forEach(rest -> {
            inputs.addAll(HostScan.inputs(rest));
            skipped.addAll(HostScan.skipped(rest, List.of()));
        });
        if (givenUp > 0) {
            skipped.add(new Skipped("rules", givenUp + " searches with a rule's regular expression were given up because"
                    + " they would have run too long; what they looked at counts as not matched"));
        }
        rules.broken().forEach((file, faults) -> skipped.add(
                new Skipped(file, "the rules in it were not run, because it is broken: " + String.join("; ", faults))));
        List<RuleRef> used = new ArrayList<>(rules.rules());
        used.addAll(content.rules());
        RunInfo run = new RunInfo(options.version(), started, Instant.now(), options.arguments(), used,
                rules.hash() + content.hash(), inputs, skipped);
        return new CaseResult(results, findings, episodes, run);
    }

    /** Hands files to the workers; what is valid only during the call is scanned in it. */
    private final class Walk implements EvidenceSink {
        /** Files that wait for a worker: few, because those from a tar are held in memory. */
        private static final int WAITING = 16;

        private final FileScan scan = new FileScan(rules, content, options);
        private final ExecutorService workers = Executors.newFixedThreadPool(options.threads(), named());
        private final Semaphore places = new Semaphore(options.threads() + WAITING);
        private final List<Future<FileResult>> results = new ArrayList<>();
        private final List<FileResult> inline = new ArrayList<>();
        private final List<Skipped> skipped = new ArrayList<>();

        private static ThreadFactory named() {
            return task -> {
                Thread thread = new Thread(task, "tidemark-scan");
                thread.setDaemon(true);
                return thread;
            };
        }

        @Override
        public void file(EvidenceFile file) {
            progress.found(Math.max(0, file.size()));
            Optional<FileResult> known = journal.known(file);
            if (known.isPresent()) {
                inline.add(known.get().underRoot(file.root()));
                progress.done(file.path(), Math.max(0, file.size()));
                return;
            }
            if (file.streamed()) {
                inline.add(one(file));
                return;
            }
            places.acquireUninterruptibly();
            results.add(workers.submit(() -> {
                try {
                    return one(file);
                } finally {
                    places.release();
                }
            }));
        }

        private FileResult one(EvidenceFile file) {
            FileResult result = scan.scan(file);
            journal.keep(file, result);
            progress.done(file.path(), Math.max(0, file.size()));
            return result;
        }

        @Override
        public void skipped(int root, Skipped what) {
            skipped.add(what);
        }

        List<FileResult> finish() throws InterruptedException {
            List<FileResult> all = new ArrayList<>(inline);
            try {
                for (Future<FileResult> result : results) {
                    all.add(result.get());
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("a file could not be scanned; this is a fault of Tidemark", e.getCause());
            } finally {
                workers.shutdownNow();
            }
            return all;
        }
    }
}
