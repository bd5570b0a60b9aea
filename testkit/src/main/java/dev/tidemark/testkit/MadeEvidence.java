package dev.tidemark.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What one made-up server left, and what is true of it. */
public record MadeEvidence(List<MadeFile> files, Truth truth) {
    public MadeEvidence {
        files = List.copyOf(files);
    }

    /** How a collector lays out what it took from drive C. */
    public enum Layout {
        /** KAPE, CyLR and Tidemark's own: {@code C/…}. */
        KAPE("C/"),
        /** Velociraptor: percent-encoded, below {@code uploads/auto}. */
        VELOCIRAPTOR("uploads/auto/C%3A/"),
        /** A mounted image: no drive. */
        IMAGE("");

        private final String drive;

        Layout(String drive) {
            this.drive = drive;
        }

        /** Where {@code C/…} lies in such a collection. */
        public String place(String path) {
            String below = path.startsWith("C/") ? path.substring(2) : path;
            return drive + (this == VELOCIRAPTOR ? below.replace("%", "%25").replace(":", "%3A") : below);
        }
    }

    /** The same without the files that the test names: what a rollover or an intruder took away. */
    public MadeEvidence without(Predicate<String> path) {
        return new MadeEvidence(files.stream().filter(f -> !path.test(f.path())).toList(), truth.without(path));
    }

    public MadeEvidence with(MadeFile file) {
        List<MadeFile> more = new ArrayList<>(files);
        more.add(file);
        return new MadeEvidence(more, truth);
    }

    /** Writes the files below {@code folder}, with their times. */
    public void writeTo(Path folder, Layout layout) throws IOException {
        for (MadeFile file : files) {
            Path path = folder.resolve(layout.place(file.path()));
            Files.createDirectories(path.getParent());
            Files.write(path, file.content());
            Files.setLastModifiedTime(path, FileTime.from(file.modified()));
        }
    }

    /** The same as a ZIP. @param prefix before every name: empty, or a folder for one host of several, with its slash */
    public void writeZip(OutputStream out, Layout layout, String prefix) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (MadeFile file : files) {
            ZipEntry entry = new ZipEntry(prefix + layout.place(file.path()));
            entry.setTimeLocal(file.modified().atOffset(ZoneOffset.UTC).toLocalDateTime());
            zip.putNextEntry(entry);
            zip.write(file.content());
            zip.closeEntry();
        }
        zip.finish();
    }
}
