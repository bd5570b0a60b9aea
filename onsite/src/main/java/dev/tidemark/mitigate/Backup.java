package dev.tidemark.mitigate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What files held before a plan was put in force: a folder a time, with their bytes and {@code backup.json}, which names
 * each with its SHA-256 before and after. A folder that was rolled back says so in {@code rolled-back.txt}.
 *
 * @param folder  of this one time
 * @param entries in the order in which the files were written
 */
record Backup(Path folder, List<Entry> entries) {
    private static final String INDEX = "backup.json";
    private static final String DONE = "rolled-back.txt";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /**
     * @param stored       the name of the copy in the folder; empty if there was no such file
     * @param sha256Before of its bytes; empty if there was no such file
     */
    record Entry(Path file, String stored, String sha256Before, String sha256After) {
        boolean existed() {
            return !stored.isEmpty();
        }
    }

    Backup {
        entries = List.copyOf(entries);
    }

    /** Copies what the changes would overwrite, and makes sure that the copies are on the disk. */
    static Backup make(Path dir, List<Change> changes, List<PublishedMitigation> mitigations, Instant now) throws IOException {
        Path folder = Files.createDirectories(dir.resolve(NAME.format(now)));
        List<Entry> entries = new ArrayList<>();
        for (Change change : changes) {
            String stored = "";
            if (change.before().isPresent()) {
                stored = entries.size() + 1 + "-" + change.file().getFileName();
                durably(folder.resolve(stored), change.before().get());
            }
            entries.add(new Entry(change.file().toAbsolutePath().normalize(), stored,
                    change.before().map(Sha256::of).orElse(""), Sha256.of(change.after())));
        }
        Backup backup = new Backup(folder, entries);
        durably(folder.resolve(INDEX), backup.index(mitigations, now));
        return backup;
    }

    private byte[] index(List<PublishedMitigation> mitigations, Instant now) throws IOException {
        ObjectNode index = MAPPER.createObjectNode();
        index.put("time", now.toString());
        ArrayNode names = index.putArray("mitigations");
        mitigations.forEach(m -> names.add(m.name()));
        ArrayNode files = index.putArray("files");
        for (Entry entry : entries) {
            ObjectNode file = files.addObject();
            file.put("file", entry.file().toString()).put("stored", entry.stored())
                    .put("sha256Before", entry.sha256Before()).put("sha256After", entry.sha256After());
        }
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(index);
    }

    private static void durably(Path file, byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
    }

    /** The newest in {@code dir} that was not rolled back. */
    static Optional<Backup> newest(Path dir) throws IOException, Refusal {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(dir)) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(dir)) {
                for (Path each : children) {
                    if (Files.isRegularFile(each.resolve(INDEX)) && !Files.exists(each.resolve(DONE))) {
                        folders.add(each);
                    }
                }
            }
        }
        folders.sort(Comparator.comparing(p -> p.getFileName().toString()));
        return folders.isEmpty() ? Optional.empty() : Optional.of(read(folders.get(folders.size() - 1)));
    }

    private static Backup read(Path folder) throws IOException, Refusal {
        List<Entry> entries = new ArrayList<>();
        JsonNode files = MAPPER.readTree(folder.resolve(INDEX).toFile()).path("files");
        for (JsonNode each : files) {
            String stored = each.path("stored").asText();
            if (each.path("file").asText().isEmpty() || stored.contains("/") || stored.contains("\\")) {
                throw new Refusal(folder.resolve(INDEX) + " is not what a backup of Tidemark writes");
            }
            entries.add(new Entry(Path.of(each.path("file").asText()), stored, each.path("sha256Before").asText(),
                    each.path("sha256After").asText()));
        }
        return new Backup(folder, entries);
    }

    /** The bytes that were there before. @throws Refusal if the copy is not what was stored */
    byte[] before(Entry entry) throws IOException, Refusal {
        byte[] bytes = Files.readAllBytes(folder.resolve(entry.stored()));
        if (!Sha256.of(bytes).equals(entry.sha256Before())) {
            throw new Refusal("the copy " + folder.resolve(entry.stored()) + " is not what was stored: its SHA-256 differs");
        }
        return bytes;
    }

    void markRolledBack(Instant now) throws IOException {
        Files.writeString(folder.resolve(DONE), "rolled back at " + now + "\n");
    }
}
