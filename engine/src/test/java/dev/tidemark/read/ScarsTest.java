package dev.tidemark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every log that ever broke a reader, named after what it broke, with what is read of it now beside it: {@code .txt}
 * holds its source, a line for each record (physical line, time, values) and what was told as skipped with its bytes.
 * One is named as the product names it, because its name is all that tells it.
 */
class ScarsTest {
    private static final Path FOLDER = Path.of("src/test/resources/scars");

    static List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(f -> f.toString().endsWith(".log")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("logs")
    void logThatBrokeAReaderIsReadAsItsNoteSays(Path log) throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        LogReader reader = Readers.recognise(bytes, log.getFileName().toString().toLowerCase(Locale.ROOT)).orElseThrow();
        Collected read;
        try (InputStream in = Files.newInputStream(log)) {
            read = Collected.of(reader, in, dev.tidemark.bytes.LineFilter.ALL);
        }
        StringBuilder told = new StringBuilder(reader.source()).append('\n');
        read.records.forEach(r -> told.append(r.line()).append(' ').append(r.time().map(Object::toString).orElse("no time"))
                .append(' ').append(r.values()).append('\n'));
        read.skipped.forEach(s -> told.append("skipped ").append(s.bytes()).append(' ').append(s.why()).append('\n'));

        Path note = log.resolveSibling(log.getFileName().toString().replace(".log", ".txt"));
        assertTrue(Files.exists(note), note + " is missing; what is read now:\n" + told);
        assertEquals(Files.readString(note, StandardCharsets.UTF_8).replace("\r\n", "\n"), told.toString());
    }
}
