package dev.tidemark.testing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * A disk on which one name cannot be read, as permissions, other processes and failing hardware have it (a test that
 * runs as root could not make it so). It refuses every write.
 */
public final class FaultyDisk {
    private FaultyDisk() {}

    /** What happens to whoever opens the file or lists the folder. */
    public enum Fault {
        DENIED, LOCKED, BREAKS, SHRINKS, THROWS,
        /** It has four times as much to read as its folder says: somebody is writing it. */
        GROWS
    }

    /** The same root, on a disk where {@code name} has the fault. */
    public static Path around(Path root, String name, Fault fault) {
        return new Disk(root.getFileSystem(), name, fault).wrap(root);
    }

    /** The same root, on a disk that lists each folder in an order of its own. */
    public static Path shuffled(Path root, java.util.Random random) {
        Disk disk = new Disk(root.getFileSystem(), "", Fault.DENIED);
        disk.random = random;
        return disk.wrap(root);
    }

    private static final class Disk extends FileSystem {
        private java.util.Random random;
        private final FileSystem inner;
        private final Provider provider;

        Disk(FileSystem inner, String name, Fault fault) {
            this.inner = inner;
            this.provider = new Provider(this, inner.provider(), name, fault);
        }

        Path wrap(Path path) {
            InvocationHandler handler = new Handler(this, path);
            return (Path) Proxy.newProxyInstance(FaultyDisk.class.getClassLoader(), new Class<?>[] {Path.class}, handler);
        }

        @Override
        public FileSystemProvider provider() {
            return provider;
        }

        @Override
        public void close() throws IOException {
            inner.close();
        }

        @Override
        public boolean isOpen() {
            return inner.isOpen();
        }

        @Override
        public boolean isReadOnly() {
            return true;
        }

        @Override
        public String getSeparator() {
            return inner.getSeparator();
        }

        @Override
        public Iterable<Path> getRootDirectories() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Iterable<FileStore> getFileStores() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<String> supportedFileAttributeViews() {
            return inner.supportedFileAttributeViews();
        }

        @Override
        public Path getPath(String first, String... more) {
            return wrap(inner.getPath(first, more));
        }

        @Override
        public PathMatcher getPathMatcher(String syntaxAndPattern) {
            throw new UnsupportedOperationException();
        }

        @Override
        public UserPrincipalLookupService getUserPrincipalLookupService() {
            throw new UnsupportedOperationException();
        }

        @Override
        public WatchService newWatchService() {
            throw new UnsupportedOperationException();
        }
    }

    /** A path that answers as the inner one does, but belongs to the faulty disk. */
    private record Handler(Disk disk, Path inner) implements InvocationHandler {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("getFileSystem")) {
                return disk;
            }
            Object[] unwrapped = arguments == null ? new Object[0] : arguments.clone();
            for (int i = 0; i < unwrapped.length; i++) {
                unwrapped[i] = unwrapped[i] instanceof Path path ? unwrap(path) : unwrapped[i];
            }
            try {
                Object result = method.invoke(inner, unwrapped);
                return result instanceof Path path ? disk.wrap(path) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    private static Path unwrap(Path path) {
        return Proxy.isProxyClass(path.getClass()) ? ((Handler) Proxy.getInvocationHandler(path)).inner() : path;
    }

    private static final class Provider extends FileSystemProvider {
        private final Disk disk;
        private final FileSystemProvider inner;
        private final String name;
        private final Fault fault;

        Provider(Disk disk, FileSystemProvider inner, String name, Fault fault) {
            this.disk = disk;
            this.inner = inner;
            this.name = name;
            this.fault = fault;
        }

        private boolean faulty(Path path) throws IOException {
            if (path.getFileName() == null || !path.getFileName().toString().equals(name)) {
                return false;
            }
            if (fault == Fault.DENIED) {
                throw new AccessDeniedException(path.toString());
            }
            if (fault == Fault.LOCKED) {
                throw new FileSystemException(path.toString(), null,
                        "The process cannot access the file because it is being used by another process.");
            }
            return true;
        }

        @Override
        public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
            boolean faulty = faulty(path);
            InputStream in = inner.newInputStream(unwrap(path), options);
            long half = inner.readAttributes(unwrap(path), BasicFileAttributes.class).size() / 2;
            if (faulty && fault == Fault.GROWS) {
                byte[] all = in.readAllBytes();
                return new java.io.SequenceInputStream(java.util.Collections.enumeration(java.util.Collections.nCopies(4,
                        0).stream().map(i -> (InputStream) new java.io.ByteArrayInputStream(all)).toList()));
            }
            return faulty ? new Half(in, half, fault) : in;
        }

        @Override
        public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options,
                FileAttribute<?>... attributes) throws IOException {
            faulty(path);
            return inner.newByteChannel(unwrap(path), options, attributes);
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            faulty(folder);
            DirectoryStream<Path> listing = inner.newDirectoryStream(unwrap(folder), p -> filter.accept(disk.wrap(p)));
            return new DirectoryStream<>() {
                @Override
                public Iterator<Path> iterator() {
                    java.util.List<Path> all = new java.util.ArrayList<>();
                    listing.forEach(all::add);
                    if (disk.random != null) {
                        java.util.Collections.shuffle(all, disk.random);
                    }
                    Iterator<Path> each = all.iterator();
                    return new Iterator<>() {
                        @Override
                        public boolean hasNext() {
                            return each.hasNext();
                        }

                        @Override
                        public Path next() {
                            return disk.wrap(each.next());
                        }
                    };
                }

                @Override
                public void close() throws IOException {
                    listing.close();
                }
            };
        }

        @Override
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            return inner.readAttributes(unwrap(path), type, options);
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
                throws IOException {
            return inner.readAttributes(unwrap(path), attributes, options);
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            inner.checkAccess(unwrap(path), modes);
        }

        @Override
        public boolean isHidden(Path path) throws IOException {
            return inner.isHidden(unwrap(path));
        }

        @Override
        public boolean isSameFile(Path path, Path other) throws IOException {
            return inner.isSameFile(unwrap(path), unwrap(other));
        }

        @Override
        public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
            return inner.getFileAttributeView(unwrap(path), type, options);
        }

        @Override
        public String getScheme() {
            return "faulty";
        }

        @Override
        public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileSystem getFileSystem(URI uri) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Path getPath(URI uri) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileStore getFileStore(Path path) throws IOException {
            return inner.getFileStore(unwrap(path));
        }

        @Override
        public void createDirectory(Path folder, FileAttribute<?>... attributes) {
            throw new ReadOnlyFileSystemException();
        }

        @Override
        public void delete(Path path) {
            throw new ReadOnlyFileSystemException();
        }

        @Override
        public void copy(Path source, Path target, CopyOption... options) {
            throw new ReadOnlyFileSystemException();
        }

        @Override
        public void move(Path source, Path target, CopyOption... options) {
            throw new ReadOnlyFileSystemException();
        }

        @Override
        public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
            throw new ReadOnlyFileSystemException();
        }
    }

    /** The first half of a file, and then the fault. */
    private static final class Half extends FilterInputStream {
        private final Fault fault;
        private long left;

        Half(InputStream in, long half, Fault fault) {
            super(in);
            this.left = half;
            this.fault = fault;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (left <= 0) {
                switch (fault) {
                    case BREAKS -> throw new IOException("Input/output error");
                    case THROWS -> throw new IllegalStateException("a fault that nobody thought of");
                    default -> {
                        return -1;
                    }
                }
            }
            int got = super.read(into, from, (int) Math.min(length, left));
            left -= Math.max(0, got);
            return got;
        }
    }
}
