package dev.tidemark.collect;

import dev.tidemark.scan.Progress;
import dev.tidemark.scan.Telling;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One collection: walks the sources, takes their files step by step into a bundle, asks of the others whether a scan would
 * see something in them, tries what was locked again, and writes the manifest.
 */
public final class Collector {
    private final CollectOptions options;
    private final Telling telling;
    private final Progress progress;
    private final Supplier<Instant> clock;
    private final Opener opener;
    private final Steps steps = Steps.bundled();
    private final List<Left> left = new ArrayList<>();
    private final List<Taken> taken = new ArrayList<>();
    private final List<SourceFile> locked = new ArrayList<>();

    public Collector(CollectOptions options, Telling telling, Progress progress, Supplier<Instant> clock) {
        this(options, telling, progress, clock, file -> Files.newInputStream(file, StandardOpenOption.READ));
    }

    Collector(CollectOptions options, Telling telling, Progress progress, Supplier<Instant> clock, Opener opener) {
        this.options = options;
        this.telling = telling;
        this.progress = progress;
        this.clock = clock;
        this.opener = opener;
    }

    /** Opens a file of a source: what fails on a live server where others hold it. */
    @FunctionalInterface
    interface Opener {
        InputStream open(Path file) throws IOException;
    }

    /**
     * What came of it.
     *
     * @param resumed files that an earlier run had taken
     * @param bytes   read from the sources
     */
    public record Result(long files, long resumed, long bytes, long bundleBytes, List<Left> left) {}

    /**
     * @throws CollectException if it cannot be made as asked
     * @throws IOException if the bundle cannot be written; what is in it is kept for {@code --resume}
     */
    public Result run() throws IOException, CollectException {
        Instant started = clock.get();
        Path out = options.out().toAbsolutePath().normalize();
        Path part = out.resolveSibling(out.getFileName() + ".part");
        Path notes = out.resolveSibling(out.getFileName() + ".part.jsonl");
        refuse(out);
        List<Taken> before = options.resume() ? whole(CollectJournal.read(notes, options.same()), part) : List.of();
        long end = before.isEmpty() ? 0 : before.get(before.size() - 1).end();
        try (CollectJournal journal = CollectJournal.write(notes, options.same(), before);
                FileChannel file = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.truncate(end).position(end);
            try (OutputStream bundle = stream(file)) {
                BundleZip zip = new BundleZip(bundle, end);
                taken.addAll(before);
                fill(zip, journal, bundle);
                taken.add(zip.add(Manifest.NAME, Manifest.of(taken, left, options.sources().stream()
                        .map(s -> s.root().toString()).toList(), options.version(), started, clock.get()), clock.get()));
                zip.finish(taken);
            }
        }
        Files.move(part, out, StandardCopyOption.ATOMIC_MOVE);
        Files.deleteIfExists(notes);
        long bytes = taken.stream().mapToLong(Taken::size).sum();
        return new Result(taken.size() - 1, before.size(), bytes, Files.size(out), List.copyOf(left));
    }

    private void refuse(Path out) throws CollectException, IOException {
        if (Files.exists(out)) {
            throw new CollectException(out + " is there already; give another name");
        }
        if (options.resume() && options.recipient().isPresent()) {
            throw new CollectException("an encrypted bundle cannot be gone on with: its key is gone; begin anew without --resume");
        }
        if (out.getParent() == null || !Files.isDirectory(out.getParent())) {
            throw new CollectException("there is no folder " + out.getParent());
        }
        for (CollectOptions.Source source : options.sources()) {
            if (!Files.isDirectory(source.root())) {
                throw new CollectException("no such folder: " + source.root());
            }
            if (out.getParent().toRealPath().startsWith(source.root().toRealPath())) {
                throw new CollectException("the bundle would be written into the source: " + out + " lies in " + source.root()
                        + "; give a file elsewhere, on another drive or share");
            }
        }
        if (options.recipient().isPresent()) {
            Encryption.to(Channels.newChannel(OutputStream.nullOutputStream()), options.recipient().get());
        }
        if (options.shadow().isPresent() && !Files.isDirectory(options.shadow().get())) {
            throw new CollectException("no such shadow copy: " + options.shadow().get());
        }
    }

