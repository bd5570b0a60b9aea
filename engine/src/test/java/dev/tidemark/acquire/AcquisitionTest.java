package dev.tidemark.acquire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcquisitionTest {
    private static Path write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void filesComeInTheOrderOfTheirNamesWhateverTheirCase() throws IOException {
        try (FileSystem fs = Jimfs.newFileSystem(Configuration.unix())) {
            Path root = fs.getPath("/e");
            for (String name : List.of("b.log", "A.log", "a.log", "c/Z.log", "C.txt", "c/y.log", "empty")) {
                write(root.resolve(name), name.equals("empty") ? "" : name);
            }

            Walked walked = Walked.walk(root);

            assertEquals(List.of("A.log", "a.log", "b.log", "c/y.log", "c/Z.log", "C.txt", "empty"), walked.paths());
            assertEquals("c/Z.log", walked.contents.get("c/Z.log"));
            assertEquals(Map.of(), walked.skipped);
        }
    }

    @Test
    void windowsDriveIsWalked() throws IOException {
        try (FileSystem fs = Jimfs.newFileSystem(Configuration.windows())) {
            write(fs.getPath("C:\\ev\\C\\inetpub\\Logs\\u.log"), "x");

            assertEquals(List.of("ev/C/inetpub/Logs/u.log"), Walked.walk(fs.getPath("C:\\")).paths());
            assertEquals(List.of("C/inetpub/Logs/u.log"), Walked.walk(fs.getPath("C:\\EV")).paths());
        }
    }

    @Test
    void singleFileIsEvidence() throws IOException {
        try (FileSystem fs = Jimfs.newFileSystem(Configuration.unix())) {
            Path file = write(fs.getPath("/e/u_ex.log"), "x");

            assertEquals(Map.of("u_ex.log", "x"), Walked.walk(file).contents);
        }
    }

    @Test
    void linksAreToldAndNotFollowed(@TempDir Path dir) throws IOException {
        Path root = Files.createDirectories(dir.resolve("root"));
        write(root.resolve("a/x.log"), "x");
        write(dir.resolve("outside/secret"), "s");
        Files.createSymbolicLink(root.resolve("a/loop"), root);
        Files.createSymbolicLink(root.resolve("out"), dir.resolve("outside"));
        Files.createSymbolicLink(root.resolve("dangling"), dir.resolve("nowhere"));
        Path viaLink = Files.createSymbolicLink(dir.resolve("link"), root);

        Walked walked = Walked.walk(viaLink);

        assertEquals(List.of("a/x.log"), walked.paths());
        assertEquals(List.of("a/loop", "dangling", "out"), List.copyOf(walked.skipped.keySet()));
        assertTrue(walked.skipped.get("a/loop").contains("not followed"));
    }

    @Test
    void pipeIsNeverOpened(@TempDir Path dir) throws Exception {
        Process made;
        try {
            made = new ProcessBuilder("mkfifo", dir.resolve("pipe").toString()).start();
        } catch (IOException e) {
            Assumptions.abort("no mkfifo here");
            return;
        }
        Assumptions.assumeTrue(made.waitFor(10, TimeUnit.SECONDS) && made.exitValue() == 0);
        write(dir.resolve("x.log"), "x");

        Walked walked = Walked.walk(dir);

        assertEquals(List.of("x.log"), walked.paths());
        assertTrue(walked.skipped.get("pipe").contains("was not opened"));
    }

    @Test
    void fileThatCannotBeReadStopsNothing() throws IOException {
        try (FileSystem fs = Jimfs.newFileSystem(Configuration.unix())) {
            for (String name : List.of("a", "b", "c", "d.zip", "e")) {
                write(fs.getPath("/e", name), name);
            }
            Walked walked = new Walked() {
                @Override
                public void file(EvidenceFile file) {
                    try {
                        Files.deleteIfExists(fs.getPath("/e/b"));
                        if (file.path().equals("c")) {
                            Files.delete(fs.getPath("/e/c")); // between listing and opening, as a log that rolls over
                        }
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                    super.file(file);
                }
            };
            try (Acquisition acquisition = new Acquisition(Limits.defaults())) {
                acquisition.walk(0, fs.getPath("/e"), walked);
            }

            assertEquals(List.of("a", "c", "d.zip", "e"), walked.paths());
            assertEquals("cannot be read: it is no longer there", walked.skipped.get("b"));
            assertTrue(walked.failures.containsKey("c"));
            assertTrue(walked.skipped.get("d.zip").contains("named like an archive"));
        }
    }

    @Test
    void missingRootIsTold() throws IOException {
        try (FileSystem fs = Jimfs.newFileSystem(Configuration.unix())) {
            Walked walked = Walked.walk(fs.getPath("/nowhere/x"));

            assertEquals(Map.of("x", "cannot be read: it is no longer there"), walked.skipped);
        }
    }

    @Test
    void namesThatWouldSteerATerminalAreEncoded() throws IOException {
        try (FileSystem fs = Jimfs.newFileSystem(Configuration.unix())) {
            write(fs.getPath("/e/a\u001b[31m\u202Egol.log"), "x");
            write(fs.getPath("/e/日本\\語"), "y");

            assertEquals(List.of("a%1B[31m%E2%80%AEgol.log", "日本%5C語"), Walked.walk(fs.getPath("/e")).paths());
        }
    }

    @Test
    void walkLeavesEveryByteAndTimeAsItWas(@TempDir Path dir) throws IOException {
        write(dir.resolve("C/a.log"), "a");
        Archives.write(dir.resolve("b.zip"), Archives.zip("x.log", "x"));
        Archives.write(dir.resolve("c.tar.gz"), Archives.gzip(Archives.tar("x.log", "x")));
        for (Path path : List.of(dir.resolve("C/a.log"), dir.resolve("b.zip"), dir.resolve("C"))) {
            Files.setLastModifiedTime(path, FileTime.from(Instant.parse("2021-03-03T04:05:06Z")));
        }
        Map<String, String> before = state(dir);

        Walked walked = Walked.walk(dir);

        assertEquals(before, state(dir));
        assertEquals(Optional.of(Instant.parse("2021-03-03T04:05:06Z")), walked.files.get("C/a.log").modified());
    }

    private static Map<String, String> state(Path dir) throws IOException {
        Map<String, String> state = new TreeMap<>();
        try (Stream<Path> all = Files.walk(dir)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                String bytes = Files.isRegularFile(path) ? java.util.Arrays.toString(Files.readAllBytes(path)) : "";
                state.put(path.toString(), Files.getLastModifiedTime(path) + bytes);
            }
        }
        return state;
    }
}
