package dev.tidemark.report;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tables of facts that come with Tidemark. */
public final class BundledCsv {
    private BundledCsv() {}

    /** @param file name of a file of {@code data/}; its first line names the columns */
    public static List<NamedCsvRecord> rows(String file) {
        String path = "/tidemark-data/" + file;
        try (InputStream in = BundledCsv.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not on the class path");
            }
            return CsvReader.builder().ofNamedCsvRecord(new String(in.readAllBytes(), StandardCharsets.UTF_8)).stream().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