    /** What the unfinished bundle really holds. */
    private static List<Taken> whole(List<Taken> noted, Path part) throws IOException {
        long bytes = Files.exists(part) ? Files.size(part) : 0;
        Map<String, Taken> last = new LinkedHashMap<>();
        noted.stream().takeWhile(t -> t.end() <= bytes).forEach(t -> {
            last.remove(t.path());
            last.put(t.path(), t);
        });
        return List.copyOf(last.values());
    }

    private OutputStream stream(FileChannel file) throws IOException, CollectException {
        WritableByteChannel channel = options.recipient().isPresent() ? Encryption.to(file, options.recipient().get()) : file;
        return new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
    }

    private void fill(BundleZip zip, CollectJournal journal, OutputStream bundle) throws IOException {
        SourceWalk walk = new SourceWalk(steps);
        options.sources().forEach(s -> walk.walk(s.root(), s.prefix()));
        left.addAll(walk.left());
        Map<String, Taken> known = new HashMap<>();
        taken.forEach(t -> known.put(t.path(), t));
        List<SourceFile> files = walk.files().stream().filter(f -> !isKnown(f, known)).toList();
        // a file that changed since is taken again; what the bundle has of it is left out of its directory
        files.forEach(f -> taken.removeIf(t -> known.containsKey(f.path()) && t.path().equals(f.path())));
        files.stream().filter(f -> f.step() != steps.rest()).forEach(f -> progress.found(f.size()));
        for (SourceFile file : files) {
            if (file.step() != steps.rest() || tells(file)) {
                take(file, zip, journal, bundle, false);
            }
        }
        for (SourceFile file : List.copyOf(locked)) {
            take(file, zip, journal, bundle, true);
        }
    }

    private static boolean isKnown(SourceFile file, Map<String, Taken> known) {
        Taken before = known.get(file.path());
        return before != null && before.modified().equals(file.modified());
    }

    private boolean tells(SourceFile file) {
        try {
            return file.size() > 0 && telling.tells(file.asEvidence());
        } catch (IOException | SecurityException e) {
            left.add(new Left(file.path(), file.size(), "could not be looked at: " + reason(e)));
            return false;
        }
    }

    private void take(SourceFile file, BundleZip zip, CollectJournal journal, OutputStream bundle, boolean again)
            throws IOException {
        if (zip.position() + file.size() > options.maxBytes()) {
            left.add(new Left(file.path(), file.size(), "it would not have fit into the " + options.maxBytes()
                    + " bytes that the bundle may have; step '" + steps.name(file.step()) + "'"));
            return;
        }
        Opened opened = open(file, again);
        if (opened.stream().isEmpty()) {
            if (again) {
                left.add(new Left(file.path(), file.size(), "could not be opened: " + opened.why()));
            } else {
                locked.add(file);
            }
            return;
        }
        try (InputStream in = opened.stream().get()) {
            Taken entry = zip.add(file, in, opened.from());
            bundle.flush();
            journal.add(entry);
            taken.add(entry);
            if (!entry.fault().isEmpty()) {
                left.add(new Left(file.path(), Math.max(0, file.size() - entry.size()), "could not be read from byte "
                        + entry.size() + " on: " + entry.fault()));
            }
        }
        progress.done(file.path(), file.size());
    }

    /** A stream of which the first bytes came, or why there is none. */
    private record Opened(Optional<InputStream> stream, String from, String why) {}

    private Opened open(SourceFile file, boolean again) {
        Opened live = open(file.file(), "live");
        boolean first = options.sources().size() == 1 || file.file().startsWith(options.sources().get(0).root());
        if (live.stream().isPresent() || !again || options.shadow().isEmpty() || !first) {
            return live;
        }
        Opened shadow = open(options.shadow().get().resolve(file.below().toString()), "shadow");
        return shadow.stream().isPresent() ? shadow : live;
    }

    private Opened open(Path file, String from) {
        InputStream in = null;
        try {
            in = opener.open(file);
            PushbackInputStream back = new PushbackInputStream(in, 1);
            int first = back.read();
            if (first >= 0) {
                back.unread(first);
            }
            return new Opened(Optional.of(back), from, "");
        } catch (IOException | SecurityException e) {
            close(in);
            return new Opened(Optional.empty(), from, reason(e));
        }
    }

    private static void close(InputStream in) {
        if (in != null) {
            try {
                in.close();
            } catch (IOException e) {
                // it could not be read, either, and that is what is reported
            }
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
