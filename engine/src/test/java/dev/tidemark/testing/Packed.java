package dev.tidemark.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Packs a folder and then spoils the archive as disks, transfers and attackers do. */
public final class Packed {
    private static final int LOCAL = 0x04034b50;
    private static final int DIRECTORY = 0x02014b50;

    private Packed() {}

    /** A ZIP with the folder's files, stored and not compressed so that single bytes of them can be spoilt. */
    public static byte[] zipOf(Path folder) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
            for (Path file : files(folder)) {
                byte[] bytes = Files.readAllBytes(file);
                CRC32 crc = new CRC32();
                crc.update(bytes);
                ZipArchiveEntry entry = new ZipArchiveEntry(name(folder, file));
                entry.setMethod(ZipArchiveEntry.STORED);
                entry.setSize(bytes.length);
                entry.setCrc(crc.getValue());
                zip.putArchiveEntry(entry);
                zip.write(bytes);
                zip.closeArchiveEntry();
            }
        }
        return out.toByteArray();
    }

    public static byte[] tarOf(Path folder) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Path file : files(folder)) {
                byte[] bytes = Files.readAllBytes(file);
                TarArchiveEntry entry = new TarArchiveEntry(name(folder, file));
                entry.setSize(bytes.length);
                tar.putArchiveEntry(entry);
                tar.write(bytes);
                tar.closeArchiveEntry();
            }
        }
        return out.toByteArray();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    /** The first byte of {@code text} in the archive becomes another: the CRC no longer fits. */
    public static byte[] damaged(byte[] zip, String text) {
        byte[] spoilt = zip.clone();
        spoilt[indexOf(zip, text.getBytes(StandardCharsets.ISO_8859_1))] ^= 1;
        return spoilt;
    }

    /** The entries whose names end so get the flag of encryption. */
    public static byte[] encrypted(byte[] zip, String name) {
        return patched(zip, name, 6, 8, 1);
    }

    /** The entries whose names end so claim a compression method. */
    public static byte[] method(byte[] zip, String name, int method) {
        return patched(zip, name, 8, 10, method);
    }

    /** Sets two bytes at an offset of the local header and another of the directory's. Source: APPNOTE.TXT 4.3.7, 4.3.12. */
    private static byte[] patched(byte[] zip, String name, int inLocal, int inDirectory, int value) {
        byte[] patched = zip.clone();
        int count = 0;
        for (int i = 0; i + 46 < zip.length; i++) {
            int magic = zip[i] & 0xff | (zip[i + 1] & 0xff) << 8 | (zip[i + 2] & 0xff) << 16 | (zip[i + 3] & 0xff) << 24;
            if (magic != LOCAL && magic != DIRECTORY) {
                continue;
            }
            int nameAt = i + (magic == LOCAL ? 30 : 46);
            int lengthAt = i + (magic == LOCAL ? 26 : 28);
            int length = zip[lengthAt] & 0xff | (zip[lengthAt + 1] & 0xff) << 8;
            if (nameAt + length <= zip.length
                    && new String(zip, nameAt, length, StandardCharsets.ISO_8859_1).endsWith(name)) {
                int at = i + (magic == LOCAL ? inLocal : inDirectory);
                patched[at] = (byte) value;
                patched[at + 1] = (byte) (value >> 8);
                count++;
            }
        }
        if (count < 2) {
            throw new IllegalArgumentException("no entry ends with " + name);
        }
        return patched;
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        throw new IllegalArgumentException("not there");
    }
}
