package dev.tidemark.acquire;

import dev.tidemark.model.Skipped;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Walks a root of evidence (a folder, an archive, or a single file) and hands on its files.
 *
 * <p>Everything is opened for reading only, so that on Windows others may go on writing; nothing is unpacked to disk.
 * Links are not followed, save the root itself: what lies behind one is either walked under its own name or not part
 * of the evidence. Files handed on may be opened, also by several threads, until {@link #close}; those of a stream
 * ({@link EvidenceFile#streamed}) only during the call that handed them on. Entries of a tar up to
 * {@link Limits#bufferedBytes} hold their bytes in memory for as long as somebody holds them.
 */
public final class Acquisition implements Closeable {
    /** Deeper than any path that Windows can make; a loop of mounts ends here. */
    private static final int DEEPEST_FOLDER = 512;

    private static final Comparator<String> BY_NAME = String.CASE_INSENSITIVE_ORDER
            .thenComparing(Comparator.naturalOrder());

    private final Limits limits;
    private final List<Closeable> open = new ArrayList<>();

    public Acquisition(Limits limits) {
        this.limits = limits;
    }

    /** Hands on all files of the root in the order of their names; never throws for what the evidence is like. */
    public void walk(int root, Path path, EvidenceSink sink) {
        walk(root, path, "", sink);
    }

    /**
     * The same for one part of a root.
     *
     * @param prefix stands before every name that is handed on; empty, or as in {@code C/inetpub}
     */
    public void walk(int root, Path path, String prefix, EvidenceSink sink) {
        new Walk(root, prefix.isEmpty() ? "" : prefix + "/", sink).root(path);
    }

    /** Closes the archives; files handed on from them can no longer be opened. */
    @Override
    public void close() throws IOException {
        IOException failed = null;
        synchronized (open) {
            for (Closeable each : open) {
                try {
                    each.close();
                } catch (IOException e) {
                    failed = e;
                }
            }
            open.clear();
        }
        if (failed != null) {
            throw failed;
        }
    }

    /** Why an operation failed, without the path on this machine that file systems put into the message. */
    public static String reason(Throwable e) {
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof java.nio.file.NoSuchFileException) {
            return "it is no longer there";
        }
        if (e instanceof java.nio.file.FileSystemException f) {
            return f.getReason() == null ? "the file system refused it" : f.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** One root's walk. */
    private final class Walk {
        private final int root;
        private final String prefix;
        private final EvidenceSink sink;
        private final AtomicLong expanded = new AtomicLong();

        Walk(int root, String prefix, EvidenceSink sink) {
            this.root = root;
            this.prefix = prefix;
            this.sink = sink;
        }

        void root(Path path) {
            String name = path.getFileName() == null ? path.toString() : path.getFileName().toString();
            BasicFileAttributes attributes;
            try {
                attributes = Files.readAttributes(path, BasicFileAttributes.class);
            } catch (IOException | SecurityException e) {
                skip(SafeNames.ofDisk(name), "cannot be read: " + reason(e));
                return;
            }
            if (attributes.isDirectory()) {
                folder(path, prefix, 1);
            } else if (isFile(path, attributes)) {
                file(path, prefix + SafeNames.ofDisk(name), attributes, true, false);
            } else {
                skip(SafeNames.ofDisk(name), "is neither a file nor a folder; it was not opened");
            }
        }

        private void folder(Path folder, String prefix, int depth) {
            if (depth > DEEPEST_FOLDER) {
                skip(folderName(prefix), "lies more than " + DEEPEST_FOLDER + " folders deep; it was not walked");
                return;
            }
            List<Path> children = new ArrayList<>();
            try (DirectoryStream<Path> listing = Files.newDirectoryStream(folder)) {
                listing.forEach(children::add);
            } catch (DirectoryIteratorException e) {
                skip(folderName(prefix), "the folder could not be listed to its end: " + reason(e.getCause()));
            } catch (IOException | SecurityException e) {
                skip(folderName(prefix), "the folder could not be listed: " + reason(e));
            }
            children.sort(Comparator.comparing(child -> child.getFileName().toString(), BY_NAME));
            for (Path child : children) {
                child(child, prefix + SafeNames.ofDisk(child.getFileName().toString()), depth);
            }
        }

        private void child(Path child, String path, int depth) {
            BasicFileAttributes attributes;
            try {
                attributes = Files.readAttributes(child, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            } catch (IOException | SecurityException e) {
                skip(path, "cannot be read: " + reason(e));
                return;
            }
            if (attributes.isSymbolicLink()) {
                elsewhere(path, "is a link to " + target(child) + ", not followed");
            } else if (attributes.isDirectory() && attributes.isOther()) {
                elsewhere(path, "is a junction or mount point, not followed");
            } else if (attributes.isDirectory()) {
                folder(child, path + "/", depth + 1);
            } else if (isFile(child, attributes)) {
                file(child, path, attributes, false, depth == 1);
            } else {
                elsewhere(path, "is neither a file nor a folder (a device, pipe or socket); it was not opened");
            }
        }

        /** On Windows a de-duplicated or archived file is a reparse point: "other", but read like any file. */
        private boolean isFile(Path path, BasicFileAttributes attributes) {
            return attributes.isRegularFile() || attributes.isOther() && !attributes.isDirectory()
                    && path.getFileSystem().getSeparator().equals("\\");
        }

        private String target(Path link) {
            try {
                return "'" + SafeNames.ofDisk(Files.readSymbolicLink(link).toString()) + "'";
            } catch (IOException | UnsupportedOperationException | SecurityException e) {
                return "an unreadable target";
            }
        }

        private void file(Path file, String path, BasicFileAttributes attributes, boolean isRoot, boolean top) {
            FoundFile found = new FoundFile(root, path, attributes.size(), modified(attributes), false,
                    () -> Files.newInputStream(file, StandardOpenOption.READ));
            byte[] head = head(found, isRoot || top);
            ArchiveKind kind = ArchiveKind.of(path, head, isRoot);
            if (kind == ArchiveKind.NONE) {
                String unsupported = isRoot || top ? ArchiveKind.unsupported(head) : "";
                if (!unsupported.isEmpty()) {
                    skip(path, "is a " + unsupported + ", which is not opened; unpack it and scan the folder");
                } else if (head.length > 0 && ArchiveKind.namedAsArchive(path)) {
                    skip(path, "is named like an archive but does not begin like one; it was taken as a plain file");
                }
                sink.file(found);
                return;
            }
            ArchiveWalker archive = new ArchiveWalker(root, sink, this::keep,
                    new Budget(limits, expanded, attributes.size()));
            if (!isRoot) {
                sink.file(found);
            }
            archive.walk(kind, found, () -> Files.newByteChannel(file, StandardOpenOption.READ), isRoot);
        }

        private byte[] head(FoundFile found, boolean wanted) {
            if (found.size() == 0 || !wanted && !ArchiveKind.possible(found.path(), false)) {
                return new byte[0];
            }
            try (InputStream in = found.open()) {
                return in.readNBytes(ArchiveKind.HEAD_BYTES);
            } catch (IOException | SecurityException e) {
                return new byte[0]; // whoever reads the file meets the same error and reports it
            }
        }

        private Optional<Instant> modified(BasicFileAttributes attributes) {
            Instant time = attributes.lastModifiedTime().toInstant();
            return time.equals(Instant.EPOCH) ? Optional.empty() : Optional.of(time);
        }

        private void keep(Closeable closeable) {
            synchronized (open) {
                open.add(closeable);
            }
        }

        private void skip(String path, String why) {
            sink.skipped(root, new Skipped(path, why));
        }

        /** What holds no bytes itself: they lie elsewhere, or nowhere. */
        private void elsewhere(String path, String why) {
            sink.skipped(root, new Skipped(path, Skipped.NONE, why));
        }

        /** It ends with a slash, so that a folder is told from a file. */
        private static String folderName(String prefix) {
            return prefix.isEmpty() ? "./" : prefix;
        }
    }
}
