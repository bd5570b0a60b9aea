package dev.tidemark.read.pe;

import dev.tidemark.bytes.ByteCursor.DamagedException;
import dev.tidemark.bytes.LineFilter;
import dev.tidemark.bytes.Times;
import dev.tidemark.model.Place;
import dev.tidemark.model.Skipped;
import dev.tidemark.read.Head;
import dev.tidemark.read.HourCount;
import dev.tidemark.read.LogReader;
import dev.tidemark.read.ReadSummary;
import dev.tidemark.read.Record;
import dev.tidemark.read.RecordSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads which version {@code ExSetup.exe} is: every cumulative and every security update of Exchange brings its own.
 * Source: Microsoft Learn, "Exchange Server build numbers and release dates", which names this file for it.
 */
public final class ProgramReader implements LogReader {
    private static final String SOURCE = "program";

    @Override
    public String source() {
        return SOURCE;
    }

    @Override
    public boolean alsoFile() {
        return true;
    }

    @Override
    public boolean recognises(Head head, String path) {
        byte[] b = head.bytes();
        return b.length > 1 && b[0] == 'M' && b[1] == 'Z' && path.matches("(.*/)?exsetup\\.exe(#\\d+)?");
    }

    @Override
    public ReadSummary read(InputStream in, String path, LineFilter filter, RecordSink sink) throws IOException {
        HourCount count = new HourCount();
        try {
            VersionResource version = VersionResource.of(in.readNBytes(MOST_BYTES_OF_A_FILE));
            sink.observedOfFile(RecordSink.PROGRAM_BUILD, version.fileVersion(), Place.ofFile(path));
            count.add(Times.NONE);
            Program program = new Program(version);
            byte[] text = program.text().getBytes(StandardCharsets.UTF_8);
            if (filter.wakes(text, 0, text.length)) {
                sink.record(program);
            }
        } catch (DamagedException e) {
            sink.skipped(new Skipped(path, "its version cannot be read: " + e.getMessage()));
        }
        return count.summary();
    }

    /** The strings of the version resource as fields, and {@code Build}: the version of its fixed part. */
    private record Program(VersionResource version) implements Record {
        @Override
        public String source() {
            return SOURCE;
        }

        @Override
        public Place place(String path) {
            return Place.ofFile(path);
        }

        @Override
        public Optional<Instant> time() {
            return Optional.empty();
        }

        @Override
        public Optional<String> value(String field) {
            if (field.equalsIgnoreCase("Build")) {
                return Optional.of(version.fileVersion());
            }
            return version.strings().entrySet().stream().filter(e -> e.getKey().equalsIgnoreCase(field))
                    .map(Map.Entry::getValue).findFirst();
        }

        @Override
        public List<String> fields() {
            List<String> fields = new ArrayList<>(List.of("Build"));
            fields.addAll(version.strings().keySet());
            return fields;
        }

        @Override
        public String text() {
            StringBuilder text = new StringBuilder("Build=" + version.fileVersion());
            version.strings().forEach((key, value) -> text.append(' ').append(key).append('=').append(value));
            return text.toString();
        }
    }
}
