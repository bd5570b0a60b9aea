package dev.tidemark.acquire;

import dev.tidemark.model.Skipped;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.SeekableByteChannel;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.apache.commons.io.input.BoundedInputStream;

/**
 * Hands on the entries of one archive on disk and of those inside it.
 *
 * <p>A ZIP is read through its directory, so that each entry can be opened again and by any thread; a tar, or a ZIP
 * without a usable directory, front to back. Whatever fails is reported and ends no more than its own archive.
 */
final class ArchiveWalker {
    private static final Comparator<ZipEntryAt> BY_NAME = Comparator.comparing(ZipEntryAt::name,
            String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder()));

    /** What the library opens by itself; for XZ, LZMA and Zstandard it needs others. Source: APPNOTE.TXT, 4.4.5. */
    private static final Set<Integer> METHODS = Set.of(ZipEntry.STORED, ZipMethod.UNSHRINKING.getCode(),
            ZipMethod.IMPLODING.getCode(), ZipEntry.DEFLATED, ZipMethod.ENHANCED_DEFLATED.getCode(), ZipMethod.BZIP2.getCode());

    private final int root;
    private final EvidenceSink sink;
    private final Consumer<Closeable> keep;
    private final Budget budget;
    private final Limits limits;

    ArchiveWalker(int root, EvidenceSink sink, Consumer<Closeable> keep, Budget budget) {
        this.root = root;
        this.sink = sink;
        this.keep = keep;
        this.budget = budget;
        this.limits = budget.limits();
    }

    /** Opens the archive for random access. */
    @FunctionalInterface
    interface ChannelOpener {
        SeekableByteChannel open() throws IOException;
    }

    private record ZipEntryAt(String name, ZipArchiveEntry entry) {}

    /** An archive and where its entries' paths begin. */
    private record Container(String path, String prefix, int depth) {
        Container inner(String entryPath) {
            return new Container(entryPath, entryPath + "!/", depth + 1);
        }
    }

    /** @param isRoot whether the archive is the root itself: then its name is no part of the paths */
    void walk(ArchiveKind kind, FoundFile archive, ChannelOpener channel, boolean isRoot) {
        Container container = new Container(archive.path(), isRoot ? "" : archive.path() + "!/", 1);
        walk(kind, archive, channel, container);
    }

    private void walk(ArchiveKind kind, FoundFile archive, ChannelOpener channel, Container container) {
        if (container.depth() > limits.nesting()) {
            skip(container.path(), "archives are nested more than " + limits.nesting()
                    + " deep; this one was not opened");
            return;
        }
        try {
            switch (kind) {
                case ZIP -> zip(archive, channel, container);
                case TAR -> {
                    try (InputStream in = archive.open()) {
                        tar(in, container);
                    }
                }
                case GZIP -> gzip(archive, container);
                case NONE -> throw new IllegalArgumentException("no archive: " + archive.path());
            }
        } catch (IOException | RuntimeException e) {
            rethrowIfOfSink(e);
            skip(container.path(), "could not be read to its end: " + Acquisition.reason(e)
                    + "; what came before was taken");
        }
    }

    // ---- ZIP through its directory

    private void zip(FoundFile archive, ChannelOpener channelOpener, Container container) throws IOException {
        String trouble = "its directory could not be read";
        boolean large = false;
        SeekableByteChannel channel = null;
        ZipFile zip = null;
        try {
            channel = channelOpener.open();
            large = ZipDirectory.count(channel, limits.indexed()) > limits.indexed();
            if (!large) {
                channel.position(0);
                zip = ZipFile.builder().setSeekableByteChannel(channel).setIgnoreLocalFileHeader(true).get();
                long found = Collections.list(zip.getEntries()).size();
                if (!ZipDirectory.states(channel, found)) {
                    // the library takes the first odd byte for the directory's end
                    trouble = "its directory is damaged: only " + found + " of its entries can be found in it";
                    zip = null;
                } else if (found == 0 && ZipDirectory.beginsWithEntry(channel)) {
                    trouble = "its directory is empty, yet it begins with an entry";
                    zip = null;
                }
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            trouble += " (" + Acquisition.reason(e) + ")";
        }
        if (zip != null) {
            keep.accept(zip);
            zipEntries(zip, channel, container);
            return;
        }
        if (channel != null) {
            channel.close();
        }
        String how = "; its entries were read one after the other as far as they go";
        if (large) {
            elsewhere(container.path(), "it has more than " + limits.indexed() + " entries" + how);
        } else {
            skip(container.path(), trouble + how);
        }
        try (InputStream in = archive.open()) {
            zipStream(in, container);
        }
    }

    /** What is named as a folder and yet has bytes is a file: some hide it so. */
    private static boolean isFolder(ZipArchiveEntry entry) {
        return entry.isDirectory() && entry.getSize() <= 0;
    }

    private void zipEntries(ZipFile zip, SeekableByteChannel channel, Container container) throws IOException {
        long archiveBytes = channel.size();
        List<ZipEntryAt> entries = sorted(zip, container);
        long claimed = 0;
        for (ZipEntryAt at : entries) {
            ZipArchiveEntry entry = at.entry();
            String path = container.prefix() + at.name();
            claimed = Budget.plus(claimed, Math.max(0, entry.getCompressedSize()));
            if (claimed > archiveBytes) {
                skip(path, "the entries so far claim more compressed bytes than the archive has: they overlap; "
                        + "it was not opened");
                continue;
            }
            if (refused(path, entry, zip.canReadEntryData(entry))) {
                continue;
            }
            long compressed = entry.getCompressedSize();
            FoundFile file = new FoundFile(root, path, entry.getSize(), ArchiveTimes.of(entry), false,
                    () -> new BoundedStream(open(zip, channel, entry), budget, () -> compressed));
            reopenable(file, container);
        }
    }

    private List<ZipEntryAt> sorted(ZipFile zip, Container container) {
        SafeNames names = new SafeNames();
        List<ZipEntryAt> entries = new java.util.ArrayList<>();
        java.util.Enumeration<ZipArchiveEntry> all = zip.getEntries();
        long seen = 0;
        while (all.hasMoreElements()) {
            ZipArchiveEntry entry = all.nextElement();
            if (++seen > limits.entries()) {
                skip(container.path(), "has more than " + limits.entries() + " entries; the rest was not read");
                break;
            }
            if (!isFolder(entry) && nameFits(entry.getName(), container)) {
                entries.add(new ZipEntryAt(names.unique(entry.getName()), entry));
            }
        }
        entries.sort(BY_NAME);
        return entries;
    }

    /** The library reads the local header through the channel's one position; its data streams lock the channel. */
    private static InputStream open(ZipFile zip, SeekableByteChannel channel, ZipArchiveEntry entry)
            throws IOException {
        synchronized (channel) {
            try {
                return new VerifiedStream(zip.getInputStream(entry), entry.getCrc(), entry.getSize());
            } catch (IllegalArgumentException | IndexOutOfBoundsException damaged) {
                throw new IOException("the entry's header is damaged: " + damaged, damaged);
            }
        }
    }

    /** True if the entry is not opened; then it was told why. */
    private boolean refused(String path, ZipArchiveEntry entry, boolean readable) {
        if (entry.isUnixSymlink()) {
            elsewhere(path, "is a link inside the archive, not followed");
        } else if (entry.getGeneralPurposeBit().usesEncryption()) {
            skip(path, "is protected by a password; it was not opened");
        } else if (!readable || !METHODS.contains(entry.getMethod())) {
            skip(path, "uses compression method " + entry.getMethod() + ", which is not supported");
        } else {
            return false;
        }
        return true;
    }

    // ---- streams

    private void zipStream(InputStream in, Container container) throws IOException {
        BoundedInputStream counted = counted(in);
        SafeNames names = new SafeNames();
        try (ZipArchiveInputStream zip = new ZipArchiveInputStream(counted)) {
            long seen = 0;
            for (ZipArchiveEntry entry = next(zip); entry != null; entry = next(zip)) {
                if (++seen > limits.entries()) {
                    throw new BoundExceededException("has more than " + limits.entries() + " entries");
                }
                if (!nameFits(entry.getName(), container)) {
                    continue;
                }
                if (isFolder(entry)) {
                    if (entry.getSize() < 0 && zip.canReadEntryData(entry) && zip.read() >= 0) {
                        skip(container.prefix() + SafeNames.ofEntry(entry.getName()),
                                "is named as a folder, but holds bytes; they were not read");
                    }
                    continue;
                }
                String path = container.prefix() + names.unique(entry.getName());
                if (refused(path, entry, zip.canReadEntryData(entry))) {
                    continue;
                }
                long before = counted.getCount();
                boolean stated = !entry.getGeneralPurposeBit().usesDataDescriptor();
                InputStream data = stated ? new VerifiedStream(zip, entry.getCrc(), entry.getSize()) : zip;
                streamed(path, entry.getSize(), ArchiveTimes.of(entry), data, () -> counted.getCount() - before,
                        container);
            }
        }
    }

    /** Opens each entry at once, also those for which the library needs another that we do not bring. */
    private static ZipArchiveEntry next(ZipArchiveInputStream zip) throws IOException {
        try {
            return zip.getNextEntry();
        } catch (LinkageError | RuntimeException notThere) {
            throw new IOException("an entry is damaged, or uses a compression that is not supported", notThere);
        }
    }

    private static TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
        try {
            return tar.getNextEntry();
        } catch (RuntimeException damaged) {
            throw new IOException("an entry's header is damaged: " + damaged, damaged);
        }
    }

    private void tar(InputStream in, Container container) throws IOException {
        SafeNames names = new SafeNames();
        ZeroTail tail = new ZeroTail(in);
        try (TarArchiveInputStream tar = new TarArchiveInputStream(tail)) {
            long seen = 0;
            for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
                if (++seen > limits.entries()) {
                    throw new BoundExceededException("has more than " + limits.entries() + " entries");
                }
                if (entry.isDirectory() || !nameFits(entry.getName(), container)) {
                    continue;
                }
                String path = container.prefix() + names.unique(entry.getName());
                if (entry.isSymbolicLink() || entry.isLink()) {
                    elsewhere(path, "is a link to '" + SafeNames.ofEntry(entry.getLinkName()) + "', not followed");
                } else if (!entry.isFile() || entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice()
                        || !tar.canReadEntryData(entry)) {
                    skip(path, "is not a plain file of the archive; it was not opened");
                } else {
                    streamed(path, entry.getSize(), ArchiveTimes.of(entry), tar, () -> -1, container);
                }
            }
            if (!tail.endsInZeros()) {
                skip(container.path(), "ends without the block of zeros that closes a tar: it was cut, "
                        + "or files behind the last one are missing");
            }
        }
    }

    private void gzip(FoundFile archive, Container container) throws IOException {
        byte[] head;
        try (InputStream in = gunzip(archive)) {
            head = in.readNBytes(ArchiveKind.HEAD_BYTES);
        } catch (EOFException cut) {
            head = new byte[0];
        }
        if (ArchiveKind.isTar(head)) {
            try (InputStream in = gunzip(archive)) {
                tar(in, container);
            }
            return;
        }
        String name = archive.path().substring(archive.path().lastIndexOf('/') + 1);
        String plain = name.toLowerCase(java.util.Locale.ROOT).endsWith(".gz")
                ? name.substring(0, name.length() - 3) : name + ".content";
        FoundFile file = new FoundFile(root, container.prefix() + plain, -1, archive.modified(), false,
                () -> gunzip(archive));
        reopenable(file, container);
    }

    private InputStream gunzip(FoundFile archive) throws IOException {
        InputStream in = archive.open();
        try {
            BoundedInputStream counted = counted(new java.io.BufferedInputStream(in, 1 << 16));
            InputStream plain = new ToTheDamage(GzipCompressorInputStream.builder().setInputStream(counted)
                    .setDecompressConcatenated(true).get());
            return new BoundedStream(plain, budget, counted::getCount);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e instanceof IOException io ? io : new IOException("damaged gzip header: " + e, e);
        }
    }

    private static BoundedInputStream counted(InputStream in) throws IOException {
        return BoundedInputStream.builder().setInputStream(in).get();
    }

    // ---- entries

    /** An entry that can be opened at any time: hands it on, and walks it if it is an archive. */
    private void reopenable(FoundFile file, Container container) {
        ArchiveKind kind = ArchiveKind.NONE;
        if (ArchiveKind.possible(file.path(), false)) {
            try (InputStream in = file.open()) {
                kind = ArchiveKind.of(file.path(), in.readNBytes(ArchiveKind.HEAD_BYTES), false);
            } catch (IOException e) {
                kind = ArchiveKind.NONE; // whoever reads the file meets the same error and reports it
            }
        }
        sink.file(file);
        if (kind == ArchiveKind.NONE) {
            return;
        }
        Container inner = container.inner(file.path());
        if (kind != ArchiveKind.ZIP || inner.depth() > limits.nesting()) {
            walk(kind, file, () -> {
                throw new IOException("not read through a directory");
            }, inner);
            return;
        }
        nestedZip(file, inner);
    }

    private void nestedZip(FoundFile file, Container inner) {
        try (InputStream in = file.open()) {
            byte[] bytes = in.readNBytes(limits.nestedBytes() + 1);
            if (bytes.length <= limits.nestedBytes()) {
                walk(ArchiveKind.ZIP, file, () -> new SeekableInMemoryByteChannel(bytes), inner);
                return;
            }
        } catch (IOException e) {
            // cut or damaged: the entries in front of the damage can still be read one after the other
            skip(file.path(), "could not be read to its end: " + Acquisition.reason(e));
        }
        try (InputStream in = file.open()) {
            zipStream(in, inner);
        } catch (IOException | RuntimeException e) {
            rethrowIfOfSink(e);
            skip(file.path(), "could not be read to its end: " + Acquisition.reason(e)
                    + "; what came before was taken");
        }
    }

    /** An entry of a stream: kept in memory if it is small, so that it can be opened again; else valid only now. */
    private void streamed(String path, long size, Optional<Instant> modified, InputStream data,
            LongSupplier compressed, Container container) throws IOException {
        InputStream bounded = new BoundedStream(new KeptOpen(data), budget, compressed);
        boolean archive = ArchiveKind.namedAsArchive(path);
        int most = archive ? Math.max(limits.nestedBytes(), limits.bufferedBytes()) : limits.bufferedBytes();
        if (size > most) {
            large(path, size, modified, new byte[0], bounded, container);
            return;
        }
        Buffered buffered = Buffered.read(bounded, most);
        if (buffered.failure() != null) {
            byte[] got = buffered.bytes();
            sink.file(new FoundFile(root, path, size, modified, false, () -> new SequenceInputStream(
                    new ByteArrayInputStream(got), new FailingStream(buffered.failure()))));
            if (buffered.failure() instanceof VerifiedStream.DamagedEntryException) {
                return;
            }
            throw buffered.failure();
        }
        if (buffered.bytes().length > most) {
            large(path, size, modified, buffered.bytes(), bounded, container);
            return;
        }
        byte[] bytes = buffered.bytes();
        reopenable(new FoundFile(root, path, bytes.length, modified, false, () -> new ByteArrayInputStream(bytes)),
                container);
    }

    private void large(String path, long size, Optional<Instant> modified, byte[] before, InputStream rest,
            Container container) throws IOException {
        byte[] head = before;
        if (before.length == 0 && ArchiveKind.possible(path, false)) {
            head = rest.readNBytes(ArchiveKind.HEAD_BYTES);
        }
        InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), rest);
        OneTime once = new OneTime(whole);
        FoundFile file = new FoundFile(root, path, size, modified, true, once::open);
        byte[] start = Arrays.copyOf(head, Math.min(head.length, ArchiveKind.HEAD_BYTES));
        ArchiveKind kind = ArchiveKind.of(path, start, false);
        if (kind == ArchiveKind.NONE) {
            sink.file(file);
            once.over();
            return;
        }
        Container inner = container.inner(path);
        if (kind == ArchiveKind.GZIP && inner.depth() <= limits.nesting()) {
            largeGzip(file, whole, inner);
        } else if (kind == ArchiveKind.ZIP && inner.depth() <= limits.nesting()) {
            zipStream(new KeptOpen(whole), inner);
        } else {
            walk(kind, file, () -> {
                throw new IOException("not read through a directory");
            }, inner);
        }
        once.over();
        elsewhere(path, "is a large archive inside a stream: its entries were read, its own bytes were not kept");
    }

    /** The stream cannot be read twice, so the first block is looked at and given back. */
    private void largeGzip(FoundFile file, InputStream whole, Container inner) throws IOException {
        InputStream kept = new KeptOpen(whole);
        InputStream plain = gunzip(new FoundFile(root, file.path(), -1, file.modified(), true, () -> kept));
        byte[] head = plain.readNBytes(ArchiveKind.HEAD_BYTES);
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), plain);
        if (ArchiveKind.isTar(head)) {
            tar(all, inner);
            return;
        }
        String name = file.path().substring(file.path().lastIndexOf('/') + 1);
        OneTime once = new OneTime(all);
        sink.file(new FoundFile(root, inner.prefix() + name.replaceFirst("(?i)\\.gz$", ""), -1, file.modified(),
                true, once::open));
        once.over();
    }

    private boolean nameFits(String name, Container container) {
        if (name.length() <= limits.nameChars()) {
            return true;
        }
        skip(container.prefix() + SafeNames.ofEntry(name.substring(0, Math.min(200, limits.nameChars()))) + "…",
                "its name has " + name.length() + " characters; it was not read");
        return false;
    }

    /** What holds no bytes that are not read under another name. */
    private void elsewhere(String path, String why) {
        sink.skipped(root, new Skipped(path, Skipped.NONE, why));
    }

    private void skip(String path, String why) {
        sink.skipped(root, new Skipped(path, why));
    }

    /** A fault of whoever takes the files is not a fault of the evidence. */
    private static void rethrowIfOfSink(Exception e) {
        if (e instanceof RuntimeException r && !(r instanceof IllegalArgumentException
                || r instanceof IndexOutOfBoundsException || r instanceof ArithmeticException
                || r instanceof NegativeArraySizeException)) {
            throw r;
        }
    }

    /** Bytes of an entry, at most one more than asked for, and what ended them early. */
    private record Buffered(byte[] bytes, IOException failure) {
        static Buffered read(InputStream in, int most) {
            java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
            byte[] block = new byte[8192];
            try {
                while (out.size() <= most) {
                    int got = in.read(block, 0, Math.min(block.length, most + 1 - out.size()));
                    if (got < 0) {
                        break;
                    }
                    out.write(block, 0, got);
                }
                return new Buffered(out.toByteArray(), null);
            } catch (IOException e) {
                return new Buffered(out.toByteArray(), e);
            }
        }
    }
}
