package dev.tidemark.fuzz;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.tidemark.acquire.Acquisition;
import dev.tidemark.acquire.Archives;
import dev.tidemark.acquire.EvidenceFile;
import dev.tidemark.acquire.EvidenceSink;
import dev.tidemark.acquire.Limits;
import dev.tidemark.model.Skipped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** ZIP, tar and gzip, inside each other, too. */
final class ArchiveTarget {
    private static final long FREE = 4 << 20;
    private static final long RATIO = 200;
    private static final Limits LIMITS = Limits.defaults().withEntries(2_000).withEntryBytes(2 << 20)
            .withRatio(RATIO, FREE).withBuffers(64 << 10, 256 << 10).withIndexed(500);
    private static final Path FILE = Jimfs.newFileSystem(Configuration.unix()).getPath("/made");

    private ArchiveTarget() {}

    public static void fuzzerTestOneInput(byte[] archive) throws IOException {
        Files.write(FILE, archive);
        Seen seen = new Seen();
        try (Acquisition acquisition = new Acquisition(LIMITS)) {
            acquisition.walk(0, FILE, seen);
        }
        if (seen.paths.isEmpty() && seen.skipped == 0 && hasEntry(archive)) {
            throw new AssertionError("nothing handed on and nothing told");
        }
        if (seen.bytes > FREE + RATIO * archive.length + archive.length) {
            throw new AssertionError(seen.bytes + " bytes of an archive of " + archive.length);
        }
    }

    /** A ZIP that begins with a file, and not with its end or a folder. */
    private static boolean hasEntry(byte[] archive) {
        boolean zip = archive.length > 30 && archive[0] == 'P' && archive[1] == 'K' && archive[2] == 3 && archive[3] == 4;
        String text = new String(archive, StandardCharsets.ISO_8859_1);
        return zip && text.indexOf('/') < 0 && text.indexOf('\\') < 0;
    }

    private static final class Seen implements EvidenceSink {
        private final Set<String> paths = new HashSet<>();
        private final byte[] block = new byte[8_192];
        private long skipped;
        private long bytes;

        @Override
        public void file(EvidenceFile file) {
            String path = file.path();
            if (!paths.add(path)) {
                throw new AssertionError("two files are called " + path);
            }
            boolean out = path.isEmpty() || path.startsWith("/") || path.indexOf('\\') >= 0
                    || ("/" + path.replace("!/", "/") + "/").contains("/../") || path.chars().anyMatch(Character::isISOControl);
            if (out) {
                throw new AssertionError("a path that leads astray: " + path);
            }
            try (InputStream in = file.open()) {
                for (int got = in.read(block); got >= 0; got = in.read(block)) {
                    bytes += got;
                }
            } catch (IOException declared) {
                skipped++;
            }
        }

        @Override
        public void skipped(int root, Skipped what) {
            skipped++;
        }
    }

    static List<byte[]> seeds() {
        try {
            byte[] tar = Archives.tar("C/inetpub/a.log", "a log", "C/b/../c.log", "x".repeat(600));
            byte[] zip = Archives.zip("C/a.log", "a log", "b\\c.log", "long ".repeat(40), "d.zip", Archives.zip("e", "f"));
            return List.of(zip, tar, Archives.gzip(tar), Archives.gzip("a log".getBytes()),
                    Archives.zip("a.tar", tar, "b.tgz", Archives.gzip(tar), "c.gz", Archives.gzip(new byte[9])),
                    Archives.tar("a.zip", zip, "b.gz", Archives.gzip(zip)), Archives.zip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<byte[]> real(Path shared) {
        return RealFiles.none(shared);
    }
}
